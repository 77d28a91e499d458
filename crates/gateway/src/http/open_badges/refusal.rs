//! How the interface of Open Badges refuses: `imsx_StatusInfo` with a status that says the same, and what a token lacks as
//! RFC 6750 (section 3) tells it.

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::Response,
};
use dreamtree_partners::AccessScope;
use dreamtree_types::{Code, Fault};

use crate::http::imsx::failed;

/// What whoever wanted to read this is told.
pub(super) fn of(fault: &Fault, wanted: AccessScope) -> Response {
    let text = &fault.message;
    let mut answer = match fault.code {
        Code::Unauthenticated | Code::SessionExpired => {
            failed(StatusCode::UNAUTHORIZED, "unauthorizedrequest", text)
        }
        Code::InsufficientScope => failed(StatusCode::FORBIDDEN, "forbidden", text),
        Code::RateLimited => failed(StatusCode::TOO_MANY_REQUESTS, "server_busy", text),
        Code::Unavailable => failed(StatusCode::SERVICE_UNAVAILABLE, "unknown", text),
        _ => failed(
            StatusCode::INTERNAL_SERVER_ERROR,
            "internal_server_error",
            text,
        ),
    };
    let headers = answer.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if let Some(challenge) = challenge(fault.code, wanted) {
        headers.insert(header::WWW_AUTHENTICATE, challenge);
    }
    if let Some(seconds) = fault.retry_after {
        headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    answer
}

/// What would do in the place of the token that was sent, or of none.
fn challenge(code: Code, wanted: AccessScope) -> Option<HeaderValue> {
    let name = wanted.standard().unwrap_or(wanted.as_str());
    let rest = match code {
        Code::Unauthenticated => String::new(),
        Code::SessionExpired => ", error=\"invalid_token\"".to_owned(),
        Code::InsufficientScope => format!(", error=\"insufficient_scope\", scope=\"{name}\""),
        _ => return None,
    };
    HeaderValue::from_str(&format!("Bearer realm=\"partners\"{rest}")).ok()
}

/// A query that breaks a rule.
pub(super) fn query(rule: &str) -> Response {
    failed(StatusCode::BAD_REQUEST, "invalid_query_parameter", rule)
}

/// It took too long.
pub(super) fn late() -> Response {
    let text = "This took too long and was given up.";
    failed(StatusCode::SERVICE_UNAVAILABLE, "unknown", text)
}

/// There is something at the address, but not by this method.
pub(super) async fn not_allowed() -> Response {
    let text = "This can only be read.";
    let mut answer = failed(StatusCode::METHOD_NOT_ALLOWED, "not_allowed", text);
    let allowed = HeaderValue::from_static("GET, HEAD");
    answer.headers_mut().insert(header::ALLOW, allowed);
    answer
}

/// There is nothing at the address.
pub(super) async fn unknown() -> Response {
    failed(
        StatusCode::NOT_FOUND,
        "not_found",
        "There is no such resource.",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_that_lacks_something_is_told_what() {
        let told = |code, wanted| {
            let answer = of(&Fault::new(code, "No."), wanted);
            let challenge = answer.headers().get(header::WWW_AUTHENTICATE);
            let text = challenge.map(|value| value.to_str().unwrap().to_owned());
            (answer.status().as_u16(), text)
        };
        let realm = "Bearer realm=\"partners\"";
        let credentials = AccessScope::CredentialReadonly;
        assert_eq!(
            told(Code::Unauthenticated, credentials),
            (401, Some(realm.to_owned()))
        );
        let dead = format!("{realm}, error=\"invalid_token\"");
        assert_eq!(told(Code::SessionExpired, credentials), (401, Some(dead)));
        for (wanted, name) in [
            (credentials, "credential.readonly"),
            (AccessScope::ProfileBasic, "profile.readonly"),
        ] {
            let (status, text) = told(Code::InsufficientScope, wanted);
            let scope = format!("https://purl.imsglobal.org/spec/ob/v3p0/scope/{name}");
            let expected = format!("{realm}, error=\"insufficient_scope\", scope=\"{scope}\"");
            assert_eq!((status, text), (403, Some(expected)));
        }
        assert_eq!(told(Code::Unavailable, credentials), (503, None));
        assert_eq!(told(Code::Internal, credentials), (500, None));
    }
}
