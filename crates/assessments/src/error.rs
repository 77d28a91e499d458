//! How a caller can be wrong about a self-assessment.

use dreamtree_database::fault_of;
use dreamtree_types::{ClientError, Code, Fault};
use sea_orm::DbErr;
use thiserror::Error;

use crate::{
    history::LARGEST_PAGE,
    score::{HIGHEST, LOWEST, MOST},
};

/// How a caller can be wrong about a self-assessment. An `entry` is the index of a submitted score.
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
            Self::Lost => None,
        }
    }
}

fn field(entry: usize, name: &str) -> String {
    format!("input.scores[{entry}].{name}")
}
