//! How somebody who asks through GraphQL can be wrong about partners. What OAuth answers stands in [`crate::fault`].

use dreamtree_assessments as assessments;
use dreamtree_database::fault_of;
use dreamtree_identity as identity;
use dreamtree_types::{ClientError, Code, Fault};
use sea_orm::DbErr;
use thiserror::Error;

/// How a caller can be wrong.
#[derive(Debug, Error)]
pub enum Error {
    /// An input field breaks a rule.
    #[error("an input was refused")]
    Input {
        /// The field.
        field: &'static str,
        /// What it must be.
        rule: String,
    },
    /// There is no such partner.
    #[error("there is no such partner")]
    NoPartner,
    /// The partner has no webhook.
    #[error("the partner has no webhook")]
    NoWebhook,
    /// There is no such dead letter.
    #[error("there is no such dead letter")]
    NoDelivery,
    /// The person has no such grant.
    #[error("there is no such grant")]
    NoGrant,
    /// No partner's token was sent.
    #[error("no partner's token was sent")]
    NoToken,
    /// The token has expired, was revoked, or stands on a consent that is gone: these look alike.
    #[error("the token is worth nothing")]
    DeadToken,
    /// The token does not reach so far.
    #[error("the token does not reach so far")]
    InsufficientScope,
    /// The token is the partner's own, and about nobody in particular.
    #[error("the token is about nobody in particular")]
    NobodysToken,
    /// Nobody of this name lets the partner read.
    #[error("there is no such subject")]
    NoSubject,
    /// Somebody has withdrawn or limited their consent meanwhile.
    #[error("consent was withdrawn meanwhile")]
    Withdrawn,
    /// Randomness failed.
    #[error("a token could not be made")]
    Crypto(#[from] dreamtree_crypto::Error),
    /// Scores could not be read.
    #[error("scores could not be read")]
    Assessments(#[from] assessments::Error),
    /// Something of identity's was refused.
    #[error("identity refused")]
    Identity(#[from] identity::Error),
    /// The database failed.
    #[error("the database failed")]
    Database(#[from] DbErr),
}

impl ClientError for Error {
    fn fault(&self) -> Option<Fault> {
        match self {
            Self::Input { field, rule } => {
                Some(Fault::field(Code::InvalidInput, *field, rule.as_str()))
            }
            Self::NoPartner => Some(Fault::new(Code::NotFound, "There is no such partner.")),
            Self::NoWebhook => Some(Fault::new(Code::NotFound, "This partner has no webhook.")),
            Self::NoDelivery => Some(Fault::new(
                Code::NotFound,
                "This partner has no such dead letter.",
            )),
            Self::NoGrant => Some(Fault::new(
                Code::NotFound,
                "You have let nobody read by this id.",
            )),
            Self::NoSubject => Some(Fault::new(
                Code::NotFound,
                "Nobody of this name lets you read.",
            )),
            Self::NoToken => Some(Fault::new(
                Code::Unauthenticated,
                "This needs the access token of a partner.",
            )),
            Self::DeadToken => Some(Fault::new(
                Code::SessionExpired,
                "This access token is worth nothing. Refresh it, or ask the person again.",
            )),
            Self::InsufficientScope => Some(Fault::new(
                Code::InsufficientScope,
                "The access token does not reach so far.",
            )),
            Self::NobodysToken => Some(Fault::new(
                Code::InsufficientScope,
                "This needs an access token that a person's consent gave; this one is the partner's own.",
            )),
            Self::Withdrawn => Some(Fault::new(
                Code::ConsentWithdrawn,
                "Somebody has just withdrawn or limited their consent. Read the page again.",
            )),
            Self::Crypto(_) => None,
            Self::Assessments(error) => error.fault(),
            Self::Identity(error) => error.fault(),
            Self::Database(error) => fault_of(error),
        }
    }
}
