//! Tokens of calendar feeds: whoever has the address may read the calendar, and nothing else.

use crate::{derive, token::token};

token! {
    /// The user's id and a 32-byte secret; 64 characters of base64url as text. It opens no vault.
    pub struct FeedToken;
    found: "among their feeds",
    shown: "the feed's address",
}

impl FeedToken {
    /// What the feed's row is found by: SHA-256(HKDF(token, info = "dt/feed/id")).
    pub fn id_hash(&self) -> [u8; 32] {
        derive::sha256(&*self.0.derive("dt/feed/id"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{SessionToken, entropy::Seeded};
    use uuid::Uuid;

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
