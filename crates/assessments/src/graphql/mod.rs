//! Assessments at the edge.

pub mod coaching;
pub mod competency;
pub mod history;
pub mod mutation;
pub mod query;
pub mod result;

pub use competency::{
    Competency, CompetencyCategory, CompetencyLevel, CompetencyScore, ScoredCompetency,
};
pub use history::{CompetencyHistoryEntry, History};
pub use mutation::{
    AssessmentsMutation, CompetencyScoreInput, SubmitCompetencyScoresInput,
    SubmitCompetencyScoresPayload,
};
pub use query::AssessmentsQuery;
pub use result::{CategoryAverage, CompetencyResult, OverallAverage};
