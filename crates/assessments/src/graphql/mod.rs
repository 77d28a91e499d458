//! Assessments at the edge.

pub mod coaching;
pub mod competency;
pub mod history;
pub mod mutation;
pub mod query;
pub mod result;
mod root;

pub use competency::{
    Competency, CompetencyCategory, CompetencyLevel, CompetencyScore, ScoredCompetency,
};
pub use history::{CompetencyHistoryEntry, History};
pub use mutation::{
    CompetencyScoreInput, RatingMutation, SubmitCompetencyScoresInput,
    SubmitCompetencyScoresPayload,
};
pub use query::RatingQuery;
pub use result::{CategoryAverage, CompetencyResult, OverallAverage};
pub use root::{AssessmentsMutation, AssessmentsQuery};
