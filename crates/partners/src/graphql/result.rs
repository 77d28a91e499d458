//! The result of a subject's self-assessment at the edge.

use async_graphql::{Enum, SimpleObject};
use dreamtree_api::{Gid, Plain};
use dreamtree_assessments::{
    Standing,
    graphql::{CategoryAverage, CompetencyCategory, OverallAverage},
};
use dreamtree_content::{CompetencyId, Library};
use dreamtree_types::Instant;
use time::OffsetDateTime;

use crate::{Rated, Subject};

/// How somebody has rated themselves, and what follows from it. `docs/competencies.md` explains the formulas.
#[derive(Clone, Debug, SimpleObject, Plain)]
pub struct PartnerCompetencyResult {
    /// Over all competencies.
    pub overall: OverallAverage,
    /// Each of the three groups.
    pub categories: Vec<CategoryAverage>,
    /// Each competency that has a score, in the order of the framework.
    pub competencies: Vec<PartnerCompetencyScore>,
    /// When the latest of the scores was given.
    pub assessed_at: OffsetDateTime,
    /// A year after the oldest of the scores was given: a new assessment is due then.
    pub reassessment_due_at: OffsetDateTime,
}

/// A score that somebody gave themselves.
#[derive(Clone, Debug, SimpleObject, Plain)]
pub struct PartnerCompetencyScore {
    /// The competency.
    pub competency: Gid<CompetencyId>,
    /// Its identifier in the framework, as `/ims/case/v1p1/CFItems/…` has it.
    pub case_identifier: String,
    /// As readers see it.
    pub name: String,
    /// Which of the three groups it belongs to.
    pub category: CompetencyCategory,
    /// 1 to 5; 5 is the highest.
    pub score: i32,
    /// Where the score stands among all scores of the person.
    pub standing: PartnerStanding,
    /// When the score was given.
    pub assessed_at: OffsetDateTime,
}

/// Where a score stands among all scores of a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, Plain)]
#[graphql(remote = "Standing")]
pub enum PartnerStanding {
    /// From ⌊overall average + 0.3⌋ on.
    Strength,
    /// Both rules hold.
    Balanced,
    /// Up to ⌊overall average − 0.3⌋.
    Improvement,
}

impl PartnerCompetencyResult {
    pub(super) fn of(subject: &Subject, library: &Library, now: Instant) -> Option<Self> {
        let result = subject.result(library, now)?;
        Some(Self {
            overall: OverallAverage::from(&result),
            categories: result.categories.iter().map(Into::into).collect(),
            competencies: subject
                .rated(library, result.overall)
                .map(Into::into)
                .collect(),
            assessed_at: result.assessed_at,
            reassessment_due_at: result.reassessment_due_at,
        })
    }
}

impl From<Rated<'_>> for PartnerCompetencyScore {
    fn from(rated: Rated<'_>) -> Self {
        Self {
            competency: Gid(rated.competency.id),
            case_identifier: rated.competency.id.to_string(),
            name: rated.competency.name.clone(),
            category: rated.competency.category.into(),
            score: rated.score.score,
            standing: rated.standing.into(),
            assessed_at: rated.score.assessed_at,
        }
    }
}
