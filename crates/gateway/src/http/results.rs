//! `/results/…`: a picture of somebody's results, for whoever has the secret address.

use std::sync::{Arc, LazyLock};

use axum::{
    extract::{Path, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use dreamtree_api::{Answer, refused};
use dreamtree_portability::{Error, picture, share};
use tokio::sync::Semaphore;

use super::tag::{is_known, tag};
use crate::Gateway;

/// Pictures that are drawn at a time; each keeps a core busy.
static DRAWING: LazyLock<Arc<Semaphore>> = LazyLock::new(|| Arc::new(Semaphore::new(2)));

/// Nothing in a picture runs or is fetched, whatever is written in it.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Svg,
    Png,
}

/// The picture of the address; one that was revoked or has ended looks like one that never was.
pub(crate) async fn results(
    State(gateway): State<Gateway>,
    Path(file): Path<String>,
    headers: HeaderMap,
) -> Response {
    let (token, form) = match file.rsplit_once('.') {
        Some((token, "svg")) => (token, Form::Svg),
        Some((token, "png")) => (token, Form::Png),
        _ => return StatusCode::NOT_FOUND.into_response(),
    };
    let limit = gateway.settings.limits.timeout;
    match tokio::time::timeout(limit, answer(&gateway, token, form, &headers)).await {
        Ok(Ok(Some(response))) => response,
        Ok(Ok(None)) => StatusCode::NOT_FOUND.into_response(),
        // The cause is in the log.
        Ok(Err(_)) | Err(_) => StatusCode::SERVICE_UNAVAILABLE.into_response(),
    }
}

async fn answer(
    gateway: &Gateway,
    token: &str,
    form: Form,
    headers: &HeaderMap,
) -> Answer<Option<Response>> {
    let opened = share::open(&gateway.database, token).await?;
    let Some(opened) = opened else {
        return Ok(None);
    };
    let library = gateway.shelf.current();
    let svg = picture::svg(&opened.scope, &library, opened.subject).await?;
    drop(opened);
    let Some(svg) = svg else {
        return Ok(None);
    };
    let tag = tag(svg.as_bytes());
    let shared = [
        (header::ETAG, tag.as_str()),
        // A revoked address is to be empty at once: ask each time, answer with 304 most times.
        (header::CACHE_CONTROL, "private, no-cache"),
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::HeaderName::from_static("x-robots-tag"), "noindex"),
    ];
    if is_known(headers, &tag) {
        return Ok(Some((StatusCode::NOT_MODIFIED, shared).into_response()));
    }
    Ok(Some(match form {
        Form::Svg => {
            let kind = [(header::CONTENT_TYPE, "image/svg+xml; charset=utf-8")];
            (shared, kind, svg).into_response()
        }
        Form::Png => {
            let png = draw(svg).await.map_err(|error| refused(&error))?;
            (shared, [(header::CONTENT_TYPE, "image/png")], png).into_response()
        }
    }))
}

/// The picture of points, drawn beside the threads that answer.
async fn draw(svg: String) -> Result<Vec<u8>, Error> {
    let permit = Arc::clone(&DRAWING).acquire_owned().await;
    // Given back when it is drawn, also if nobody waits for it any more.
    let work = move || {
        let drawn = picture::png(&svg);
        drop(permit);
        drawn
    };
    tokio::task::spawn_blocking(work).await?
}
