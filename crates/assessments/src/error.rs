//! How a caller can be wrong about an assessment.

use dreamtree_database::fault_of;
use dreamtree_types::{ClientError, Code, Fault};
use sea_orm::DbErr;
use thiserror::Error;

use crate::{
    attempt::{LARGEST_ATTEMPT_PAGE, LARGEST_INSIGHTS, LONGEST_TIME, MOST_ANSWERS, Status},
    history::LARGEST_PAGE,
    score::{HIGHEST, LOWEST, MOST},
};

/// How a caller can be wrong about an assessment. An `entry` is the index of a submitted score or answer.
#[derive(Debug, Error)]
pub enum Error {
    /// No score at all, or more than there are competencies.
    #[error("the number of scores was refused")]
    Count,
    /// There is no such competency.
    #[error("an unknown competency was scored")]
    UnknownCompetency {
        /// Which score.
        entry: usize,
    },
    /// The competency was scored by an earlier entry.
    #[error("a competency was scored twice")]
    Duplicate {
        /// Which score.
        entry: usize,
    },
    /// The score is out of range.
    #[error("a score was refused")]
    Score {
        /// Which score.
        entry: usize,
    },
    /// There is no such level.
    #[error("an unknown level was chosen")]
    UnknownLevel {
        /// Which score.
        entry: usize,
    },
    /// The level is one of another competency.
    #[error("a level of another competency was chosen")]
    ForeignLevel {
        /// Which score.
        entry: usize,
    },
    /// The history of a competency that there is not.
    #[error("the history of an unknown competency was asked for")]
    UnknownHistory,
    /// A page of the history is too large, or negative.
    #[error("the size of a page was refused")]
    First,
    /// The cursor was not made by the history.
    #[error("a cursor was refused")]
    After,
    /// There is no such assessment, or it is retired.
    #[error("an unknown assessment was asked for")]
    UnknownAssessment,
    /// There is no such attempt, or it is somebody else's.
    #[error("an unknown attempt was asked for")]
    UnknownAttempt,
    /// Another assessment has to be passed first.
    #[error("an assessment is locked")]
    Locked,
    /// The id of a new attempt is one at another assessment.
    #[error("the id of an attempt is taken")]
    IdTaken,
    /// The id of a new attempt is of another kind than ids are here.
    #[error("the id of an attempt is of another version")]
    IdVersion,
    /// The attempt is not in progress.
    #[error("an attempt is closed")]
    Closed(Status),
    /// The attempt is not completed.
    #[error("an attempt is not completed")]
    NotCompleted,
    /// No answer at all, or too many.
    #[error("the number of answers was refused")]
    Answers,
    /// The question is none of the attempt.
    #[error("a question was answered that was not served")]
    NotServed {
        /// Which answer.
        entry: usize,
    },
    /// The question was answered by an earlier entry.
    #[error("a question was answered twice")]
    AnsweredTwice {
        /// Which answer.
        entry: usize,
    },
    /// The time is out of range.
    #[error("a response time was refused")]
    ResponseTime {
        /// Which answer.
        entry: usize,
    },
    /// The insights are too long or no JSON object.
    #[error("insights were refused")]
    Insights,
    /// A page of attempts is too large, or negative.
    #[error("the size of a page of attempts was refused")]
    AttemptsFirst,
    /// An attempt hangs on content that this server has yet to read: another one has loaded it a moment ago.
    #[error("the content in memory is older than an attempt")]
    Behind,
    /// A row holds a word that this program does not know.
    #[error("an attempt does not fit this program")]
    Unreadable,
    /// Scores that were just written are not there.
    #[error("the scores just written are not there")]
    Lost,
    /// The database failed.
    #[error("the database failed")]
    Database(#[from] DbErr),
}

impl ClientError for Error {
    fn fault(&self) -> Option<Fault> {
        match self {
            Self::Count => Some(Fault::field(
                Code::InvalidInput,
                "input.scores",
                format!("Send 1 to {MOST} scores at once."),
            )),
            Self::UnknownCompetency { entry } => Some(Fault::field(
                Code::NotFound,
                field(*entry, "competency"),
                "There is no such competency.",
            )),
            Self::Duplicate { entry } => Some(Fault::field(
                Code::DuplicateEntry,
                field(*entry, "competency"),
                "This competency is scored twice.",
            )),
            Self::Score { entry } => Some(Fault::field(
                Code::InvalidInput,
                field(*entry, "score"),
                format!("A score is {LOWEST} to {HIGHEST}."),
            )),
            Self::UnknownLevel { entry } => Some(Fault::field(
                Code::NotFound,
                field(*entry, "level"),
                "There is no such level.",
            )),
            Self::ForeignLevel { entry } => Some(Fault::field(
                Code::InvalidInput,
                field(*entry, "level"),
                "This level belongs to another competency.",
            )),
            Self::UnknownHistory => Some(Fault::field(
                Code::NotFound,
                "competency",
                "There is no such competency.",
            )),
            Self::First => Some(Fault::field(
                Code::InvalidInput,
                "first",
                format!("first must be 0 to {LARGEST_PAGE}."),
            )),
            Self::After => Some(Fault::field(
                Code::InvalidInput,
                "after",
                "after is not a cursor of this list; begin again without it.",
            )),
            Self::Database(error) => fault_of(error),
            Self::Lost | Self::Unreadable => None,
            attempt => attempt.about_attempts(),
        }
    }
}

impl Error {
    /// What a caller is told who is wrong about an attempt.
    fn about_attempts(&self) -> Option<Fault> {
        let (code, at, message) = match self {
            Self::UnknownAssessment => (
                Code::NotFound,
                "input.assessment".to_owned(),
                "There is no such assessment.".to_owned(),
            ),
            Self::UnknownAttempt => {
                let message = "There is no such attempt.";
                return Some(Fault::new(Code::NotFound, message));
            }
            Self::Locked => (
                Code::Locked,
                "input.assessment".to_owned(),
                "Pass the assessment before it first.".to_owned(),
            ),
            Self::IdTaken => (
                Code::InvalidInput,
                "input.id".to_owned(),
                "This id is that of an attempt at another assessment.".to_owned(),
            ),
            Self::IdVersion => (
                Code::InvalidInput,
                "input.id".to_owned(),
                "The id must be a UUID of version 7, as other ids are.".to_owned(),
            ),
            Self::Behind => {
                let message = "New content is being read; try again in a moment.";
                return Some(Fault::new(Code::Busy, message));
            }
            Self::Closed(status) => {
                return Some(Fault::new(Code::Conflict, closed(*status)));
            }
            Self::NotCompleted => {
                let message = "This attempt has no result yet; complete it first.";
                return Some(Fault::new(Code::Conflict, message));
            }
            Self::Answers => (
                Code::InvalidInput,
                "input.answers".to_owned(),
                format!("Send 1 to {MOST_ANSWERS} answers at once."),
            ),
            Self::NotServed { entry } => (
                Code::NotFound,
                answer_field(*entry, "question"),
                "This attempt has no such question.".to_owned(),
            ),
            Self::AnsweredTwice { entry } => (
                Code::DuplicateEntry,
                answer_field(*entry, "question"),
                "This question is answered twice.".to_owned(),
            ),
            Self::ResponseTime { entry } => (
                Code::InvalidInput,
                answer_field(*entry, "responseTime"),
                format!("A response time is 0 to {LONGEST_TIME} seconds."),
            ),
            Self::Insights => (
                Code::InvalidInput,
                "input.insights".to_owned(),
                format!("Insights are a JSON object of {LARGEST_INSIGHTS} bytes at most."),
            ),
            Self::AttemptsFirst => (
                Code::InvalidInput,
                "first".to_owned(),
                format!("first must be 0 to {LARGEST_ATTEMPT_PAGE}."),
            ),
            _ => return None,
        };
        Some(Fault::field(code, at, message))
    }
}

const fn closed(status: Status) -> &'static str {
    match status {
        Status::InProgress => "This attempt is in progress.",
        Status::Completed => "This attempt is completed and stays as it is.",
        Status::Abandoned => "This attempt was given up; start another one.",
        Status::Expired => "This attempt was left for too long; start another one.",
    }
}

fn field(entry: usize, name: &str) -> String {
    format!("input.scores[{entry}].{name}")
}

fn answer_field(entry: usize, name: &str) -> String {
    format!("input.answers[{entry}].{name}")
}
