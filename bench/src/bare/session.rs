//! What is below every request: a session, and not even that.

use std::sync::Arc;

use axum::{Json, extract::State, http::HeaderMap, response::Response};
use serde::{Deserialize, Serialize};
use serde_json::json as value;
use time::format_description::well_known::Rfc3339;

use crate::{App, frame::Frame, json, refused::Refused};

/// A body without anything in it.
#[derive(Deserialize)]
pub(crate) struct Asked {}

#[derive(Serialize)]
struct Data {
    viewer: Viewer,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Viewer {
    session_expires_at: String,
}

/// When the session ends.
pub(crate) async fn session(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    Json(Asked {}): Json<Asked>,
) -> Result<Response, Refused> {
    let frame = Frame::read(&app, &headers).await?;
    let session_expires_at = frame.expires_at().format(&Rfc3339)?;
    frame.commit().await?;
    let viewer = Viewer { session_expires_at };
    Ok(json(serde_json::to_vec(&Data { viewer })?))
}

/// What is there without asking anybody.
pub(crate) async fn nothing(Json(Asked {}): Json<Asked>) -> Result<Response, Refused> {
    let data = value!({ "__typename": "Query" });
    Ok(json(serde_json::to_vec(&data)?))
}
