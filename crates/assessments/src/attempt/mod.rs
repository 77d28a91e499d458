//! An attempt at an assessment. It freezes the wordings of its questions when it begins, can be left and taken up again,
//! and is scored once, by the server, when it is completed.

mod abandon;
mod answer;
mod complete;
mod insights;
mod read;
mod start;
mod taken;

use dreamtree_content::coaching::{AssessmentId, ChoiceKey, TierId, VersionId};
use dreamtree_types::Instant;

use crate::{
    AttemptId, Error, Fraction,
    entity::{attempt_competencies, attempt_insights, attempt_responses, user_attempts},
};

pub use abandon::abandon;
pub use answer::{Answer, LONGEST_TIME, MOST_ANSWERS, answer};
pub use complete::complete;
pub use insights::{LARGEST_INSIGHTS, store_insights};
pub use read::{
    AttemptPage, AttemptPlace, LARGEST_ATTEMPT_PAGE, attempt_page, find_attempt, get_attempt,
};
pub use start::{DAYS_OPEN, start};
pub use taken::{Standing, Taken, taken};

/// Where an attempt is in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// It can be answered and completed.
    InProgress,
    /// It has a result.
    Completed,
    /// It was given up.
    Abandoned,
    /// It was left for too long.
    Expired,
}

impl Status {
    const ALL: [Self; 4] = [
        Self::InProgress,
        Self::Completed,
        Self::Abandoned,
        Self::Expired,
    ];

    /// The word in the table.
    const fn as_str(self) -> &'static str {
        match self {
            Self::InProgress => "in_progress",
            Self::Completed => "completed",
            Self::Abandoned => "abandoned",
            Self::Expired => "expired",
        }
    }

    /// Where an attempt is at this time; one that was left for too long need not say so itself.
    fn of(row: &user_attempts::Model, now: Instant) -> Result<Self, Error> {
        let known = Self::ALL.into_iter().find(|one| one.as_str() == row.status);
        match known.ok_or(Error::Unreadable)? {
            Self::InProgress if row.expires_at <= now => Ok(Self::Expired),
            status => Ok(status),
        }
    }
}

/// An attempt at an assessment.
#[derive(Clone, Debug)]
pub struct Attempt {
    /// The attempt.
    pub id: AttemptId,
    /// What is taken.
    pub assessment: AssessmentId,
    /// Where it is in its life.
    pub status: Status,
    /// When it began.
    pub started_at: Instant,
    /// When it can no longer be continued.
    pub expires_at: Instant,
    /// When it was completed, given up or seen to have expired.
    pub ended_at: Option<Instant>,
    /// Its questions in order, and what was answered.
    pub questions: Vec<Served>,
    /// What a frontend has stored about the result, and when.
    pub insights: Option<(String, Instant)>,
    reached: Option<Reached>,
}

/// A question of an attempt.
#[derive(Clone, Copy, Debug)]
pub struct Served {
    /// The place, from 1.
    pub position: i32,
    /// The question as it was when the attempt began.
    pub version: VersionId,
    /// What was chosen.
    pub choice: Option<ChoiceKey>,
    /// How long that took, in seconds.
    pub response_time: Option<i32>,
    /// When it was chosen.
    pub answered_at: Option<Instant>,
    is_correct: bool,
}

/// What an attempt has reached; written once.
#[derive(Clone, Debug)]
struct Reached {
    score: Fraction,
    tier: TierId,
    passed: bool,
    time_spent: Option<i32>,
    completed_at: Instant,
    competencies: Vec<attempt_competencies::Model>,
}

/// A completed attempt: the only way to what was right and what was reached.
#[derive(Clone, Copy, Debug)]
pub struct Completed<'a> {
    attempt: &'a Attempt,
    reached: &'a Reached,
}

impl Attempt {
    fn of(
        row: &user_attempts::Model,
        mut responses: Vec<attempt_responses::Model>,
        competencies: Vec<attempt_competencies::Model>,
        insights: Option<attempt_insights::Model>,
        now: Instant,
    ) -> Result<Self, Error> {
        responses.sort_by_key(|response| response.position);
        let reached = match (
            row.earned,
            row.possible,
            row.tier_id,
            row.is_passed,
            row.ended_at,
        ) {
            (Some(earned), Some(possible), Some(tier), Some(passed), Some(completed_at)) => {
                Some(Reached {
                    score: Fraction { earned, possible },
                    tier,
                    passed,
                    time_spent: row.time_spent,
                    completed_at,
                    competencies,
                })
            }
            _ => None,
        };
        Ok(Self {
            id: row.id,
            assessment: row.assessment_id,
            status: Status::of(row, now)?,
            started_at: row.started_at,
            expires_at: row.expires_at,
            ended_at: row.ended_at,
            questions: responses
                .into_iter()
                .map(Served::of)
                .collect::<Result<_, _>>()?,
            insights: insights.map(|row| (row.insights, row.stored_at)),
            reached,
        })
    }

    /// The result, once there is one.
    #[must_use]
    pub fn completed(&self) -> Option<Completed<'_>> {
        let reached = self.reached.as_ref()?;
        let attempt = self;
        Some(Completed { attempt, reached })
    }

    /// Where to go on: the first question without an answer.
    #[must_use]
    pub fn position(&self) -> Option<i32> {
        let open = self.questions.iter().find(|one| one.choice.is_none());
        open.map(|one| one.position)
    }

    /// A refusal unless the attempt can be answered and completed.
    fn check_open(&self) -> Result<(), Error> {
        match self.status {
            Status::InProgress => Ok(()),
            status => Err(Error::Closed(status)),
        }
    }
}

impl Served {
    fn of(row: attempt_responses::Model) -> Result<Self, Error> {
        let known = |word: String| ChoiceKey::parse(&word).ok_or(Error::Unreadable);
        Ok(Self {
            position: row.position,
            version: row.version_id,
            choice: row.selected_answer.map(known).transpose()?,
            response_time: row.response_time,
            answered_at: row.answered_at,
            is_correct: row.is_correct.unwrap_or(false),
        })
    }
}

impl<'a> Completed<'a> {
    /// The attempt.
    #[must_use]
    pub const fn attempt(self) -> &'a Attempt {
        self.attempt
    }

    /// Over all questions.
    #[must_use]
    pub const fn score(self) -> Fraction {
        self.reached.score
    }

    /// The tier that was reached, as tiers were then.
    #[must_use]
    pub const fn tier(self) -> TierId {
        self.reached.tier
    }

    /// Whether that was enough, as tiers were then.
    #[must_use]
    pub const fn passed(self) -> bool {
        self.reached.passed
    }

    /// Seconds, over the answers that came with a time; `None` when none did.
    #[must_use]
    pub const fn time_spent(self) -> Option<i32> {
        self.reached.time_spent
    }

    /// When.
    #[must_use]
    pub const fn completed_at(self) -> Instant {
        self.reached.completed_at
    }

    /// What was reached in each competency, in no particular order.
    #[must_use]
    pub fn competencies(self) -> &'a [attempt_competencies::Model] {
        &self.reached.competencies
    }

    /// Each question, and whether it was answered well.
    pub fn answers(self) -> impl Iterator<Item = (&'a Served, bool)> {
        self.attempt
            .questions
            .iter()
            .map(|one| (one, one.is_correct))
    }
}
