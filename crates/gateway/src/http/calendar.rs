//! `/calendar/…`: what a person has before them, for whoever has the secret address.

use axum::{
    extract::{Path, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use dreamtree_api::{Answer, refused};
use dreamtree_identity::calendar_feed;
use dreamtree_workbook::calendar;

use super::tag::{is_known, tag};
use crate::Gateway;

/// The calendar of the address; one that was revoked looks like one that never was.
pub(crate) async fn calendar(
    State(gateway): State<Gateway>,
    Path(file): Path<String>,
    headers: HeaderMap,
) -> Response {
    let Some(token) = file.strip_suffix(".ics") else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let work = tokio::time::timeout(gateway.settings.limits.timeout, read(&gateway, token));
    match work.await {
        Ok(Ok(Some(text))) => answer(text, &headers),
        Ok(Ok(None)) => StatusCode::NOT_FOUND.into_response(),
        // The cause is in the log.
        Ok(Err(_)) | Err(_) => StatusCode::SERVICE_UNAVAILABLE.into_response(),
    }
}

async fn read(gateway: &Gateway, token: &str) -> Answer<Option<String>> {
    let opened = calendar_feed::open(&gateway.database, token).await?;
    let Some(opened) = opened else {
        return Ok(None);
    };
    let library = gateway.shelf.current();
    let text = calendar::write(&opened.scope, &library, opened.feed).await;
    text.map(Some).map_err(|error| refused(&error))
}

fn answer(text: String, headers: &HeaderMap) -> Response {
    let tag = tag(text.as_bytes());
    let shared = [
        (header::ETAG, tag.as_str()),
        // A revoked address is to be empty at once: ask each time, answer with 304 most times.
        (header::CACHE_CONTROL, "private, no-cache"),
    ];
    if is_known(headers, &tag) {
        return (StatusCode::NOT_MODIFIED, shared).into_response();
    }
    let kind = [(header::CONTENT_TYPE, "text/calendar; charset=utf-8")];
    (shared, kind, text).into_response()
}
