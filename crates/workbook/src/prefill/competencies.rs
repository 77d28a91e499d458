//! The scores that a person gave themselves.

use dreamtree_assessments as assessments;
use dreamtree_content::{Band, CompetencyCategory, CompetencyId, Filter, Library};
use dreamtree_database::Scope;
use dreamtree_types::Instant;
use serde::{Deserialize, Serialize};

use super::{Carried, Found, anywhere::latest, pick::many};
use crate::Error;

/// A competency with the person's score.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Rated {
    /// The competency.
    pub competency: CompetencyId,
    /// As readers see it.
    pub name: String,
    /// Its group.
    pub category: CompetencyCategory,
    /// 1 to 5.
    pub score: i32,
    /// Where it stands among the person's; `None` where it is neither ahead nor behind.
    pub band: Option<Band>,
    /// When the score was given.
    pub assessed_at: Instant,
}

/// All competencies with a score, in the order of the library; one statement.
pub(super) async fn all(scope: &Scope, library: &Library) -> Result<Vec<Rated>, Error> {
    let Some(assessment) = assessments::find(scope, library).await? else {
        return Ok(Vec::new());
    };
    let result = &assessment.result;
    let band = |id: CompetencyId| {
        let among = |scores: &[assessments::Score]| scores.iter().any(|one| one.competency == id);
        match (among(&result.strengths), among(&result.improvements)) {
            (true, _) => Some(Band::Strengths),
            (_, true) => Some(Band::Improvements),
            _ => None,
        }
    };
    let rated = library.competencies().iter().filter_map(|competency| {
        let mut given = assessment.scores.iter();
        let found = given.find(|one| one.competency == competency.id)?;
        Some(Rated {
            competency: competency.id,
            name: competency.name.clone(),
            category: competency.category,
            score: found.score,
            band: band(competency.id),
            assessed_at: found.assessed_at,
        })
    });
    Ok(rated.collect())
}

/// Those that pass the filter: the highest scores first, of improvements the lowest.
pub(super) fn find(all: &[Rated], filter: &Filter) -> Found {
    let mut sorted = all.to_vec();
    match filter.band {
        Some(Band::Improvements) => sorted.sort_by_key(|one| one.score),
        _ => sorted.sort_by_key(|one| -one.score),
    }
    let fits = |one: &Rated| {
        let category = filter.competencies();
        (filter.band.is_none() || one.band == filter.band)
            && category.is_none_or(|category| one.category == category)
    };
    let at = latest(all, |one| one.assessed_at);
    many(sorted, filter, fits, Carried::Competencies, at)
}
