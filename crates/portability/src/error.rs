//! How a caller can be wrong about what they take elsewhere.

use dreamtree_database::fault_of;
use dreamtree_types::{ClientError, Code, Fault};
use sea_orm::DbErr;
use thiserror::Error;

/// How a caller can be wrong about what they take elsewhere.
#[derive(Debug, Error)]
pub enum Error {
    /// Some competency has no score yet.
    #[error("the result is not complete")]
    Incomplete,
    /// The oldest score was given more than a year ago.
    #[error("the result is too old")]
    Outdated,
    /// There are so many of these already.
    #[error("there are too many of these already")]
    TooMany {
        /// So many.
        most: usize,
    },
    /// A share is to end too early or too late.
    #[error("the days of a share were refused")]
    Days {
        /// So many at most.
        most: i32,
    },
    /// An attempt was named for what shows none, or none for what shows one.
    #[error("the attempt of a share was refused")]
    Attempt,
    /// There is no such credential or share.
    #[error("there is no such thing")]
    Missing,
    /// The server does not know its own address, which it would issue under.
    #[error("the server has no address to issue under")]
    NoOrigin,
    /// The gateway put no signer into the schema.
    #[error("there is no signer in the schema")]
    NoSigner,
    /// A row does not say what it should.
    #[error("what is stored cannot be read: {0}")]
    Corrupt(&'static str),
    /// A credential could not be made.
    #[error("a credential could not be made")]
    Credential(#[from] dreamtree_credentials::Error),
    /// A picture could not be made.
    #[error("a picture could not be made")]
    Picture(#[from] dreamtree_pictures::Error),
    /// A thread that draws broke.
    #[error("a background task broke")]
    Task(#[from] tokio::task::JoinError),
    /// A token could not be made.
    #[error("a token could not be made")]
    Crypto(#[from] dreamtree_crypto::Error),
    /// The person's own rows failed.
    #[error("the person's rows failed")]
    Identity(#[from] dreamtree_identity::Error),
    /// The person's scores failed.
    #[error("the person's scores failed")]
    Assessments(#[from] dreamtree_assessments::Error),
    /// What a partner asks for was refused.
    #[error("a partner was refused")]
    Partners(#[from] dreamtree_partners::Error),
    /// The person's work failed.
    #[error("the person's work failed")]
    Workbook(#[from] dreamtree_workbook::Error),
    /// The database failed.
    #[error("the database failed")]
    Database(#[from] DbErr),
}

impl ClientError for Error {
    fn fault(&self) -> Option<Fault> {
        match self {
            Self::Incomplete => Some(Fault::new(
                Code::InvalidInput,
                "Rate yourself in every competency first.",
            )),
            Self::Outdated => Some(Fault::new(
                Code::InvalidInput,
                "A score is older than a year. Rate yourself anew first.",
            )),
            Self::TooMany { most } => Some(Fault::field(
                Code::InvalidInput,
                "input",
                format!("There are {most} of these already; revoke one first."),
            )),
            Self::Days { most } => Some(Fault::field(
                Code::InvalidInput,
                "input.expiresInDays",
                format!("must be 1 to {most}"),
            )),
            Self::Attempt => Some(Fault::field(
                Code::InvalidInput,
                "input.attempt",
                "must be there for ATTEMPT_BARS, and only for that.",
            )),
            Self::Missing => Some(Fault::field(
                Code::NotFound,
                "input.id",
                "There is no such thing.",
            )),
            Self::NoOrigin => Some(Fault::new(
                Code::OriginRefused,
                "The server does not know under which address it is reached.",
            )),
            Self::Identity(error) => error.fault(),
            Self::Assessments(error) => error.fault(),
            Self::Partners(error) => error.fault(),
            Self::Workbook(error) => error.fault(),
            Self::Database(error) => fault_of(error),
            Self::NoSigner
            | Self::Corrupt(_)
            | Self::Credential(_)
            | Self::Picture(_)
            | Self::Task(_)
            | Self::Crypto(_) => None,
        }
    }
}
