//! Backup codes: each stands for the second factor once, for the day on which the phone is lost.

use crate::{
    aad::associated,
    derive,
    entropy::Entropy,
    error::{Error, Result},
    hex,
    recovery::{character, is_separator, value},
    server_keys::{Generation, ServerKeys},
};
use std::fmt;
use uuid::Uuid;
use zeroize::Zeroizing;

const SYMBOLS: usize = 10;

/// Fifty random bits as ten symbols of Crockford's base32: `XXXXX-XXXXX`.
pub struct BackupCode(Zeroizing<[u8; SYMBOLS]>);

impl BackupCode {
    /// Makes a fresh code. Fails with [`Error::Entropy`].
    pub fn generate(entropy: &mut dyn Entropy) -> Result<Self> {
        let mut symbols = Zeroizing::new([0; SYMBOLS]);
        entropy.fill(symbols.as_mut_slice())?;
        symbols.iter_mut().for_each(|symbol| *symbol &= 31);
        Ok(Self(symbols))
    }

    /// Reads a code as people type it: any case, blanks and hyphens anywhere, O for 0, I and L for 1. Anything else is
    /// [`Error::Malformed`].
    pub fn parse(text: &str) -> Result<Self> {
        let mut symbols = Zeroizing::new([0; SYMBOLS]);
        let mut count = 0;
        for typed in text.chars().filter(|&typed| !is_separator(typed)) {
            let place = symbols.get_mut(count).ok_or(Error::Malformed)?;
            let symbol = value(typed).filter(|&symbol| symbol < 32);
            *place = symbol.ok_or(Error::Malformed)?;
            count += 1;
        }
        if count == SYMBOLS {
            Ok(Self(symbols))
        } else {
            Err(Error::Malformed)
        }
    }

    /// What is stored: HMAC-SHA-256(HKDF(pepper, "dt/backup-code/v1"), user, code) in hexadecimal digits, behind the
    /// number of the generation of keys and a colon from the second on. The code is too short for a bare hash, and long
    /// enough for this one.
    pub fn hash(&self, keys: &ServerKeys, user: Uuid) -> String {
        self.hash_of(keys.current(), user)
    }

    /// What may be stored of it: under the generation in use, and under the other.
    pub fn hashes(&self, keys: &ServerKeys, user: Uuid) -> [String; 2] {
        keys.both().map(|one| self.hash_of(one, user))
    }

    /// Which generation of keys a stored hash is of; 0 for what is none. No key makes another hash of it: it stays with
    /// that generation until it is used or another takes its place.
    pub fn generation_of(hash: &str) -> u32 {
        hash.split_once(':')
            .map_or(1, |(number, _)| number.parse().unwrap_or(0))
    }

    fn hash_of(&self, generation: &Generation, user: Uuid) -> String {
        let key = generation.derived("dt/backup-code/v1");
        let parts = [user.as_bytes().as_slice(), self.0.as_slice()];
        let digits = hex::encode(&derive::hmac(&key, &associated("backup_code", &parts)));
        match generation.number {
            1 => digits,
            number => format!("{number}:{digits}"),
        }
    }

    /// The text to show once and never store.
    pub fn reveal(&self) -> String {
        let (first, second) = self.0.split_at(SYMBOLS / 2);
        let word = |half: &[u8]| half.iter().map(|&one| character(one)).collect::<String>();
        format!("{}-{}", word(first), word(second))
    }
}

impl fmt::Debug for BackupCode {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("BackupCode([REDACTED])")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entropy::Seeded;

    #[test]
    fn a_code_is_read_as_typed_and_hashed_for_its_user() {
        let keys = ServerKeys::generate(&mut Seeded::new(1)).unwrap();
        let (user, other) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let code = BackupCode::generate(&mut Seeded::new(2)).unwrap();
        let text = code.reveal();
        assert_eq!((text.len(), text.find('-')), (11, Some(5)));
        for typed in [text.clone(), text.to_lowercase(), text.replace('-', " ")] {
            let read = BackupCode::parse(&typed).unwrap();
            assert_eq!(read.hash(&keys, user), code.hash(&keys, user));
        }
        assert_ne!(code.hash(&keys, user), code.hash(&keys, other));
        let old = code.hash(&keys, user);
        let keys = keys.with_next(&mut Seeded::new(3)).unwrap().unwrap();
        keys.turn_to(2);
        let [new, still] = code.hashes(&keys, user);
        assert_eq!((&still, code.hash(&keys, user)), (&old, new.clone()));
        assert_eq!(
            [&old, &new].map(|one| BackupCode::generation_of(one)),
            [1, 2]
        );
        for wrong in ["", "123456", &text[1..], &format!("{text}0"), "*****-*****"] {
            assert_eq!(BackupCode::parse(wrong).unwrap_err(), Error::Malformed);
        }
        assert_eq!(format!("{code:?}"), "BackupCode([REDACTED])");
    }
}
