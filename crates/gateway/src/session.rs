//! The tokens in a request: the session's, and the device's.

use axum::http::{HeaderMap, header};
use dreamtree_identity::CookiePolicy;

/// The session's token: `Authorization: Bearer …`, else the cookie.
pub(crate) fn token(headers: &HeaderMap, cookie: CookiePolicy) -> Option<&str> {
    bearer(headers).or_else(|| cookie_value(headers, cookie.name()))
}

/// What an earlier sign-in of this browser has left.
pub(crate) fn device_token(headers: &HeaderMap, cookie: CookiePolicy) -> Option<&str> {
    cookie_value(headers, cookie.device_name())
}

/// The token of `Authorization: Bearer …`, whoever's it is.
pub(crate) fn bearer(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

fn cookie_value<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(key, value)| *key == name && !value.is_empty())
        .map(|(_, value)| value)
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    const COOKIE: CookiePolicy = CookiePolicy { secure: false };

    fn headers(pairs: &[(header::HeaderName, &'static str)]) -> HeaderMap {
        let pairs = pairs.iter().cloned();
        pairs
            .map(|(name, value)| (name, HeaderValue::from_static(value)))
            .collect()
    }

    #[test]
    fn the_cookie_is_found_by_its_whole_name() {
        let headers = headers(&[(
            header::COOKIE,
            "xdt_session=no; a=b; dt_session=yes; dt_session2=no",
        )]);
        assert_eq!(token(&headers, COOKIE), Some("yes"));
        assert_eq!(token(&headers, CookiePolicy { secure: true }), None);
        assert_eq!(device_token(&headers, COOKIE), None);
    }

    #[test]
    fn a_bearer_token_goes_before_the_cookie() {
        let both = headers(&[
            (header::COOKIE, "dt_session=a"),
            (header::AUTHORIZATION, "bearer b"),
        ]);
        assert_eq!(token(&both, COOKIE), Some("b"));
        let basic = headers(&[
            (header::COOKIE, "dt_session=a"),
            (header::AUTHORIZATION, "Basic b"),
        ]);
        assert_eq!(token(&basic, COOKIE), Some("a"));
    }
}
