//! Where people are sent back to: what may be registered, and what is sent along.

use thiserror::Error;
use url::{Host, Url};

const LONGEST: usize = 500;

/// Why an address cannot be registered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub(crate) enum RedirectFault {
    /// It is no whole address, or too long.
    #[error("must be a whole address of at most {LONGEST} characters, without blanks")]
    Malformed,
    /// Whoever listens in would have the code.
    #[error(
        "must begin with https://, or with http:// for this machine itself, such as http://127.0.0.1:8000/back"
    )]
    Insecure,
    /// Nothing behind a `#` reaches a server, and nothing in front of an `@` should.
    #[error("must have neither a fragment nor a user name")]
    Extra,
}

/// Checks an address to be registered. Later it is compared letter by letter.
pub(crate) fn check(uri: &str) -> Result<(), RedirectFault> {
    let plain = uri.bytes().all(|byte| byte.is_ascii_graphic());
    if uri.len() > LONGEST || !plain {
        return Err(RedirectFault::Malformed);
    }
    let url = Url::parse(uri).map_err(|_| RedirectFault::Malformed)?;
    let here = match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => return Err(RedirectFault::Malformed),
    };
    if url.scheme() != "https" && !(url.scheme() == "http" && here) {
        return Err(RedirectFault::Insecure);
    }
    if uri.contains('#') || !url.username().is_empty() || url.password().is_some() {
        return Err(RedirectFault::Extra);
    }
    Ok(())
}

/// The address with these parameters behind its own; `None` for one that was never checked.
#[must_use]
pub fn with(uri: &str, parameters: &[(&str, &str)]) -> Option<String> {
    let mut url = Url::parse(uri).ok()?;
    url.query_pairs_mut().extend_pairs(parameters);
    Some(url.into())
}

/// Scheme, host and port of an address, for a policy that lets a form end there.
#[must_use]
pub fn origin(uri: &str) -> Option<String> {
    Url::parse(uri)
        .ok()
        .map(|url| url.origin().ascii_serialization())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_safe_whole_addresses_are_taken() {
        use RedirectFault::{Extra, Insecure, Malformed};
        for good in [
            "https://partner.example/back",
            "https://partner.example:8443/back?tenant=7",
            "http://127.0.0.1:8000/back",
            "http://[::1]/back",
            "http://localhost/",
        ] {
            assert_eq!(check(good), Ok(()), "{good}");
        }
        for (bad, fault) in [
            ("", Malformed),
            ("/back", Malformed),
            ("https://partner.example/a b", Malformed),
            ("https://partner.example/\n", Malformed),
            ("mailto:somebody", Malformed),
            ("http://partner.example/back", Insecure),
            ("http://127.0.0.1.partner.example/", Insecure),
            ("ftp://localhost/", Insecure),
            ("https://partner.example/#", Extra),
            ("https://user@partner.example/", Extra),
        ] {
            assert_eq!(check(bad), Err(fault), "{bad}");
        }
        let long = format!("https://partner.example/{}", "a".repeat(LONGEST));
        assert_eq!(check(&long), Err(Malformed));
    }

    #[test]
    fn parameters_come_behind_those_that_are_there() {
        let whole = with(
            "https://a.example/b?c=d",
            &[("state", "x y&z"), ("code", "1")],
        );
        assert_eq!(
            whole.unwrap(),
            "https://a.example/b?c=d&state=x+y%26z&code=1"
        );
        assert_eq!(
            origin("https://a.example:8443/b").unwrap(),
            "https://a.example:8443"
        );
    }
}
