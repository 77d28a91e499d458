//! Why an endpoint did not answer.

use std::error::Error;

use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};

/// Why an endpoint did not answer.
#[derive(Debug)]
pub(crate) enum Refused {
    /// No session, or an old one.
    Stranger,
    /// What was sent does not fit.
    Wrong(&'static str),
    /// Something failed on our side.
    Broken(Box<dyn Error + Send + Sync>),
}

impl<E: Error + Send + Sync + 'static> From<E> for Refused {
    fn from(error: E) -> Self {
        Self::Broken(Box::new(error))
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        match self {
            Self::Stranger => StatusCode::UNAUTHORIZED.into_response(),
            Self::Wrong(why) => (StatusCode::BAD_REQUEST, why).into_response(),
            Self::Broken(error) => {
                eprintln!("bare: {error}");
                StatusCode::INTERNAL_SERVER_ERROR.into_response()
            }
        }
    }
}
