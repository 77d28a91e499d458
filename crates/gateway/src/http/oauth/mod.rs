//! OAuth over HTTP: the consent page, the token endpoint and what tells about both. What is decided is decided in
//! `partners`.

mod answer;
mod authorize;
mod form;
mod manage;
mod metadata;
mod page;
mod sign_in;
mod token;

use std::{future::Future, time::Duration};

use axum::{
    Router,
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
    routing::{get, post},
};

use super::origin;
use crate::Gateway;

pub(super) const AUTHORIZE: &str = "/oauth/authorize";
pub(super) const TOKEN: &str = "/oauth/token";
const REVOKE: &str = "/oauth/revoke";
const INTROSPECT: &str = "/oauth/introspect";
const SIGN_IN: &str = "/oauth/sign-in";
const STYLE: &str = "/oauth/page.css";

/// Every route of OAuth.
pub(super) fn routes() -> Router<Gateway> {
    Router::new()
        .route(AUTHORIZE, get(authorize::ask).post(authorize::decide))
        .route(SIGN_IN, post(sign_in::sign_in))
        .route(STYLE, get(page::style))
        .route(TOKEN, post(token::token))
        .route(REVOKE, post(manage::revoke))
        .route(INTROSPECT, post(manage::introspect))
        .route(
            "/.well-known/oauth-authorization-server",
            get(metadata::metadata),
        )
}

/// Scheme, host and port of the server, as its clients know them: the issuer.
pub(super) fn site(gateway: &Gateway, headers: &HeaderMap) -> String {
    match (&gateway.settings.public_origin, origin::host(headers)) {
        (Some(origin), _) => origin.clone(),
        (None, Some(host)) => format!("http://{host}"),
        (None, None) => String::new(),
    }
}

/// An answer within the time that a request may take.
async fn within(time: Duration, work: impl Future<Output = Response>) -> Response {
    tokio::time::timeout(time, work)
        .await
        .unwrap_or_else(|_| StatusCode::SERVICE_UNAVAILABLE.into_response())
}
