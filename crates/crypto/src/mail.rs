//! What a mail carries: a token that works once, and the letter itself while it waits to be sent.

use crate::{
    aad::associated, derive, email::seal_of, entropy::Entropy, envelope, error::Result,
    server_keys::ServerKeys, token::token,
};
use uuid::Uuid;
use zeroize::Zeroizing;

/// Lengths are rounded up to this many bytes, so that a waiting letter does not tell its kind or its addressee.
const STEP: usize = 512;

/// What the holder of a token may do. Bound into its hash: a token for one purpose is none for the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MailPurpose {
    /// Show that an address is theirs.
    Confirm,
    /// Set a new password.
    Reset,
}

impl MailPurpose {
    /// The name stored in the row; never to be changed.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Confirm => "confirm",
            Self::Reset => "reset",
        }
    }

    const fn info(self) -> &'static str {
        match self {
            Self::Confirm => "dt/mail/confirm/v1",
            Self::Reset => "dt/mail/reset/v1",
        }
    }
}

token! {
    /// The user's id and a 32-byte secret; 64 characters of base64url as text. It opens no vault.
    pub struct MailToken;
    found: "among their tokens",
    shown: "the link",
}

impl MailToken {
    /// What the token's row is found by: SHA-256(HKDF(token, info = "dt/mail/" + purpose + "/v1")).
    pub fn id_hash(&self, purpose: MailPurpose) -> [u8; 32] {
        derive::sha256(&*self.0.derive(purpose.info()))
    }
}

/// Seals a letter for its row, padded with blanks to a multiple of 512 bytes.
pub fn seal_letter(
    keys: &ServerKeys,
    row: Uuid,
    letter: &str,
    entropy: &mut dyn Entropy,
) -> Result<String> {
    let mut plain = Zeroizing::new(vec![b' '; letter.len().next_multiple_of(STEP)]);
    plain[..letter.len()].copy_from_slice(letter.as_bytes());
    envelope::seal(keys.current().email_seal(), &plain, &aad(row), entropy)
}

/// Opens what [`seal_letter`] made for the same row, with the blanks behind it; errors as in [`envelope::open`].
pub fn open_letter(keys: &ServerKeys, row: Uuid, sealed: &str) -> Result<Zeroizing<Vec<u8>>> {
    keys.open(seal_of, sealed, &aad(row))
}

/// The same letter sealed under the generation of keys in use; `None` where it is already.
pub fn reseal_letter(
    keys: &ServerKeys,
    row: Uuid,
    sealed: &str,
    entropy: &mut dyn Entropy,
) -> Result<Option<String>> {
    keys.reseal(seal_of, sealed, &aad(row), entropy)
}

fn aad(row: Uuid) -> Vec<u8> {
    associated("letter", &[row.as_bytes()])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Error, SessionToken, entropy::Seeded};

    #[test]
    fn a_token_for_one_purpose_is_none_for_another() {
        let user = Uuid::from_u128(7);
        let token = MailToken::generate(user, &mut Seeded::new(1)).unwrap();
        let again = MailToken::parse(&token.reveal()).unwrap();
        assert_eq!(again.user(), user);
        let [confirm, reset] = [MailPurpose::Confirm, MailPurpose::Reset].map(|one| {
            assert_eq!(token.id_hash(one), again.id_hash(one));
            token.id_hash(one)
        });
        assert_ne!(confirm, reset);
        let session = SessionToken::parse(&token.reveal()).unwrap();
        assert!(session.id_hash() != confirm && session.id_hash() != reset);
        assert_eq!(format!("{token:?}"), "MailToken([REDACTED])");
    }

    #[test]
    fn an_exchanged_user_is_another_token() {
        let token = MailToken::generate(Uuid::from_u128(7), &mut Seeded::new(1)).unwrap();
        let hash = token.id_hash(MailPurpose::Reset);
        let other = MailToken(token.0.exchanged());
        assert_ne!(other.id_hash(MailPurpose::Reset), hash);
    }

    #[test]
    fn a_letter_opens_in_its_row_only_and_does_not_tell_its_length() {
        let keys = ServerKeys::generate(&mut Seeded::new(1)).unwrap();
        let (row, other) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let sealed = |text| seal_letter(&keys, row, text, &mut Seeded::new(2)).unwrap();
        let short = sealed("hello");
        assert_eq!(short.len(), sealed(&"hello".repeat(80)).len());
        let opened = open_letter(&keys, row, &short).unwrap();
        assert_eq!(opened.trim_ascii_end(), b"hello");
        assert_eq!(open_letter(&keys, other, &short), Err(Error::Refused));
        assert!(!short.contains("hello"));
    }
}
