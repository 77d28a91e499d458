//! E-mail addresses: found by a blind index, kept sealed.

mod normal;

use crate::{
    aad::associated,
    derive,
    entropy::Entropy,
    envelope,
    error::{Error, Result},
    server_keys::{Generation, ServerKeys},
};
use std::fmt;
use uuid::Uuid;
use zeroize::Zeroizing;

/// Sealed addresses are padded to multiples of this, so that a length points to nobody.
const STEP: usize = 32;

/// An address that mail can be sent to: as typed (trimmed), and in the normal form it is found by.
///
/// Normal form: NFKC, lower case. Two spellings with one normal form are one account; mail must go to the address
/// that was sealed, never to the one just typed, so that a look-alike receives nobody's mail.
#[derive(Clone, PartialEq, Eq)]
pub struct EmailAddress {
    typed: Zeroizing<String>,
    normal: Zeroizing<String>,
}

/// Why a text is not taken for an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum EmailFault {
    /// More than 254 bytes (RFC 5321), or more than 64 before the '@'.
    #[error("the address is too long")]
    TooLong,
    /// Not one name, one '@' and a domain with a dot (or `localhost`); or blanks, controls, quoting.
    #[error("that is not an e-mail address")]
    Malformed,
}

impl EmailAddress {
    /// Reads an address as typed; surrounding blanks are dropped. Whether mail arrives, only mail can tell.
    pub fn parse(text: &str) -> std::result::Result<Self, EmailFault> {
        let typed = text.trim();
        normal::check(typed)?;
        let normal = Zeroizing::new(normal::form(typed));
        normal::check(&normal)?;
        Ok(Self {
            typed: Zeroizing::new(typed.to_owned()),
            normal,
        })
    }

    /// The address as typed, for sending mail to.
    pub fn as_str(&self) -> &str {
        &self.typed
    }

    /// The blind index: HMAC-SHA-256 of the normal form under the generation of keys in use. Unique per account;
    /// reveals nothing without the key.
    pub fn index(&self, keys: &ServerKeys) -> [u8; 32] {
        self.index_of(keys.current())
    }

    /// The blind indexes that rows may have it under: that of the generation in use first, then that of the other;
    /// twice the same where there is but one.
    pub fn indexes(&self, keys: &ServerKeys) -> [[u8; 32]; 2] {
        keys.both().map(|one| self.index_of(one))
    }

    /// A number that is the same on every server while two generations of keys are known, for a lock: the address may
    /// be found under two indexes then, so the database's own uniqueness does not hold. `None` with one generation.
    pub fn line(&self, keys: &ServerKeys) -> Option<i64> {
        (keys.oldest() != keys.newest()).then(|| {
            let mut number = [0; 8];
            number.copy_from_slice(&self.index_of(keys.older())[..8]);
            i64::from_be_bytes(number)
        })
    }

    fn index_of(&self, generation: &Generation) -> [u8; 32] {
        derive::hmac(generation.email_index(), self.normal.as_bytes())
    }

    /// The salt for a login with an unknown address, so that it costs what a known one costs: the first 16 bytes
    /// of HMAC-SHA-256 of the normal form, the same at every attempt.
    pub fn decoy_salt(&self, keys: &ServerKeys) -> [u8; 16] {
        let mac = derive::hmac(keys.current().decoy(), self.normal.as_bytes());
        let mut salt = [0; 16];
        salt.copy_from_slice(&mac[..16]);
        salt
    }

    /// Seals the address as typed for its user and row, padded with blanks to a multiple of 32 bytes.
    pub fn seal(
        &self,
        keys: &ServerKeys,
        user: Uuid,
        row: &str,
        entropy: &mut dyn Entropy,
    ) -> Result<String> {
        let padded = self.typed.len().next_multiple_of(STEP);
        let mut plain = Zeroizing::new(vec![b' '; padded]);
        plain[..self.typed.len()].copy_from_slice(self.typed.as_bytes());
        envelope::seal(
            keys.current().email_seal(),
            &plain,
            &aad(user, row),
            entropy,
        )
    }

    /// Opens what [`Self::seal`] made for the same user and row; errors as in [`envelope::open`].
    pub fn open(keys: &ServerKeys, user: Uuid, row: &str, sealed: &str) -> Result<Self> {
        let plain = keys.open(seal_of, sealed, &aad(user, row))?;
        let text = std::str::from_utf8(&plain).map_err(|_| Error::Malformed)?;
        Self::parse(text).map_err(|_| Error::Malformed)
    }

    /// The same sealed under the generation of keys in use; `None` where it is already.
    pub fn reseal(
        keys: &ServerKeys,
        user: Uuid,
        row: &str,
        sealed: &str,
        entropy: &mut dyn Entropy,
    ) -> Result<Option<String>> {
        keys.reseal(seal_of, sealed, &aad(user, row), entropy)
    }
}

impl fmt::Debug for EmailAddress {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("EmailAddress([REDACTED])")
    }
}

/// The key that addresses, and letters to them, are sealed under.
pub(crate) fn seal_of(generation: &Generation) -> Zeroizing<[u8; 32]> {
    Zeroizing::new(*generation.email_seal())
}

fn aad(user: Uuid, row: &str) -> Vec<u8> {
    associated("email", &[user.as_bytes(), row.as_bytes()])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entropy::Seeded;

    const USER: Uuid = Uuid::from_u128(1);

    fn keys(seed: u64) -> ServerKeys {
        ServerKeys::generate(&mut Seeded::new(seed)).unwrap()
    }

    fn address(text: &str) -> EmailAddress {
        EmailAddress::parse(text).unwrap()
    }

    #[test]
    fn one_address_has_one_index_per_server() {
        let index = address("Jo@Example.org").index(&keys(1));
        assert_eq!(index, address(" jo@example.org\n").index(&keys(1)));
        assert_eq!(index, address("\u{ff4a}o@example.org").index(&keys(1)));
        assert_ne!(index, address("jo.@example.org").index(&keys(1)));
        assert_ne!(index, address("Jo@Example.org").index(&keys(2)));
    }

    #[test]
    fn while_keys_are_exchanged_an_address_has_two_indexes_and_one_line() {
        let (old, jo) = (keys(1), address("jo@example.org"));
        assert_eq!(jo.indexes(&old), [jo.index(&old); 2]);
        assert_eq!(jo.line(&old), None);
        let both = old.with_next(&mut Seeded::new(2)).unwrap().unwrap();
        let [first, second] = jo.indexes(&both);
        assert_eq!((first, jo.index(&both)), (jo.index(&old), first));
        assert_ne!(first, second);
        let line = jo.line(&both);
        both.turn_to(2);
        assert_eq!(jo.indexes(&both), [second, first]);
        assert!(line.is_some() && jo.line(&both) == line);
    }

    #[test]
    fn the_decoy_salt_is_steady_and_unrelated_to_the_index() {
        let (known, other) = (address("jo@example.org"), address("jo@example.com"));
        assert_eq!(
            known.decoy_salt(&keys(1)),
            address("JO@example.org").decoy_salt(&keys(1))
        );
        assert_ne!(known.decoy_salt(&keys(1)), other.decoy_salt(&keys(1)));
        assert_ne!(known.decoy_salt(&keys(1)), known.index(&keys(1))[..16]);
    }

    #[test]
    fn a_sealed_address_comes_back_as_typed_and_only_in_its_place() {
        let sealed = address(" Jo@Example.org")
            .seal(&keys(1), USER, "r1", &mut Seeded::new(9))
            .unwrap();
        let open = |seed, user, row| EmailAddress::open(&keys(seed), user, row, &sealed);
        assert_eq!(open(1, USER, "r1").unwrap().as_str(), "Jo@Example.org");
        assert_eq!(open(2, USER, "r1"), Err(Error::Refused));
        assert_eq!(open(1, Uuid::from_u128(2), "r1"), Err(Error::Refused));
        assert_eq!(open(1, USER, "r2"), Err(Error::Refused));
    }

    #[test]
    fn lengths_show_only_in_steps() {
        let sealed = |text| {
            address(text)
                .seal(&keys(1), USER, "r", &mut Seeded::new(9))
                .unwrap()
                .len()
        };
        assert_eq!(sealed("a@b.c"), sealed("somebody.else@example.org"));
    }

    #[test]
    fn debug_prints_no_address() {
        assert_eq!(
            format!("{:?}", address("jo@example.org")),
            "EmailAddress([REDACTED])"
        );
    }
}
