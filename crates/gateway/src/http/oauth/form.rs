//! Parameters as OAuth wants them read: none twice, and an empty one is none (RFC 6749, 3.1 and 3.2).

use std::collections::BTreeMap;

use axum::{
    body::Body,
    http::{HeaderMap, header},
};
use dreamtree_partners::{OauthError, Parameters};

use crate::{Limits, http::body};

/// Parameters by their names.
#[derive(Debug, Default)]
pub(super) struct Form(BTreeMap<String, String>);

impl Form {
    /// Reads a query string, or a body of the same form.
    pub(super) fn parse(text: &[u8]) -> Result<Self, OauthError> {
        let mut known = BTreeMap::new();
        for (name, value) in form_urlencoded::parse(text) {
            if value.is_empty() {
                continue;
            }
            if known
                .insert(name.into_owned(), value.into_owned())
                .is_some()
            {
                let rule = "A parameter is there twice.";
                return Err(OauthError::InvalidRequest(rule));
            }
        }
        Ok(Self(known))
    }

    /// Reads the body of a request.
    pub(super) async fn of(
        headers: &HeaderMap,
        body: Body,
        limits: &Limits,
    ) -> Result<Self, OauthError> {
        let kind = headers.get(header::CONTENT_TYPE);
        let kind = kind.and_then(|value| value.to_str().ok()).unwrap_or("");
        let kind = kind.split(';').next().unwrap_or("").trim();
        if !kind.eq_ignore_ascii_case("application/x-www-form-urlencoded") {
            let rule = "The body must be application/x-www-form-urlencoded.";
            return Err(OauthError::InvalidRequest(rule));
        }
        let read = body::read(body, limits).await;
        let bytes = read.map_err(|_| OauthError::InvalidRequest("The body did not arrive."))?;
        Self::parse(&bytes)
    }

    /// A parameter, if it is there.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    /// A parameter that must be there.
    pub(super) fn need(&self, name: &str, rule: &'static str) -> Result<&str, OauthError> {
        self.get(name).ok_or(OauthError::InvalidRequest(rule))
    }

    /// Those of the authorization endpoint.
    pub(super) fn parameters(&self) -> Parameters {
        let get = |name| self.get(name).map(str::to_owned);
        Parameters {
            response_type: get("response_type"),
            client_id: get("client_id"),
            redirect_uri: get("redirect_uri"),
            scope: get("scope"),
            state: get("state"),
            code_challenge: get("code_challenge"),
            code_challenge_method: get("code_challenge_method"),
        }
    }

    /// Those of the authorization endpoint as a query string; nothing else comes along.
    pub(super) fn request(&self) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        for name in REQUEST {
            if let Some(value) = self.get(name) {
                query.append_pair(name, value);
            }
        }
        query.finish()
    }
}

/// The parameters of the authorization endpoint.
pub(super) const REQUEST: [&str; 7] = [
    "response_type",
    "client_id",
    "redirect_uri",
    "scope",
    "state",
    "code_challenge",
    "code_challenge_method",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_there_twice_and_what_is_empty_is_not_there() {
        let form = Form::parse(b"scope=a+b&state=&state=%26x").unwrap();
        assert_eq!(form.get("scope"), Some("a b"));
        assert_eq!(form.get("state"), Some("&x"));
        assert_eq!(form.get("code"), None);
        assert_eq!(form.request(), "scope=a+b&state=%26x");
        assert!(Form::parse(b"code=1&code=1").is_err());
    }
}
