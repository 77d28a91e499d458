//! Tokens of sign-ins that wait for their second factor.

use crate::{derive, entropy::Entropy, error::Result, key::Kek, token::Token};
use std::fmt;
use uuid::Uuid;

/// The user's id and a 32-byte secret; 64 characters of base64url as text. It opens no session, but the data key that
/// the password has opened is kept wrapped under it until the second factor is there.
pub struct ChallengeToken(Token);

impl ChallengeToken {
    /// Makes a token for `user`. Fails with [`crate::Error::Entropy`].
    pub fn generate(user: Uuid, entropy: &mut dyn Entropy) -> Result<Self> {
        Token::generate(user, entropy).map(Self)
    }

    /// Reads what [`Self::reveal`] wrote. Anything else is [`crate::Error::Malformed`].
    pub fn parse(text: &str) -> Result<Self> {
        Token::parse(text).map(Self)
    }

    /// The user the token claims to belong to; true only once [`Self::id_hash`] was found.
    pub fn user(&self) -> Uuid {
        self.0.user()
    }

    /// What the row is found by: SHA-256(HKDF(token, info = "dt/challenge/id")).
    pub fn id_hash(&self) -> [u8; 32] {
        derive::sha256(&*self.0.derive("dt/challenge/id"))
    }

    /// What wraps the data key meanwhile: HKDF(token, info = "dt/challenge/wrap").
    pub fn kek(&self) -> Kek {
        Kek::copy_of(&self.0.derive("dt/challenge/wrap"))
    }

    /// The text for the client. Never log it.
    pub fn reveal(&self) -> String {
        self.0.reveal()
    }
}

impl fmt::Debug for ChallengeToken {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("ChallengeToken([REDACTED])")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{SessionToken, entropy::Seeded};

    #[test]
    fn a_challenge_is_no_session() {
        let user = Uuid::from_u128(7);
        let challenge = ChallengeToken::generate(user, &mut Seeded::new(1)).unwrap();
        let session = SessionToken::parse(&challenge.reveal()).unwrap();
        assert_eq!(challenge.user(), user);
        assert_ne!(challenge.id_hash(), session.id_hash());
        assert_ne!(challenge.kek().expose(), session.kek().expose());
        assert_eq!(format!("{challenge:?}"), "ChallengeToken([REDACTED])");
    }
}
