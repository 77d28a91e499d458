//! Tokens of calendar feeds: whoever has the address may read the calendar, and nothing else.

use crate::{derive, entropy::Entropy, error::Result, token::Token};
use std::fmt;
use uuid::Uuid;

/// The user's id and a 32-byte secret; 64 characters of base64url as text. It opens no vault.
pub struct FeedToken(Token);

impl FeedToken {
    /// Makes a token for `user`. Fails with [`crate::Error::Entropy`].
    pub fn generate(user: Uuid, entropy: &mut dyn Entropy) -> Result<Self> {
        Token::generate(user, entropy).map(Self)
    }

    /// Reads what [`Self::reveal`] wrote. Anything else is [`crate::Error::Malformed`].
    pub fn parse(text: &str) -> Result<Self> {
        Token::parse(text).map(Self)
    }

    /// The user the token claims to belong to; true only once [`Self::id_hash`] was found among their feeds.
    pub fn user(&self) -> Uuid {
        self.0.user()
    }

    /// What the feed's row is found by: SHA-256(HKDF(token, info = "dt/feed/id")).
    pub fn id_hash(&self) -> [u8; 32] {
        derive::sha256(&*self.0.derive("dt/feed/id"))
    }

    /// The text for the feed's address. Never log it.
    pub fn reveal(&self) -> String {
        self.0.reveal()
    }
}

impl fmt::Debug for FeedToken {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("FeedToken([REDACTED])")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{SessionToken, entropy::Seeded};

    #[test]
    fn a_feed_is_no_session_even_of_the_same_bytes() {
        let user = Uuid::from_u128(7);
        let feed = FeedToken::generate(user, &mut Seeded::new(1)).unwrap();
        let session = SessionToken::parse(&feed.reveal()).unwrap();
        assert_eq!((feed.user(), session.user()), (user, user));
        assert_ne!(feed.id_hash(), session.id_hash());
        let again = FeedToken::parse(&feed.reveal()).unwrap();
        assert_eq!(again.id_hash(), feed.id_hash());
        assert_eq!(format!("{feed:?}"), "FeedToken([REDACTED])");
    }
}
