//! Session tokens: the only thing a browser holds, and the only key an anonymous visitor has.

use crate::{derive, key::Kek, token::token};

token! {
    /// The user's id and a 32-byte secret; 64 characters of base64url as text.
    ///
    /// The id names the row-level scope before any row was read. It proves nothing by itself: look-up hash and
    /// wrapping key are derived from all 48 bytes, so an exchanged id finds no session.
    pub struct SessionToken;
    found: "in the sessions",
    shown: "the cookie or the bearer header",
}

impl SessionToken {
    /// What the session's row is found by: SHA-256(HKDF(token, info = "dt/session/id")).
    pub fn id_hash(&self) -> [u8; 32] {
        derive::sha256(&*self.0.derive("dt/session/id"))
    }

    /// What wraps the data key for this session: HKDF(token, info = "dt/session/wrap").
    pub fn kek(&self) -> Kek {
        Kek::copy_of(&self.0.derive("dt/session/wrap"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Error, entropy::Seeded};
    use uuid::Uuid;

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
        assert_ne!(&token().id_hash(), &*token().0.derive("dt/session/id"));
    }

    #[test]
    fn an_exchanged_user_is_another_session() {
        let other = SessionToken(token().0.exchanged());
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
