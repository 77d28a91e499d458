//! `/oauth/token`: new tokens.

use axum::{
    body::Body,
    extract::State,
    http::{HeaderMap, Request, StatusCode, header, request::Parts},
    response::Response,
};
use base64::{Engine, engine::general_purpose::STANDARD};
use dreamtree_partners::{
    ACCESS, Issued, OauthError, Partner, Proof, authenticate, for_itself, with_code, with_refresh,
};
use serde::Serialize;

use super::{answer, form::Form, within};
use crate::{Gateway, peer};

/// RFC 6749, 5.1.
#[derive(Serialize)]
struct Tokens {
    access_token: String,
    token_type: &'static str,
    expires_in: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    refresh_token: Option<String>,
    scope: String,
}

/// Exchanges what a partner has for tokens.
pub(super) async fn token(State(gateway): State<Gateway>, request: Request<Body>) -> Response {
    let (head, body) = request.into_parts();
    let work = async {
        match exchanged(&gateway, &head, body).await {
            Ok(issued) => answer::json(StatusCode::OK, Tokens::from(issued)),
            Err(error) => answer::refusal(&error),
        }
    };
    within(gateway.settings.limits.timeout, work).await
}

async fn exchanged(gateway: &Gateway, head: &Parts, body: Body) -> Result<Issued, OauthError> {
    let (form, partner) = proved(gateway, head, body).await?;
    let database = &gateway.database;
    let kind = form.need("grant_type", "There is no grant_type.")?;
    match kind {
        "authorization_code" => {
            let code = form.need("code", "There is no code.")?;
            let uri = form.need("redirect_uri", "There is no redirect_uri.")?;
            let verifier = form.need("code_verifier", "There is no code_verifier.")?;
            with_code(database, &partner, code, uri, verifier).await
        }
        "refresh_token" => {
            let refresh = form.need("refresh_token", "There is no refresh_token.")?;
            with_refresh(database, &partner, refresh, form.get("scope")).await
        }
        "client_credentials" => for_itself(database, &partner, form.get("scope")).await,
        _ => Err(OauthError::UnsupportedGrantType),
    }
}

/// The form, and the partner that has proved who it is.
pub(super) async fn proved(
    gateway: &Gateway,
    head: &Parts,
    body: Body,
) -> Result<(Form, Partner), OauthError> {
    let form = Form::of(&head.headers, body, &gateway.settings.limits).await?;
    let proof = proof(&head.headers, &form)?;
    let from = peer::client(gateway, head);
    let partner = authenticate(&gateway.database, &gateway.identity, &from, &proof).await?;
    Ok((form, partner))
}

/// Id and secret from the header or from the body, not from both (RFC 6749, 2.3).
fn proof(headers: &HeaderMap, form: &Form) -> Result<Proof, OauthError> {
    let named = form.get("client_id").map(str::to_owned);
    let secret = form.get("client_secret").map(str::to_owned);
    let Some(header) = headers.get(header::AUTHORIZATION) else {
        let rule = "There is no client_id.";
        return Ok(Proof {
            client_id: named.ok_or(OauthError::InvalidRequest(rule))?,
            secret,
        });
    };
    let basic = header.to_str().ok().and_then(basic);
    let (client_id, basic) = basic.ok_or(OauthError::InvalidClient)?;
    if secret.is_some() || named.is_some_and(|named| named != client_id) {
        let rule = "The client proves itself in two ways.";
        return Err(OauthError::InvalidRequest(rule));
    }
    Ok(Proof {
        client_id,
        secret: Some(basic),
    })
}

/// Both parts are encoded as in a form before they are joined.
fn basic(header: &str) -> Option<(String, String)> {
    let (scheme, text) = header.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    let text = String::from_utf8(STANDARD.decode(text.trim()).ok()?).ok()?;
    let (id, secret) = text.split_once(':')?;
    Some((decoded(id)?, decoded(secret)?))
}

fn decoded(text: &str) -> Option<String> {
    let whole = format!("v={}", text.replace('&', "%26"));
    let (_, value) = form_urlencoded::parse(whole.as_bytes()).next()?;
    Some(value.into_owned())
}

impl From<Issued> for Tokens {
    fn from(issued: Issued) -> Self {
        Self {
            access_token: issued.access_text(),
            token_type: "Bearer",
            expires_in: ACCESS.whole_seconds(),
            refresh_token: issued.refresh_text(),
            scope: issued.scopes.told(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_parts_of_basic_are_decoded() {
        let header = format!("Basic {}", STANDARD.encode("an%20id:a%3Asecret+%26"));
        let expected = ("an id".to_owned(), "a:secret &".to_owned());
        assert_eq!(basic(&header), Some(expected));
        for wrong in ["", "Basic", "Basic !", "Bearer YTpi", "Basic YQ=="] {
            assert_eq!(basic(wrong), None, "{wrong}");
        }
    }
}
