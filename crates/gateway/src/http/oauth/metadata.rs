//! `/.well-known/oauth-authorization-server`: where everything is, and what is understood (RFC 8414).

use axum::{
    Json,
    extract::State,
    http::{HeaderMap, header},
    response::IntoResponse,
};
use dreamtree_partners::AccessScope;
use serde_json::json;

use super::{AUTHORIZE, INTROSPECT, REVOKE, TOKEN, site};
use crate::Gateway;

/// The metadata.
pub(super) async fn metadata(
    State(gateway): State<Gateway>,
    headers: HeaderMap,
) -> impl IntoResponse {
    let site = site(&gateway, &headers);
    let at = |path: &str| format!("{site}{path}");
    let proofs = ["client_secret_basic", "client_secret_post", "none"];
    let scopes = AccessScope::ALL.map(AccessScope::as_str).into_iter();
    let standard = AccessScope::ALL
        .into_iter()
        .filter_map(AccessScope::standard);
    let scopes: Vec<&str> = scopes.chain(standard).collect();
    let told = json!({
        "issuer": site,
        "authorization_endpoint": at(AUTHORIZE),
        "token_endpoint": at(TOKEN),
        "revocation_endpoint": at(REVOKE),
        "introspection_endpoint": at(INTROSPECT),
        "scopes_supported": scopes,
        "response_types_supported": ["code"],
        "response_modes_supported": ["query"],
        "grant_types_supported": ["authorization_code", "refresh_token", "client_credentials"],
        "code_challenge_methods_supported": ["S256"],
        "token_endpoint_auth_methods_supported": proofs,
        "revocation_endpoint_auth_methods_supported": proofs,
        "introspection_endpoint_auth_methods_supported": proofs,
        "authorization_response_iss_parameter_supported": true,
    });
    ([(header::CACHE_CONTROL, "no-cache")], Json(told))
}
