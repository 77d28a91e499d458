//! What can go wrong on the way of a letter. No text here holds an address or a line of the letter.

use dreamtree_types::Instant;
use sea_orm::DbErr;
use thiserror::Error;

/// What can go wrong on the way of a letter.
#[derive(Debug, Error)]
pub enum Error {
    /// A letter could not be written down or read.
    #[error("a letter could not be read or written as JSON")]
    Json(#[source] serde_json::Error),
    /// A letter could not be sealed or opened.
    #[error("a letter could not be sealed or opened")]
    Crypto(#[from] dreamtree_crypto::Error),
    /// The database failed.
    #[error("the database failed")]
    Database(#[from] DbErr),
}

/// Why an attempt failed. What the other side says may name the addressee, so only its code is kept.
#[derive(Debug, Error)]
pub(crate) enum Undelivered {
    /// It is sealed with other keys, or no letter.
    #[error("it does not open with the keys of this server")]
    Sealed(#[source] Error),
    /// The addressee or the text cannot be put into a message.
    #[error("it cannot be made a message")]
    Unwritable,
    /// The mail server refused it.
    #[error("the mail server answered {0}")]
    Refused(String),
    /// The mail server could not be reached, or did not understand.
    #[error("the mail server could not be spoken to")]
    Unreachable,
    /// The file could not be written.
    #[error("the file could not be written")]
    File(#[from] std::io::Error),
}

/// An attempt that failed, and what comes next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Next {
    /// It is tried again then.
    Again(Instant),
    /// It is given up.
    Never,
}
