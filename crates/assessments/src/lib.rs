//! Assessments, of two kinds.
//!
//! Self-assessment: for each competency a person chooses, out of five texts without
//! numbers, the one that describes them. From the scores behind the texts follow averages, strengths
//! and what to work on; earlier scores are kept, so that growth shows. The formulas are explained in
//! `docs/competencies.md`.
//!
//! Coaching: an attempt at questions of which each has a best answer. It can be left and taken up again; when it is
//! completed, the server scores it and says what was missed and where to go on. `docs/coaching.md` explains how.
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used))]

mod assessment;
mod attempt;
mod average;
pub mod entity;
mod error;
mod fraction;
pub mod graphql;
mod growth;
mod history;
mod lent;
mod level;
mod outcome;
mod policy;
mod result;
mod score;
mod trend;

pub use assessment::{Assessment, find, submit};
pub use attempt::{
    Answer, Attempt, AttemptPage, AttemptPlace, Completed, DAYS_OPEN, LARGEST_ATTEMPT_PAGE,
    LARGEST_INSIGHTS, LONGEST_TIME, MOST_ANSWERS, Served, Standing as AssessmentStanding, Status,
    Taken, abandon, answer, attempt_page, complete, find_attempt, get_attempt, start,
    store_insights, taken,
};
pub use average::{Average, Standing};
pub use error::Error;
pub use fraction::Fraction;
pub use growth::{CoachingGrowth, RatingGrowth, coaching_growth, rating_growth};
pub use history::{Cursor, Entry, Page, page};
pub use lent::{scored_since, scores_of as lent_scores};
pub use level::{Choice, scores_of, shuffled};
pub use outcome::{CompetencyOutcome, Insight, Outcome, Review};
pub use policy::points;
pub use result::{CategoryResult, CompetencyResult};
pub use score::{HIGHEST, LOWEST, MOST, Score, current};
pub use trend::Trend;

dreamtree_types::ids! {
    /// Somebody's current score in one competency.
    ScoreId = ScoreKind("competency-score");
    /// A score that somebody gave themselves at some time.
    HistoryId = HistoryKind("competency-history");
    /// Somebody's attempt at an assessment.
    AttemptId = AttemptKind("attempt");
}
