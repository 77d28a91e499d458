//! Tokens of sign-ins that wait for their second factor.

use crate::{derive, key::Kek, token::token};

token! {
    /// The user's id and a 32-byte secret; 64 characters of base64url as text. It opens no session, but the data key that
    /// the password has opened is kept wrapped under it until the second factor is there.
    pub struct ChallengeToken;
    found: "in the challenges",
    shown: "the client",
}

impl ChallengeToken {
    /// What the row is found by: SHA-256(HKDF(token, info = "dt/challenge/id")).
    pub fn id_hash(&self) -> [u8; 32] {
        derive::sha256(&*self.0.derive("dt/challenge/id"))
    }

    /// What wraps the data key meanwhile: HKDF(token, info = "dt/challenge/wrap").
    pub fn kek(&self) -> Kek {
        Kek::copy_of(&self.0.derive("dt/challenge/wrap"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{SessionToken, entropy::Seeded};
    use uuid::Uuid;

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
