//! One entity per table.

pub mod attempt_competencies;
pub mod attempt_insights;
pub mod attempt_responses;
pub mod user_attempts;
pub mod user_competency_history;
pub mod user_competency_scores;
