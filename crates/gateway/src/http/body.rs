//! Reading what a client sent: a JSON body by POST, a query string by GET.

use std::{collections::HashMap, time::Duration};

use async_graphql::Variables;
use axum::{
    body::Body,
    extract::Query,
    http::{HeaderMap, StatusCode, Uri, header},
};
use bytes::{Bytes, BytesMut};
use dreamtree_types::Code;
use http_body_util::BodyExt;
use serde::Deserialize;
use serde_json::{Map, Value};

use crate::{Limits, execute::Asked, refused::Refused};

/// Time for a whole body to arrive.
const PATIENCE: Duration = Duration::from_secs(10);

/// How many times the limit is still read before the connection is cut.
const SOMEWHAT: usize = 8;

/// What one HTTP request carries.
#[derive(Debug)]
pub(crate) enum Sent {
    /// One operation.
    One(Asked),
    /// An array of operations.
    Batch(Vec<Asked>),
}

/// A GraphQL request in JSON.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Envelope {
    query: Option<String>,
    operation_name: Option<String>,
    variables: Option<Map<String, Value>>,
    /// Nothing is read from it, but it has to be a map.
    #[serde(rename = "extensions")]
    _extensions: Option<Map<String, Value>>,
}

impl TryFrom<Envelope> for Asked {
    type Error = Refused;

    fn try_from(envelope: Envelope) -> Result<Self, Refused> {
        let query = envelope.query.filter(|query| !query.is_empty());
        Ok(Self {
            query: query.ok_or_else(|| Refused::body("The request has no query."))?,
            operation_name: envelope.operation_name,
            variables: Variables::from_json(Value::Object(envelope.variables.unwrap_or_default())),
        })
    }
}

/// Only JSON: a page of another site cannot send that without asking first.
pub(crate) fn check_content_type(headers: &HeaderMap) -> Result<(), Refused> {
    let value = headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok());
    if value.is_some_and(is_json) {
        return Ok(());
    }
    let message = "The body must be application/json.";
    Err(Refused::new(
        StatusCode::UNSUPPORTED_MEDIA_TYPE,
        Code::BadRequest,
        message,
    ))
}

fn is_json(value: &str) -> bool {
    let mut parts = value.split(';').map(str::trim);
    let json = parts
        .next()
        .is_some_and(|name| name.eq_ignore_ascii_case("application/json"));
    json && parts.all(|parameter| {
        let parameter = parameter.to_ascii_lowercase().replace('"', "");
        parameter.is_empty() || parameter == "charset=utf-8"
    })
}

/// Reads a body of no more than the limit.
pub(crate) async fn read(body: Body, limits: &Limits) -> Result<Bytes, Refused> {
    match tokio::time::timeout(PATIENCE, collect(body, limits.body_bytes)).await {
        Ok(Ok(Some(body))) => Ok(body),
        Ok(Ok(None)) => {
            let message = format!("The body is longer than {} bytes.", limits.body_bytes);
            Err(Refused::new(
                StatusCode::PAYLOAD_TOO_LARGE,
                Code::LimitExceeded,
                &message,
            ))
        }
        Ok(Err(_)) => Err(Refused::body("The body did not arrive.")),
        Err(_) => {
            let message = "The body took too long to arrive.";
            Err(Refused::new(
                StatusCode::REQUEST_TIMEOUT,
                Code::Timeout,
                message,
            ))
        }
    }
}

/// The body, or nothing when it is too long. The rest of a body that is somewhat too long is taken and
/// dropped: a client that is still sending would meet a broken connection instead of the refusal.
async fn collect(mut body: Body, limit: usize) -> Result<Option<Bytes>, axum::Error> {
    let (mut kept, mut taken) = (BytesMut::new(), 0);
    while let Some(frame) = body.frame().await {
        let Ok(data) = frame?.into_data() else {
            continue;
        };
        taken += data.len();
        if taken <= limit {
            kept.extend_from_slice(&data);
        } else if taken > limit.saturating_mul(SOMEWHAT) {
            break;
        }
    }
    Ok((taken <= limit).then(|| kept.freeze()))
}

/// What a JSON body carries.
pub(crate) fn decode(body: &[u8], limits: &Limits) -> Result<Sent, Refused> {
    let wrong = |_| Refused::body("The body is not a GraphQL request in JSON.");
    if body.trim_ascii_start().first() != Some(&b'[') {
        let envelope: Envelope = serde_json::from_slice(body).map_err(wrong)?;
        return Ok(Sent::One(envelope.try_into()?));
    }
    let envelopes: Vec<Envelope> = serde_json::from_slice(body).map_err(wrong)?;
    if envelopes.is_empty() {
        return Err(Refused::body("The array of requests is empty."));
    }
    if envelopes.len() > limits.batch {
        let message = format!("The array holds more than {} requests.", limits.batch);
        return Err(Refused::new(
            StatusCode::BAD_REQUEST,
            Code::LimitExceeded,
            &message,
        ));
    }
    envelopes
        .into_iter()
        .map(TryInto::try_into)
        .collect::<Result<_, _>>()
        .map(Sent::Batch)
}

/// What a query string carries; `variables` and `extensions` are JSON.
pub(crate) fn from_query_string(uri: &Uri) -> Result<Asked, Refused> {
    let wrong = || Refused::body("The query string is not a GraphQL request.");
    let Query(mut parameters) =
        Query::<HashMap<String, String>>::try_from_uri(uri).map_err(|_| wrong())?;
    let map = |text: Option<String>| {
        let text = text.filter(|text| !text.is_empty());
        text.map(|text| serde_json::from_str(&text))
            .transpose()
            .map_err(|_| wrong())
    };
    let envelope = Envelope {
        variables: map(parameters.remove("variables"))?.flatten(),
        _extensions: map(parameters.remove("extensions"))?.flatten(),
        operation_name: parameters
            .remove("operationName")
            .filter(|name| !name.is_empty()),
        query: parameters.remove("query"),
    };
    envelope.try_into()
}
