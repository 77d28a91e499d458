//! Session tokens: the only thing a browser holds, and the only key an anonymous visitor has.

use crate::{
    derive,
    entropy::Entropy,
    error::{Error, Result},
    key::Kek,
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use std::fmt;
use uuid::Uuid;
use zeroize::Zeroizing;

const USER_BYTES: usize = 16;
const TOKEN_BYTES: usize = USER_BYTES + 32;
const TEXT_BYTES: usize = TOKEN_BYTES / 3 * 4;

/// The user's id (16 bytes) and a 32-byte secret; 64 characters of base64url as text.
///
/// The id names the row-level scope before any row was read. It proves nothing by itself: look-up hash and
/// wrapping key are derived from all 48 bytes, so an exchanged id finds no session.
pub struct SessionToken(Zeroizing<[u8; TOKEN_BYTES]>);

impl SessionToken {
    /// Makes a token for `user`. Fails with [`Error::Entropy`].
    pub fn generate(user: Uuid, entropy: &mut dyn Entropy) -> Result<Self> {
        let mut bytes = Zeroizing::new([0; TOKEN_BYTES]);
        let (id, secret) = bytes.split_at_mut(USER_BYTES);
        id.copy_from_slice(user.as_bytes());
        entropy.fill(secret)?;
        Ok(Self(bytes))
    }

    /// Reads what [`Self::reveal`] wrote. Anything else is [`Error::Malformed`].
    pub fn parse(text: &str) -> Result<Self> {
        if text.len() != TEXT_BYTES {
            return Err(Error::Malformed);
        }
        let mut bytes = Zeroizing::new([0; TOKEN_BYTES]);
        match URL_SAFE_NO_PAD.decode_slice(text, bytes.as_mut_slice()) {
            Ok(TOKEN_BYTES) => Ok(Self(bytes)),
            _ => Err(Error::Malformed),
        }
    }

    /// The user the token claims to belong to; true only once [`Self::id_hash`] was found in the sessions.
    pub fn user(&self) -> Uuid {
        let mut id = [0; USER_BYTES];
        id.copy_from_slice(&self.0[..USER_BYTES]);
        Uuid::from_bytes(id)
    }

    /// What the session's row is found by: SHA-256(HKDF(token, info = "dt/session/id")).
    pub fn id_hash(&self) -> [u8; 32] {
        derive::sha256(&*derive::hkdf(None, self.0.as_slice(), "dt/session/id"))
    }

    /// What wraps the data key for this session: HKDF(token, info = "dt/session/wrap").
    pub fn kek(&self) -> Kek {
        Kek::copy_of(&derive::hkdf(None, self.0.as_slice(), "dt/session/wrap"))
    }

    /// The text for the cookie or the bearer header. Never log it.
    pub fn reveal(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.0.as_slice())
    }
}

impl fmt::Debug for SessionToken {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("SessionToken([REDACTED])")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entropy::Seeded;

    const USER: Uuid = Uuid::from_u128(0x0123_4567_89ab_cdef);

    fn token() -> SessionToken {
        SessionToken::generate(USER, &mut Seeded::new(1)).unwrap()
    }

    #[test]
    fn a_token_is_read_as_written() {
        let read = SessionToken::parse(&token().reveal()).unwrap();
        assert_eq!(read.user(), USER);
        assert_eq!(read.id_hash(), token().id_hash());
        assert_eq!(read.kek().expose(), token().kek().expose());
    }

    #[test]
    fn hash_key_and_token_have_nothing_in_common() {
        assert_ne!(&token().id_hash(), token().kek().expose());
        assert_ne!(
            &token().id_hash(),
            &*derive::hkdf(None, token().0.as_slice(), "dt/session/id")
        );
    }

    #[test]
    fn an_exchanged_user_is_another_session() {
        let mut other = token();
        other.0[0] ^= 1;
        assert_ne!(other.id_hash(), token().id_hash());
    }

    #[test]
    fn other_text_is_malformed() {
        let text = token().reveal();
        for wrong in [
            "",
            &text[1..],
            &format!("{text}A"),
            &format!("{}=", &text[1..]),
            &format!("+{}", &text[1..]),
        ] {
            assert_eq!(SessionToken::parse(wrong).unwrap_err(), Error::Malformed);
        }
    }

    #[test]
    fn debug_prints_no_token() {
        assert_eq!(format!("{:?}", token()), "SessionToken([REDACTED])");
    }
}
