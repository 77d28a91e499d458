//! `imsx_StatusInfo`: how the interfaces of 1EdTech tell that something went wrong.

use axum::{
    Json,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde_json::json;

/// A refusal: `minor` is a word of the interface's own vocabulary, `text` a sentence for people.
pub(super) fn failed(status: StatusCode, minor: &str, text: &str) -> Response {
    let body = json!({
        "imsx_codeMajor": "failure",
        "imsx_severity": "error",
        "imsx_description": text,
        "imsx_codeMinor": { "imsx_codeMinorField": [{
            "imsx_codeMinorFieldName": "TargetEndSystem",
            "imsx_codeMinorFieldValue": minor,
        }] },
    });
    (status, Json(body)).into_response()
}
