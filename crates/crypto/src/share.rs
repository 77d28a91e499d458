//! Tokens of shared results: whoever has the address may see the picture, and nothing else.

use crate::{derive, entropy::Entropy, error::Result, token::Token};
use std::fmt;
use uuid::Uuid;

/// The user's id and a 32-byte secret; 64 characters of base64url as text. It opens no vault.
pub struct ShareToken(Token);

impl ShareToken {
    /// Makes a token for `user`. Fails with [`crate::Error::Entropy`].
    pub fn generate(user: Uuid, entropy: &mut dyn Entropy) -> Result<Self> {
        Token::generate(user, entropy).map(Self)
    }

    /// Reads what [`Self::reveal`] wrote. Anything else is [`crate::Error::Malformed`].
    pub fn parse(text: &str) -> Result<Self> {
        Token::parse(text).map(Self)
    }

    /// The user the token claims to belong to; true only once [`Self::id_hash`] was found among their shares.
    pub fn user(&self) -> Uuid {
        self.0.user()
    }

    /// What the share's row is found by: SHA-256(HKDF(token, info = "dt/share/id")).
    pub fn id_hash(&self) -> [u8; 32] {
        derive::sha256(&*self.0.derive("dt/share/id"))
    }

    /// The text for the share's address. Never log it.
    pub fn reveal(&self) -> String {
        self.0.reveal()
    }
}

impl fmt::Debug for ShareToken {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("ShareToken([REDACTED])")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{FeedToken, entropy::Seeded};

    #[test]
    fn a_share_is_no_feed_even_of_the_same_bytes() {
        let user = Uuid::from_u128(7);
        let share = ShareToken::generate(user, &mut Seeded::new(1)).unwrap();
        let feed = FeedToken::parse(&share.reveal()).unwrap();
        assert_eq!((share.user(), feed.user()), (user, user));
        assert_ne!(share.id_hash(), feed.id_hash());
        let again = ShareToken::parse(&share.reveal()).unwrap();
        assert_eq!(again.id_hash(), share.id_hash());
        assert_eq!(format!("{share:?}"), "ShareToken([REDACTED])");
    }
}
