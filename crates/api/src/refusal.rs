//! From a domain's error to what a client reads.

use std::error::Error as StdError;

use async_graphql::{Error, ErrorExtensions};
use dreamtree_types::{ClientError, Code, Fault};

/// A resolver's error. It has no `Display`, so nothing reaches a client but through a [`Fault`].
#[derive(Clone, Debug)]
pub struct Refusal(Fault);

/// Turns an error into what the caller is told. A fault of ours is logged here, once, with its causes.
pub fn refused<E: ClientError>(error: &E) -> Refusal {
    Refusal(error.fault().unwrap_or_else(|| {
        tracing::error!(cause = causes(error), "a request failed");
        Fault::new(
            Code::Internal,
            "Something went wrong on our side. The request id finds it in our log.",
        )
    }))
}

impl<E: ClientError> From<E> for Refusal {
    fn from(error: E) -> Self {
        refused(&error)
    }
}

impl Refusal {
    /// A refusal without an error behind it.
    #[must_use]
    pub const fn new(fault: Fault) -> Self {
        Self(fault)
    }

    /// What the caller is told, for answers beside GraphQL.
    #[must_use]
    pub const fn fault(&self) -> &Fault {
        &self.0
    }

    /// True when the same may be granted in a moment: the database was away, or slow.
    pub(crate) const fn is_passing(&self) -> bool {
        matches!(self.0.code, Code::Unavailable | Code::Timeout)
    }
}

impl From<Refusal> for Error {
    fn from(Refusal(fault): Refusal) -> Self {
        Self::new(fault.message).extend_with(|_, extensions| {
            extensions.set("code", fault.code.as_str());
            if let Some(field) = fault.field {
                extensions.set("field", field);
            }
            if let Some(seconds) = fault.retry_after {
                extensions.set("retryAfterSeconds", seconds);
            }
        })
    }
}

/// The error and what lies behind it, in one line.
fn causes(error: &dyn StdError) -> String {
    let mut line = error.to_string();
    let mut next = error.source();
    while let Some(cause) = next {
        line.push_str(": ");
        line.push_str(&cause.to_string());
        next = cause.source();
    }
    line
}
