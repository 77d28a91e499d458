//! The result of a self-assessment at the edge.

use async_graphql::{Lookahead, SimpleObject};
use dreamtree_api::Plain;
use dreamtree_content::Library;
use time::OffsetDateTime;

use super::competency::{Catalogue, CompetencyCategory, ScoredCompetency};
use crate::{Average, CategoryResult, assessment::Assessment, result};

/// What follows from the caller's scores. `docs/competencies.md` explains the formulas.
#[derive(Clone, Debug, SimpleObject, Plain)]
pub struct CompetencyResult {
    /// Over all competencies.
    pub overall: OverallAverage,
    /// Each of the three groups.
    pub categories: Vec<CategoryAverage>,
    /// From ⌊overall average + 0.3⌋ on; highest score first.
    pub strengths: Vec<ScoredCompetency>,
    /// Up to ⌊overall average − 0.3⌋; lowest score first.
    pub improvements: Vec<ScoredCompetency>,
    /// Where both rules hold; listed here only.
    pub balanced: Vec<ScoredCompetency>,
    /// When the latest of the scores was given.
    pub assessed_at: OffsetDateTime,
    /// True once more than a year has passed since the oldest of the scores was given.
    pub reassessment_due: bool,
    /// When that year is over.
    pub reassessment_due_at: OffsetDateTime,
}

/// The average over all competencies.
#[derive(Clone, Debug, SimpleObject, Plain)]
pub struct OverallAverage {
    /// 1 to 5, over the competencies that have a score; two decimals.
    pub average: f64,
    /// How many competencies have a score.
    pub scored: i32,
    /// How many competencies there are.
    pub total: usize,
    /// True when all of them have a score.
    pub complete: bool,
}

/// The average over one group of competencies.
#[derive(Clone, Debug, SimpleObject, Plain)]
pub struct CategoryAverage {
    /// The group.
    pub category: CompetencyCategory,
    /// 1 to 5, over the competencies of the group that have a score; two decimals. Null when none has.
    pub average: Option<f64>,
    /// How many competencies of the group have a score.
    pub scored: i32,
    /// How many competencies the group has.
    pub total: usize,
}

impl CompetencyResult {
    /// The result; `asked` says which parts of it are.
    pub(super) fn new(library: &Library, assessment: &Assessment, asked: &Lookahead<'_>) -> Self {
        let lists = ["strengths", "improvements", "balanced"].map(|list| asked.field(list));
        let catalogue = Catalogue::new(library, &assessment.scores).for_fields(&lists);
        let result = &assessment.result;
        Self {
            overall: OverallAverage::from(result),
            categories: result
                .categories
                .iter()
                .map(CategoryAverage::from)
                .collect(),
            strengths: catalogue.of(&result.strengths),
            improvements: catalogue.of(&result.improvements),
            balanced: catalogue.of(&result.balanced),
            assessed_at: result.assessed_at,
            reassessment_due: result.reassessment_due,
            reassessment_due_at: result.reassessment_due_at,
        }
    }
}

impl From<&result::CompetencyResult> for OverallAverage {
    fn from(result: &result::CompetencyResult) -> Self {
        Self {
            average: result.overall.rounded(),
            scored: result.overall.count(),
            total: result.total,
            complete: result.complete(),
        }
    }
}

impl From<&CategoryResult> for CategoryAverage {
    fn from(result: &CategoryResult) -> Self {
        Self {
            category: result.category.into(),
            average: result.average.map(Average::rounded),
            scored: result.average.map_or(0, Average::count),
            total: result.total,
        }
    }
}
