//! Whom passkeys are made for: the server, under the name that browsers know it by.

use webauthn_rs::prelude::{Url, Webauthn, WebauthnBuilder};

use super::Broken;
use crate::Error;

/// The relying party of a site such as `https://dreamtree.example`: its id is the domain, and pages of no other origin may
/// ask. A site without a domain, such as `http://127.0.0.1:8080`, is [`Error::NoDomain`].
pub(super) fn of(site: &str) -> Result<Webauthn, Error> {
    let url = Url::parse(site).map_err(|_| Error::NoDomain)?;
    let domain = url.domain().ok_or(Error::NoDomain)?;
    let party = WebauthnBuilder::new(domain, &url).and_then(|builder| {
        // What authenticators show beside the domain.
        builder.rp_name("DreamTree").build()
    });
    Ok(party.map_err(Broken::from)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_domain_is_needed() {
        for site in ["https://dreamtree.example", "http://localhost:8080"] {
            assert!(of(site).is_ok(), "{site}");
        }
        for site in [
            "",
            "localhost",
            "http://127.0.0.1:8080",
            "http://[::1]:8080",
        ] {
            assert!(matches!(of(site), Err(Error::NoDomain)), "{site}");
        }
    }
}
