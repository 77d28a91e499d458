//! How somebody's scores in each competency went.

use std::collections::HashMap;

use dreamtree_content::{CompetencyId, Library, coaching};
use dreamtree_database::Scope;
use dreamtree_types::Instant;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::{
    Error, Fraction, Trend,
    entity::{attempt_competencies, user_competency_history},
};

/// The most scores that are looked at, the latest ones.
const MOST: u64 = 2_000;

/// How the scores in a competency of coaching went.
#[derive(Clone, Copy, Debug)]
pub struct CoachingGrowth {
    /// The competency.
    pub competency: coaching::CompetencyId,
    /// The scores.
    pub scores: Trend<Fraction>,
    /// When the latest was reached.
    pub at: Instant,
}

/// How somebody's own ratings in a competency of the workbook went.
#[derive(Clone, Copy, Debug)]
pub struct RatingGrowth {
    /// The competency.
    pub competency: CompetencyId,
    /// The ratings, 1 to 5.
    pub scores: Trend<i32>,
    /// When the latest was given.
    pub at: Instant,
}

/// Each competency that was reached by a completed attempt, in the order of the assessments; one statement.
pub async fn coaching_growth(
    scope: &Scope,
    library: &Library,
) -> Result<Vec<CoachingGrowth>, Error> {
    use attempt_competencies::{Column, Entity};
    let select = Entity::find()
        .filter(Column::UserId.eq(scope.user()))
        .order_by_desc(Column::CompletedAt)
        .order_by_desc(Column::AttemptId)
        .limit(MOST);
    let mut scores: HashMap<_, Vec<(Fraction, Instant)>> = HashMap::new();
    for row in scope.gather(select).await? {
        let (earned, possible) = (row.earned, row.possible);
        let reached = (Fraction { earned, possible }, row.completed_at);
        scores.entry(row.competency_id).or_default().push(reached);
    }
    let coaching = library.coaching();
    let mut grown: Vec<_> = scores
        .into_iter()
        .filter_map(|(id, scores)| {
            let competency = coaching.competency(id)?;
            let at = scores.first()?.1;
            let scores = Trend::of(scores.into_iter().map(|one| one.0), |a, b| a.compare(*b))?;
            let assessment = coaching.assessment(competency.assessment)?;
            let order = (
                assessment.framework,
                assessment.level,
                competency.sort_order,
            );
            let competency = id;
            Some((
                order,
                CoachingGrowth {
                    competency,
                    scores,
                    at,
                },
            ))
        })
        .collect();
    grown.sort_by_key(|(order, growth)| (*order, growth.competency));
    Ok(grown.into_iter().map(|(_, growth)| growth).collect())
}

/// Each competency of the workbook that the person has rated themselves in, in the order of the library; one statement.
pub async fn rating_growth(scope: &Scope, library: &Library) -> Result<Vec<RatingGrowth>, Error> {
    use user_competency_history::{Column, Entity};
    let select = Entity::find()
        .filter(Column::UserId.eq(scope.user()))
        .order_by_desc(Column::AssessedAt)
        .order_by_desc(Column::Id)
        .limit(MOST);
    let rows = scope.gather(select).await?;
    let growth = |id: CompetencyId| {
        let own = || rows.iter().filter(|row| row.competency_id == id);
        Some(RatingGrowth {
            competency: id,
            scores: Trend::of(own().map(|row| row.score), Ord::cmp)?,
            at: own().next()?.assessed_at,
        })
    };
    let known = library.competencies().iter();
    Ok(known.filter_map(|one| growth(one.id)).collect())
}
