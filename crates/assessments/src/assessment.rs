//! Taking a self-assessment, all at once or a few competencies at a time.

use dreamtree_content::{CompetencyId, Library};
use dreamtree_database::{Fact, Scope};

use crate::{
    Error, history,
    result::CompetencyResult,
    score::{self, Score},
};

/// A person's scores and what follows from them.
#[derive(Clone, Debug, PartialEq)]
pub struct Assessment {
    /// The current scores, in no particular order.
    pub scores: Vec<Score>,
    /// What follows from them.
    pub result: CompetencyResult,
}

/// The person's self-assessment as of the scope's moment; `None` before the first score.
pub async fn find(scope: &Scope, library: &Library) -> Result<Option<Assessment>, Error> {
    let scores = score::current(scope).await?;
    let result = CompetencyResult::of(library.competencies(), &scores, scope.now());
    Ok(result.map(|result| Assessment {
        scores: scores.to_vec(),
        result,
    }))
}

/// Replaces the scores of these competencies and adds them to the history, in the caller's
/// transaction, and says so. Three statements, whatever the number of scores, and what listeners need.
pub async fn submit(
    scope: &Scope,
    library: &Library,
    scores: Vec<(CompetencyId, i32)>,
) -> Result<Assessment, Error> {
    score::check(library.competencies(), &scores)?;
    score::upsert(scope, &scores).await?;
    history::append(scope, &scores).await?;
    scope.tell(Fact::CompetencyResult).await?;
    find(scope, library).await?.ok_or(Error::Lost)
}
