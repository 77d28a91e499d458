//! One entity per table.

pub mod user_competency_history;
pub mod user_competency_scores;
