//! What OAuth answers when something is refused: RFC 6749, 4.1.2.1 and 5.2.

use sea_orm::DbErr;
use thiserror::Error;

use crate::Error;

/// A refusal of OAuth's.
#[derive(Debug, Error)]
pub enum OauthError {
    /// A parameter is missing, there twice, or wrong.
    #[error("{0}")]
    InvalidRequest(&'static str),
    /// The partner has not proved who it is.
    #[error("The client is unknown, or its secret is wrong.")]
    InvalidClient,
    /// A code or a refresh token is worth nothing.
    #[error(
        "The code or the refresh token is unknown, used, expired or revoked, or the verifier or the redirect URI does not fit."
    )]
    InvalidGrant,
    /// The partner may not do this.
    #[error("{0}")]
    UnauthorizedClient(&'static str),
    /// There is no such grant type here.
    #[error("The grant type must be authorization_code, refresh_token or client_credentials.")]
    UnsupportedGrantType,
    /// Nothing but codes is given out.
    #[error("The response type must be code.")]
    UnsupportedResponseType,
    /// A scope that there is not, or that the partner may not ask for.
    #[error("There is no such scope, or it is beyond what was registered or granted.")]
    InvalidScope,
    /// The person said no.
    #[error("The person has declined.")]
    AccessDenied,
    /// This was tried too often.
    #[error("This was tried too often.")]
    TooOften {
        /// Seconds until it is worth trying again.
        seconds: u64,
    },
    /// A fault of ours, or of the database.
    #[error("Something went wrong on our side.")]
    Ours(#[from] Error),
}

impl OauthError {
    /// The code that the standard has for it.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::InvalidRequest(_) => "invalid_request",
            Self::InvalidClient => "invalid_client",
            Self::InvalidGrant => "invalid_grant",
            Self::UnauthorizedClient(_) => "unauthorized_client",
            Self::UnsupportedGrantType => "unsupported_grant_type",
            Self::UnsupportedResponseType => "unsupported_response_type",
            Self::InvalidScope => "invalid_scope",
            Self::AccessDenied => "access_denied",
            Self::TooOften { .. } => "temporarily_unavailable",
            Self::Ours(_) => "server_error",
        }
    }
}

impl From<DbErr> for OauthError {
    fn from(error: DbErr) -> Self {
        Self::Ours(error.into())
    }
}

impl From<dreamtree_crypto::Error> for OauthError {
    fn from(error: dreamtree_crypto::Error) -> Self {
        Self::Ours(error.into())
    }
}

impl From<dreamtree_identity::Error> for OauthError {
    fn from(error: dreamtree_identity::Error) -> Self {
        match error {
            dreamtree_identity::Error::RateLimited { seconds } => Self::TooOften { seconds },
            other => Self::Ours(other.into()),
        }
    }
}
