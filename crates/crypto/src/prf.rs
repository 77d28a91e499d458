//! What a passkey's PRF extension yields: a secret that the authenticator gives anew at each sign-in, and that the
//! server never keeps.

use crate::{
    derive,
    error::{Error, Result},
    key::Kek,
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use std::fmt;
use zeroize::Zeroizing;

const BYTES: usize = 32;
const TEXT_BYTES: usize = 43;

/// The 32 bytes of `prf.results.first` (<https://www.w3.org/TR/webauthn-3/#prf-extension>); 43 characters of base64url
/// as text.
pub struct PrfOutput(Zeroizing<[u8; BYTES]>);

impl PrfOutput {
    /// Reads base64url with or without its padding. Anything but 32 bytes is [`Error::Malformed`].
    pub fn parse(text: &str) -> Result<Self> {
        let text = text.strip_suffix('=').unwrap_or(text);
        if text.len() != TEXT_BYTES {
            return Err(Error::Malformed);
        }
        let mut bytes = Zeroizing::new([0; BYTES]);
        match URL_SAFE_NO_PAD.decode_slice(text, bytes.as_mut_slice()) {
            Ok(BYTES) => Ok(Self(bytes)),
            _ => Err(Error::Malformed),
        }
    }

    /// The key that wraps the data key: HKDF(output, info = "dt/kek/passkey/v1|" and the credential's id, which is
    /// base64url without padding, as browsers write it in JSON).
    pub fn kek(&self, credential: &[u8]) -> Kek {
        let info = format!("dt/kek/passkey/v1|{}", URL_SAFE_NO_PAD.encode(credential));
        Kek::copy_of(&derive::hkdf(None, self.0.as_slice(), &info))
    }
}

impl fmt::Debug for PrfOutput {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("PrfOutput([REDACTED])")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8";

    #[test]
    fn padding_makes_no_difference() {
        let bare = PrfOutput::parse(TEXT).unwrap();
        let padded = PrfOutput::parse(&format!("{TEXT}=")).unwrap();
        assert_eq!(bare.0, padded.0);
        assert_eq!(bare.0[31], 31);
    }

    #[test]
    fn other_lengths_and_alphabets_are_malformed() {
        for text in [
            String::new(),
            TEXT[1..].to_owned(),
            format!("{TEXT}A"),
            format!("{TEXT}=="),
            TEXT.replace('A', "+"),
            TEXT.replace('A', "ä"),
            "A".repeat(4096),
        ] {
            assert_eq!(PrfOutput::parse(&text).unwrap_err(), Error::Malformed);
        }
    }

    #[test]
    fn each_credential_has_a_key_of_its_own() {
        let output = PrfOutput::parse(TEXT).unwrap();
        assert_ne!(output.kek(b"one").expose(), output.kek(b"two").expose());
        assert_eq!(output.kek(b"one").expose(), output.kek(b"one").expose());
    }

    #[test]
    fn debug_prints_no_secret() {
        let output = PrfOutput::parse(TEXT).unwrap();
        assert_eq!(format!("{output:?}"), "PrfOutput([REDACTED])");
    }
}
