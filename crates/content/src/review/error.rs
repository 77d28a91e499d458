//! How an operator can be wrong.

use dreamtree_database::fault_of;
use dreamtree_types::{ClientError, Code, Fault};
use sea_orm::DbErr;
use thiserror::Error;

/// How an operator can be wrong.
#[derive(Debug, Error)]
pub enum ReviewError {
    /// What this field names is not there.
    #[error("something named in the input is not there")]
    NotFound(&'static str),
    /// A value of this field breaks this rule.
    #[error("a value was refused")]
    Invalid(&'static str, String),
    /// Both fields name the same skill.
    #[error("a skill is there twice")]
    Twice,
    /// The cursor is none of this list.
    #[error("the cursor is none of this list")]
    Cursor,
    /// A row does not hold what the schema promises.
    #[error("a stored value cannot be read: {0}")]
    Corrupt(&'static str),
    /// The database failed.
    #[error("the database failed")]
    Database(#[from] DbErr),
}

impl ClientError for ReviewError {
    fn fault(&self) -> Option<Fault> {
        match self {
            Self::NotFound(field) => Some(Fault::field(
                Code::NotFound,
                *field,
                "There is no such thing.",
            )),
            Self::Invalid(field, rule) => Some(Fault::field(Code::InvalidInput, *field, rule)),
            Self::Twice => Some(Fault::field(
                Code::DuplicateEntry,
                "input.into",
                "This is there twice; nothing was saved.",
            )),
            Self::Cursor => Some(Fault::field(
                Code::InvalidInput,
                "after",
                "is not a cursor of this list; begin again without it",
            )),
            Self::Database(error) => fault_of(error),
            Self::Corrupt(_) => None,
        }
    }
}
