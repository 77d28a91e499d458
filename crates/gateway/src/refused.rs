//! A request that does not get as far as GraphQL.

use axum::http::StatusCode;
use dreamtree_types::{Code, Fault};

/// Why a request was refused, as a client reads it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Refused {
    /// The HTTP status.
    pub(crate) status: StatusCode,
    /// The one error of the answer.
    pub(crate) fault: Fault,
    /// The methods that would have done, for status 405.
    pub(crate) allow: Option<&'static str>,
}

impl Refused {
    /// A refusal with one of the documented codes.
    pub(crate) fn new(status: StatusCode, code: Code, message: &str) -> Self {
        Self {
            status,
            fault: Fault::new(code, message),
            allow: None,
        }
    }

    /// The body is not a GraphQL request.
    pub(crate) fn body(message: &str) -> Self {
        Self::new(StatusCode::BAD_REQUEST, Code::BadRequest, message)
    }

    /// Another method is due.
    pub(crate) fn method(allow: &'static str, message: &str) -> Self {
        let refused = Self::new(StatusCode::METHOD_NOT_ALLOWED, Code::BadRequest, message);
        Self {
            allow: Some(allow),
            ..refused
        }
    }
}
