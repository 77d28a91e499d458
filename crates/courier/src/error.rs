//! Why a message was not sent. No text here holds an address, nor a word of what the other side has said.

use thiserror::Error;

use crate::TargetFault;

/// Why a message was not sent, or nobody can tell whether it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum Unsent {
    /// The address is none that messages may be sent to.
    #[error("the address {0}")]
    Target(#[from] TargetFault),
    /// The name is unknown, or nobody could say.
    #[error("the name could not be looked up")]
    Unresolved,
    /// The name leads, or leads also, to a private network.
    #[error("the name leads to an address that is not public")]
    Private,
    /// Nobody has taken the connection.
    #[error("no connection was made")]
    Unreachable,
    /// The other side has not proved to be who it should be.
    #[error("no secure connection was made")]
    Insecure,
    /// The connection broke, or what came was no HTTP.
    #[error("the connection broke off")]
    Broken,
    /// It took too long.
    #[error("it took too long")]
    Late,
}

impl Unsent {
    /// A word to store; never to be changed.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Target(_) => "target",
            Self::Unresolved => "unresolved",
            Self::Private => "private",
            Self::Unreachable => "unreachable",
            Self::Insecure => "tls",
            Self::Broken => "broken",
            Self::Late => "timeout",
        }
    }
}
