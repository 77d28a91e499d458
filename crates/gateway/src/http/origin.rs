//! Who may ask with a visitor's cookie: our own pages and the pages of sites that are allowed.

use axum::http::{HeaderMap, HeaderName, StatusCode, header};
use dreamtree_types::Code;

use crate::{Settings, refused::Refused};

const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// Refuses what a page of another site sent. A request without `Origin` is from no page, or from a
/// browser that says by `Sec-Fetch-Site` where the request began.
pub(crate) fn check(headers: &HeaderMap, settings: &Settings) -> Result<(), Refused> {
    let allowed = match headers.get(header::ORIGIN) {
        Some(origin) => origin
            .to_str()
            .is_ok_and(|origin| is_allowed(origin, headers, settings)),
        None => headers
            .get(SEC_FETCH_SITE)
            .is_none_or(|site| site != "cross-site"),
    };
    if allowed {
        return Ok(());
    }
    let message = "Pages of this origin may not ask.";
    Err(Refused::new(
        StatusCode::FORBIDDEN,
        Code::OriginRefused,
        message,
    ))
}

fn is_allowed(origin: &str, headers: &HeaderMap, settings: &Settings) -> bool {
    let own = match &settings.public_origin {
        Some(own) => own == origin,
        None => is_host(origin, headers),
    };
    own || settings
        .allowed_origins
        .iter()
        .any(|allowed| allowed == origin)
}

/// The host that the request was sent to.
pub(crate) fn host(headers: &HeaderMap) -> Option<&str> {
    headers.get(header::HOST)?.to_str().ok()
}

/// The origin under which the server is reached, as answers tell it.
pub(crate) fn site(settings: &Settings, headers: &HeaderMap) -> Option<String> {
    let own = settings.public_origin.clone();
    own.or_else(|| host(headers).map(|host| format!("http://{host}")))
}

/// Whether the origin is the host that the request was sent to.
fn is_host(origin: &str, headers: &HeaderMap) -> bool {
    let authority = origin
        .strip_prefix("http://")
        .or_else(|| origin.strip_prefix("https://"));
    let host = host(headers);
    authority.is_some_and(|authority| host.is_some_and(|host| host.eq_ignore_ascii_case(authority)))
}
