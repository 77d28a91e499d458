//! `/ims/ob/v3p0/discovery`: what of Open Badges 3.0 is served here and how a program gets tokens for it, as an `OpenAPI`
//! document (the service description of section 6.3).

use axum::{
    Json,
    extract::State,
    http::{HeaderMap, header},
    response::{IntoResponse, Response},
};
use dreamtree_partners::AccessScope;
use serde_json::{Value, json};

use super::refusal;
use crate::{
    Gateway,
    http::{
        oauth::{AUTHORIZE, TOKEN},
        origin::site,
    },
};

/// The document. Partners are registered by whoever runs the server, so it names no address where programs would register
/// themselves.
pub(super) async fn discovery(State(gateway): State<Gateway>, headers: HeaderMap) -> Response {
    match site(&gateway.settings, &headers) {
        Some(site) => {
            let kept = [(header::CACHE_CONTROL, "public, max-age=3600")];
            (kept, Json(document(&site))).into_response()
        }
        None => refusal::unknown().await,
    }
}

fn document(site: &str) -> Value {
    let credentials = AccessScope::CredentialReadonly;
    let profile = AccessScope::ProfileBasic;
    let scopes = [credentials, profile].map(|one| (name(one).to_owned(), json!(one.meaning())));
    json!({
        "openapi": "3.0.3",
        "info": {
            "title": "DreamTree",
            "description": "Credentials of self-assessments, for programs that people let read them.",
            "version": "3.0.3",
            "x-imssf-privacyPolicyUrl": format!("{site}/privacy"),
        },
        "servers": [{ "url": format!("{site}/ims/ob/v3p0") }],
        "paths": {
            "/discovery": { "get": {
                "operationId": "getServiceDescription",
                "summary": "This document.",
                "security": [],
                "responses": { "200": { "description": "This document.", "content": {
                    "application/json": { "schema": { "type": "object" } } } } },
            } },
            "/credentials": { "get": {
                "operationId": "getCredentials",
                "summary": "The credential of the present result of the person whom the token is about.",
                "security": [{ "OAuth2ACG": [name(credentials)] }],
                "parameters": parameters(),
                "responses": responses(&json!({
                    "description": "The credentials of this page.",
                    "headers": {
                        "X-Total-Count": { "description": "How many there are.", "schema": { "type": "integer" } },
                        "Link": { "description": "The other pages.", "schema": { "type": "string" } },
                    },
                    "content": content("getopenbadgecredentialsresponse"),
                })),
            } },
            "/profile": { "get": {
                "operationId": "getProfile",
                "summary": "The person whom the token is about, as the partner knows them.",
                "security": [{ "OAuth2ACG": [name(profile)] }],
                "responses": responses(&json!({ "description": "The profile.", "content": content("profile") })),
            } },
        },
        "components": { "securitySchemes": { "OAuth2ACG": {
            "type": "oauth2",
            "description": "Codes with PKCE; partners are registered by whoever runs the server.",
            "flows": { "authorizationCode": {
                "authorizationUrl": format!("{site}{AUTHORIZE}"),
                "tokenUrl": format!("{site}{TOKEN}"),
                "refreshUrl": format!("{site}{TOKEN}"),
                "scopes": Value::Object(scopes.into_iter().collect()),
            } },
        } } },
    })
}

const fn name(scope: AccessScope) -> &'static str {
    match scope.standard() {
        Some(name) => name,
        None => scope.as_str(),
    }
}

fn parameters() -> Value {
    let parameter = |name: &str, description: &str, schema: Value| json!({ "name": name, "in": "query", "required": false, "description": description, "schema": schema });
    json!([
        parameter(
            "limit",
            "How many at most; of more than 100, 100.",
            json!({ "type": "integer", "format": "int32", "minimum": 1, "default": 20 })
        ),
        parameter(
            "offset",
            "How many to leave out at the beginning.",
            json!({ "type": "integer", "format": "int32", "minimum": 0, "default": 0 })
        ),
        parameter(
            "since",
            "Only what was issued after this time.",
            json!({ "type": "string", "format": "date-time" })
        ),
    ])
}

/// What the interface answers with, beside a success.
fn responses(success: &Value) -> Value {
    let refusal = |description: &str| json!({ "description": description, "content": content("imsx_statusinfo") });
    json!({
        "200": success,
        "400": refusal("A parameter breaks a rule."),
        "401": refusal("There is no token, or it is worth nothing."),
        "403": refusal("The token does not reach so far, or is about nobody in particular."),
        "404": refusal("There is no such resource."),
        "405": refusal("This can only be read."),
        "429": refusal("This was asked too often; the header Retry-After says when to ask again."),
        "500": refusal("A fault of the server."),
        "503": refusal("The server cannot answer now."),
    })
}

/// JSON by one of the published schemas.
fn content(schema: &str) -> Value {
    let folder = "https://purl.imsglobal.org/spec/ob/v3p0/schema/json";
    json!({ "application/json": { "schema": { "$ref": format!("{folder}/ob_v3p0_{schema}_schema.json") } } })
}
