//! Competency self-assessment: for each competency a person chooses, out of five texts without
//! numbers, the one that describes them. From the scores behind the texts follow averages, strengths
//! and what to work on; earlier scores are kept, so that growth shows. The formulas are explained in
//! `docs/competencies.md`.
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used))]

mod assessment;
mod average;
pub mod entity;
mod error;
pub mod graphql;
mod history;
mod lent;
mod level;
mod result;
mod score;

pub use assessment::{Assessment, find, submit};
pub use average::{Average, Standing};
pub use error::Error;
pub use history::{Cursor, Entry, Page, page};
pub use lent::{scored_since, scores_of as lent_scores};
pub use level::{Choice, scores_of, shuffled};
pub use result::{CategoryResult, CompetencyResult};
pub use score::{HIGHEST, LOWEST, MOST, Score, current};

dreamtree_types::ids! {
    /// Somebody's current score in one competency.
    ScoreId = ScoreKind("competency-score");
    /// A score that somebody gave themselves at some time.
    HistoryId = HistoryKind("competency-history");
}
