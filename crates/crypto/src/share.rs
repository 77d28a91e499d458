//! Tokens of shared results: whoever has the address may see the picture, and nothing else.

use crate::{derive, token::token};

token! {
    /// The user's id and a 32-byte secret; 64 characters of base64url as text. It opens no vault.
    pub struct ShareToken;
    found: "among their shares",
    shown: "the share's address",
}

impl ShareToken {
    /// What the share's row is found by: SHA-256(HKDF(token, info = "dt/share/id")).
    pub fn id_hash(&self) -> [u8; 32] {
        derive::sha256(&*self.0.derive("dt/share/id"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{FeedToken, entropy::Seeded};
    use uuid::Uuid;

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
