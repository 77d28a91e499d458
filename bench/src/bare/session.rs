//! What is below every request: a session, and not even that.

use std::sync::Arc;

use axum::{Json, extract::State, http::HeaderMap, response::Response};
use serde::Deserialize;

use crate::{App, frame::Frame, json, refused::Refused};

/// A body without anything in it.
#[derive(Deserialize)]
pub(crate) struct Asked {}

/// Finds the session and opens its key: of somebody who never forgot a password nothing is locked.
pub(crate) async fn session(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    Json(Asked {}): Json<Asked>,
) -> Result<Response, Refused> {
    let frame = Frame::read(&app, &headers).await?;
    frame.key().ok_or(Refused::Stranger)?;
    frame.commit().await?;
    Ok(json(br#"{"lockedValues":0}"#.to_vec()))
}

/// What is there without asking anybody.
pub(crate) async fn nothing(Json(Asked {}): Json<Asked>) -> Response {
    json(br#"{"__typename":"Query"}"#.to_vec())
}
