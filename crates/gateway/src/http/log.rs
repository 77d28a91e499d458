//! One line of log per request: what was asked for and what it cost, never what was said or by whom.

use std::time::Instant;

use axum::{
    extract::{MatchedPath, Request},
    http::{Extensions, HeaderValue, header},
    middleware::Next,
    response::Response,
};
use tracing::Instrument;
use uuid::Uuid;

use super::{REQUEST_ID, answer::Operation};

/// Names a request; made here, never taken from a client.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RequestId(Uuid);

impl RequestId {
    /// The id that [`log`] gave to the request.
    pub(crate) fn of(extensions: &Extensions) -> Uuid {
        extensions.get::<Self>().map_or(Uuid::nil(), |id| id.0)
    }
}

/// Gives the request an id, passes it on, and writes the line.
pub(crate) async fn log(mut request: Request, next: Next) -> Response {
    let begun = Instant::now();
    let id = Uuid::now_v7();
    request.extensions_mut().insert(RequestId(id));
    let method = request.method().clone();
    // The route, not the path: a path may hold anything.
    let route = request.extensions().get::<MatchedPath>().cloned();
    let route = route.as_ref().map_or("-", MatchedPath::as_str);
    let span = tracing::info_span!("request", %id);

    let passed = next.run(request).instrument(span.clone());
    let (mut response, statements) = dreamtree_database::counted(passed).await;

    let operation = response
        .extensions()
        .get::<Operation>()
        .map_or("-", |operation| operation.0);
    let status = response.status().as_u16();
    let micros = u64::try_from(begun.elapsed().as_micros()).unwrap_or(u64::MAX);
    span.in_scope(|| {
        tracing::info!(%method, path = route, status, operation, micros, statements, "answered");
    });
    let headers = response.headers_mut();
    if let Ok(id) = HeaderValue::try_from(id.to_string()) {
        headers.insert(REQUEST_ID, id);
    }
    headers.insert(
        header::X_CONTENT_TYPE_OPTIONS,
        HeaderValue::from_static("nosniff"),
    );
    // Pages with a form of their own say otherwise: with this policy, browsers hide where the form comes from.
    headers
        .entry(header::REFERRER_POLICY)
        .or_insert(HeaderValue::from_static("no-referrer"));
    response
}
