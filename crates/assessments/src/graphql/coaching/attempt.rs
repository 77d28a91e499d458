//! Attempts at the edge.

use async_graphql::{
    SimpleObject,
    connection::{Connection, Edge},
};
use dreamtree_api::{Answer, Cursor, Gid, Plain, Refusal};
use dreamtree_content::Library;
use time::OffsetDateTime;

use super::{
    assessment::Assessment,
    outcome::AttemptResult,
    question::Question,
    words::{AttemptStatus, ChoiceKey},
};
use crate::{AttemptId, AttemptKind, AttemptPage, AttemptPlace, Error, Served, attempt};

/// The caller's attempt at an assessment. Its questions keep the words that they had when it began.
#[derive(Clone, Debug, SimpleObject, Plain)]
pub struct Attempt {
    /// The attempt.
    pub id: Gid<AttemptId>,
    /// What is taken.
    pub assessment: Assessment,
    /// Where it is in its life.
    pub status: AttemptStatus,
    /// When it began.
    pub started_at: OffsetDateTime,
    /// When it can no longer be continued.
    pub expires_at: OffsetDateTime,
    /// When it was completed or given up.
    pub ended_at: Option<OffsetDateTime>,
    /// How many questions it has.
    pub total: usize,
    /// How many of them have an answer.
    pub answered: usize,
    /// Where to go on: the place of the first question without an answer; null when all have one.
    pub position: Option<i32>,
    /// Its questions in order, with the caller's answers.
    pub questions: Vec<AttemptQuestion>,
    /// What it has reached; null until it is completed.
    pub result: Option<AttemptResult>,
    /// The JSON object that `storeInsights` has stored; null before.
    pub insights: Option<String>,
    /// When it was stored.
    pub insights_stored_at: Option<OffsetDateTime>,
}

/// A question of an attempt with the caller's answer.
#[derive(Clone, Debug, SimpleObject, Plain)]
pub struct AttemptQuestion {
    /// The place in the attempt, from 1.
    pub position: i32,
    /// What is asked.
    pub question: Question,
    /// What was chosen; null without an answer.
    pub choice: Option<ChoiceKey>,
    /// How long the answer took, in seconds.
    pub response_time: Option<i32>,
    /// When the answer was given last.
    pub answered_at: Option<OffsetDateTime>,
}

/// A page of attempts.
pub type Attempts = Connection<String, Attempt>;

impl Attempt {
    pub(super) fn new(library: &Library, known: &attempt::Attempt) -> Answer<Self> {
        let coaching = library.coaching();
        let assessment = coaching.assessment(known.assessment);
        let assessment = assessment.ok_or(Error::Behind)?;
        let question = |served: &Served| -> Answer<AttemptQuestion> {
            let question = coaching.question(served.version);
            Ok(AttemptQuestion {
                position: served.position,
                question: Question::new(coaching, question.ok_or(Error::Behind)?),
                choice: served.choice.map(ChoiceKey::from),
                response_time: served.response_time,
                answered_at: served.answered_at,
            })
        };
        let questions = known.questions.iter();
        let answered = questions.clone().filter(|one| one.choice.is_some());
        let result = |completed| AttemptResult::new(library, completed);
        let (insights, insights_stored_at) = known.insights.clone().unzip();
        Ok(Self {
            id: Gid(known.id),
            assessment: Assessment::new(coaching, assessment),
            status: known.status.into(),
            started_at: known.started_at,
            expires_at: known.expires_at,
            ended_at: known.ended_at,
            total: known.questions.len(),
            answered: answered.count(),
            position: known.position(),
            questions: questions.map(question).collect::<Answer<_>>()?,
            result: known.completed().map(result).transpose()?,
            insights,
            insights_stored_at,
        })
    }
}

/// The place right behind an attempt.
fn cursor(known: &attempt::Attempt) -> Cursor<AttemptKind> {
    let micros = known.started_at.unix_timestamp_nanos() / 1_000;
    Cursor {
        key: micros.to_string(),
        id: known.id,
    }
}

/// Reads what a client sends as `after`.
pub(super) fn place(text: &str) -> Result<AttemptPlace, Refusal> {
    let Cursor { key, id } = Cursor::<AttemptKind>::read(text)?;
    let micros = key.parse::<i64>().ok();
    let started_at = micros.and_then(|micros| {
        let nanos = i128::from(micros) * 1_000;
        OffsetDateTime::from_unix_timestamp_nanos(nanos).ok()
    });
    let started_at = started_at.ok_or_else(Cursor::<AttemptKind>::refused)?;
    Ok(AttemptPlace { started_at, id })
}

pub(super) fn connection(
    library: &Library,
    page: &AttemptPage,
    has_previous: bool,
) -> Answer<Attempts> {
    let mut connection = Connection::new(has_previous, page.has_next);
    for known in &page.attempts {
        let cursor = cursor(known);
        let attempt = Attempt::new(library, known)?;
        connection
            .edges
            .push(Edge::new(cursor.to_string(), attempt));
    }
    Ok(connection)
}
