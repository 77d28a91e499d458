//! From outcomes to HTTP answers.

use axum::{
    body::Body,
    http::{self, HeaderMap, HeaderValue, StatusCode, header},
};
use dreamtree_types::Code;

use super::{accept::Media, wire};
use crate::{
    execute::Answered,
    refused::Refused,
    response::{code_of, error, is_request_error},
};

/// What the log says of the operation; travels with the answer as an extension.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Operation(pub(crate) &'static str);

/// The answer to one operation.
pub(crate) fn one(mut answered: Answered, media: Media) -> http::Response<Body> {
    let status = status(&answered, media);
    let headers = std::mem::take(&mut answered.response.http_headers);
    let mut answer = json(status, media, wire::response(&answered.response));
    answer.headers_mut().extend(headers);
    if answered.wrong_method {
        answer
            .headers_mut()
            .insert(header::ALLOW, HeaderValue::from_static("POST"));
    }
    answer
        .extensions_mut()
        .insert(Operation(answered.operation));
    answer
}

/// The answers to an array of operations, in its order.
pub(crate) fn batch(mut answered: Vec<Answered>, media: Media) -> http::Response<Body> {
    let mut headers = HeaderMap::new();
    for one in &mut answered {
        for (name, value) in &one.response.http_headers {
            headers.append(name, value.clone());
        }
    }
    let responses = answered.iter().map(|one| &one.response);
    let mut answer = json(StatusCode::OK, media, wire::responses(responses));
    answer.headers_mut().extend(headers);
    answer.extensions_mut().insert(Operation("batch"));
    answer
}

/// The answer to a request that did not get as far as GraphQL; JSON also for those who would take events.
pub(crate) fn refusal(refused: &Refused, media: Media) -> http::Response<Body> {
    let media = if media == Media::Events {
        Media::Json
    } else {
        media
    };
    let errors = [error(refused.fault.code, refused.fault.message.as_str())];
    let mut answer = json(refused.status, media, wire::errors(&errors));
    if let Some(allow) = refused.allow {
        answer
            .headers_mut()
            .insert(header::ALLOW, HeaderValue::from_static(allow));
    }
    answer
}

/// Clients that take only `application/json` read errors of well-formed requests from the body.
fn status(answered: &Answered, media: Media) -> StatusCode {
    if answered.wrong_method {
        return StatusCode::METHOD_NOT_ALLOWED;
    }
    if !is_request_error(&answered.response) {
        return StatusCode::OK;
    }
    let code = answered
        .response
        .errors
        .first()
        .and_then(code_of)
        .unwrap_or_default();
    if code == Code::Internal.as_str() {
        StatusCode::INTERNAL_SERVER_ERROR
    } else if [Code::Timeout, Code::Unavailable]
        .map(Code::as_str)
        .contains(&code)
    {
        StatusCode::SERVICE_UNAVAILABLE
    } else if media == Media::Json {
        StatusCode::OK
    } else {
        StatusCode::BAD_REQUEST
    }
}

fn json(
    status: StatusCode,
    media: Media,
    body: serde_json::Result<Vec<u8>>,
) -> http::Response<Body> {
    let (status, body) = match body {
        Ok(body) => (status, body),
        Err(error) => {
            tracing::error!(%error, "an answer could not be written as JSON");
            (StatusCode::INTERNAL_SERVER_ERROR, Vec::new())
        }
    };
    let mut answer = http::Response::new(Body::from(body));
    *answer.status_mut() = status;
    answer
        .headers_mut()
        .insert(header::CONTENT_TYPE, media.header());
    answer
        .headers_mut()
        .insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    answer
}
