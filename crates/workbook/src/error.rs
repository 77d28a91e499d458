//! How a caller can be wrong about the workbook.

use dreamtree_database::{VaultError, fault_of};
use dreamtree_types::{ClientError, Code, Fault};
use sea_orm::DbErr;
use thiserror::Error;

/// How a caller can be wrong about the workbook.
#[derive(Debug, Error)]
pub enum Error {
    /// No such placement, or nothing that takes an answer stands there.
    #[error("no such placement")]
    NoPlacement,
    /// The placement that this field names lies beyond the reader's position.
    #[error("the placement is locked")]
    Locked(&'static str),
    /// The kind of answer does not fit the placement.
    #[error("the answer is of the wrong kind")]
    WrongKind {
        /// The kind of answer that the placement takes, as the input field is called.
        expected: &'static str,
    },
    /// One request answers a placement twice, or names something twice.
    #[error("an entry is there twice")]
    Duplicate {
        /// The input field of the second one.
        field: String,
    },
    /// A value breaks a rule.
    #[error("a value was refused")]
    Invalid {
        /// The input field.
        field: String,
        /// The rule, in a sentence.
        message: String,
    },
    /// Something named in the input is not there, or not the caller's.
    #[error("something named in the input is not there")]
    NotFound {
        /// The input field.
        field: String,
    },
    /// Something private was to be changed outside of a placement and the vault is locked.
    #[error("the vault is locked")]
    Shut,
    /// The thing was changed since the caller has seen it.
    #[error("the thing has changed")]
    Stale,
    /// The answer at this index of a batch was refused.
    #[error("an answer of the batch was refused")]
    At(usize, #[source] Box<Error>),
    /// A private value cannot be written.
    #[error("a private value cannot be written")]
    Vault(#[from] VaultError),
    /// The person's own rows failed.
    #[error("the person's rows failed")]
    Identity(#[from] dreamtree_identity::Error),
    /// The person's scores failed.
    #[error("the person's scores failed")]
    Assessments(#[from] dreamtree_assessments::Error),
    /// A row does not hold what the schema promises.
    #[error("a stored value cannot be read: {0}")]
    Corrupt(&'static str),
    /// The database failed.
    #[error("the database failed")]
    Database(#[from] DbErr),
}

impl Error {
    /// A value of this field breaks this rule.
    pub(crate) fn invalid(field: impl Into<String>, message: impl Into<String>) -> Self {
        Self::Invalid {
            field: field.into(),
            message: message.into(),
        }
    }

    /// What this field names is not there, or not the caller's.
    pub(crate) fn missing(field: impl Into<String>) -> Self {
        Self::NotFound {
            field: field.into(),
        }
    }

    /// The same error for somebody who calls the field at `from` by another name.
    pub(crate) fn moved(self, from: &str, to: &str) -> Self {
        let renamed = |field: String| match field.strip_prefix(from) {
            Some(rest) => format!("{to}{rest}"),
            None => field,
        };
        match self {
            Self::Invalid { field, message } => Self::Invalid {
                field: renamed(field),
                message,
            },
            Self::NotFound { field } => Self::NotFound {
                field: renamed(field),
            },
            Self::Duplicate { field } => Self::Duplicate {
                field: renamed(field),
            },
            other => other,
        }
    }

    /// This field names something for the second time.
    pub(crate) fn twice(field: impl Into<String>) -> Self {
        Self::Duplicate {
            field: field.into(),
        }
    }
}

impl ClientError for Error {
    fn fault(&self) -> Option<Fault> {
        match self {
            Self::NoPlacement => Some(Fault::field(
                Code::NotFound,
                "placement",
                "There is nothing to answer here.",
            )),
            Self::Locked(field) => Some(Fault::field(
                Code::Locked,
                *field,
                "This lies further on. Answer what comes before it first.",
            )),
            Self::WrongKind { expected } => Some(Fault::field(
                Code::WrongKind,
                "value",
                format!("This placement takes {expected}."),
            )),
            Self::Duplicate { field } => Some(Fault::field(
                Code::DuplicateEntry,
                field,
                "This is there twice; nothing was saved.",
            )),
            Self::Invalid { field, message } => {
                Some(Fault::field(Code::InvalidInput, field, message))
            }
            Self::NotFound { field } => Some(Fault::field(
                Code::NotFound,
                field,
                "There is no such thing.",
            )),
            Self::Shut => Some(Fault::new(
                Code::VaultLocked,
                "This is private and your vault is locked. Sign in again to open it.",
            )),
            Self::Stale => Some(Fault::field(
                Code::Conflict,
                "input.expectedVersion",
                "This was changed in the meantime. Nothing was saved; read it again.",
            )),
            Self::At(index, error) => error
                .fault()
                .map(|fault| fault.within(&format!("[{index}]"))),
            Self::Vault(VaultError::Locked) => Some(Fault::field(
                Code::VaultLocked,
                "value",
                "This is private and your vault is locked. Sign in again to open it.",
            )),
            Self::Identity(error) => error.fault(),
            Self::Assessments(error) => error.fault(),
            Self::Database(error) => fault_of(error),
            Self::Vault(VaultError::Sealing(_)) | Self::Corrupt(_) => None,
        }
    }
}
