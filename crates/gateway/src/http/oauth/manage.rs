//! `/oauth/revoke` and `/oauth/introspect`: a partner and its own tokens.

use axum::{
    body::Body,
    extract::State,
    http::{Request, StatusCode, request::Parts},
    response::Response,
};
use dreamtree_partners::{Active, OauthError, introspect as look, revoke as end};
use serde::Serialize;

use super::{answer, site, token::proved, within};
use crate::Gateway;

/// RFC 7662, 2.2.
#[derive(Default, Serialize)]
struct Inspected {
    active: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    scope: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    client_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sub: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    iss: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    iat: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    exp: Option<i64>,
}

/// Ends a token; answers alike for one that is none.
pub(super) async fn revoke(State(gateway): State<Gateway>, request: Request<Body>) -> Response {
    let (head, body) = request.into_parts();
    let work = async {
        match revoked(&gateway, &head, body).await {
            Ok(()) => answer::json(StatusCode::OK, serde_json::Map::new()),
            Err(error) => answer::refusal(&error),
        }
    };
    within(gateway.settings.limits.timeout, work).await
}

async fn revoked(gateway: &Gateway, head: &Parts, body: Body) -> Result<(), OauthError> {
    let (form, partner) = proved(gateway, head, body).await?;
    let token = form.need("token", "There is no token.")?;
    end(&gateway.database, &partner, token).await
}

/// What a token is worth.
pub(super) async fn introspect(State(gateway): State<Gateway>, request: Request<Body>) -> Response {
    let (head, body) = request.into_parts();
    let work = async {
        match inspected(&gateway, &head, body).await {
            Ok(found) => answer::json(StatusCode::OK, found),
            Err(error) => answer::refusal(&error),
        }
    };
    within(gateway.settings.limits.timeout, work).await
}

async fn inspected(gateway: &Gateway, head: &Parts, body: Body) -> Result<Inspected, OauthError> {
    let (form, partner) = proved(gateway, head, body).await?;
    let token = form.need("token", "There is no token.")?;
    let found: Option<Active> = look(&gateway.database, &partner, token).await?;
    Ok(found.map_or_else(Inspected::default, |found| Inspected {
        active: true,
        scope: Some(found.scopes.told()),
        client_id: Some(partner.id.to_string()),
        sub: found.subject,
        iss: Some(site(gateway, &head.headers)),
        iat: Some(found.issued_at.unix_timestamp()),
        exp: Some(found.expires_at.unix_timestamp()),
    }))
}
