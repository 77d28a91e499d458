//! How scores went, at the edge.

use async_graphql::SimpleObject;
use dreamtree_api::{Gid, Plain};
use dreamtree_content::{CompetencyId, coaching::Coaching};
use time::OffsetDateTime;

use super::assessment::CoachingCompetency;
use crate::growth;

/// How the caller's scores in a competency of coaching went, attempt by attempt.
#[derive(Clone, Debug, SimpleObject, Plain)]
pub struct CoachingGrowth {
    /// The competency.
    pub competency: CoachingCompetency,
    /// The last score in percent, rounded.
    pub latest: i32,
    /// When it was reached.
    pub latest_at: OffsetDateTime,
    /// The highest score in percent, rounded.
    pub best: i32,
    /// Percentage points between the last two scores, as shown; null before the second.
    pub change: Option<i32>,
    /// How many scores there are.
    pub count: usize,
}

/// How the caller's own ratings in a competency of the workbook went.
#[derive(Clone, Debug, SimpleObject, Plain)]
pub struct CompetencyGrowth {
    /// The competency.
    pub competency: Gid<CompetencyId>,
    /// The last rating, 1 to 5.
    pub latest: i32,
    /// When it was given.
    pub latest_at: OffsetDateTime,
    /// The highest rating, 1 to 5.
    pub best: i32,
    /// What the last rating is above the one before it; null before the second.
    pub change: Option<i32>,
    /// How many ratings there are.
    pub count: usize,
}

impl CoachingGrowth {
    /// `None` for a competency that the content no longer knows.
    pub(super) fn new(coaching: &Coaching, known: &growth::CoachingGrowth) -> Option<Self> {
        let scores = known.scores;
        let latest = scores.latest.percent();
        Some(Self {
            competency: CoachingCompetency::from(coaching.competency(known.competency)?),
            latest,
            latest_at: known.at,
            best: scores.best.percent(),
            change: scores.previous.map(|before| latest - before.percent()),
            count: scores.count,
        })
    }
}

impl From<&growth::RatingGrowth> for CompetencyGrowth {
    fn from(known: &growth::RatingGrowth) -> Self {
        let scores = known.scores;
        Self {
            competency: Gid(known.competency),
            latest: scores.latest,
            latest_at: known.at,
            best: scores.best,
            change: scores.previous.map(|before| scores.latest - before),
            count: scores.count,
        }
    }
}
