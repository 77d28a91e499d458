//! Answers of the token endpoint and its neighbours: JSON that nobody keeps.

use axum::{
    Json,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use dreamtree_api::refused;
use dreamtree_partners::OauthError;
use dreamtree_types::{ClientError, Code};
use serde::Serialize;

#[derive(Serialize)]
struct Refusal {
    error: &'static str,
    error_description: String,
}

/// JSON that no cache keeps.
pub(super) fn json(status: StatusCode, body: impl Serialize) -> Response {
    let shut = [
        (header::CACHE_CONTROL, "no-store"),
        (header::PRAGMA, "no-cache"),
    ];
    (status, shut, Json(body)).into_response()
}

/// What a program is told when something is refused. The cause of a fault of ours goes to the log.
pub(super) fn refusal(error: &OauthError) -> Response {
    let body = Refusal {
        error: error.code(),
        error_description: error.to_string(),
    };
    let mut answer = json(status(error), body);
    let headers = answer.headers_mut();
    match error {
        OauthError::InvalidClient => {
            let asks = HeaderValue::from_static("Basic realm=\"partners\"");
            headers.insert(header::WWW_AUTHENTICATE, asks);
        }
        OauthError::TooOften { seconds } => {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(*seconds));
        }
        OauthError::Ours(cause) => drop(refused(cause)),
        _ => {}
    }
    answer
}

pub(super) fn status(error: &OauthError) -> StatusCode {
    match error {
        OauthError::InvalidClient => StatusCode::UNAUTHORIZED,
        OauthError::TooOften { .. } => StatusCode::TOO_MANY_REQUESTS,
        OauthError::Ours(cause) => match cause.fault() {
            Some(fault) if fault.code == Code::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
            _ => StatusCode::INTERNAL_SERVER_ERROR,
        },
        _ => StatusCode::BAD_REQUEST,
    }
}
