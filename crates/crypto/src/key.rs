//! The keys of the schedule, one type each, so that none can stand in for another.

use crate::{entropy::Entropy, error::Result, secret::Secret};

/// The key a person's private values are sealed under. Stored only wrapped; wiped when dropped.
#[derive(Debug)]
pub struct DataKey(Secret);

impl DataKey {
    /// Makes a fresh key. Fails with [`crate::Error::Entropy`].
    pub fn generate(entropy: &mut dyn Entropy) -> Result<Self> {
        Secret::generate(entropy).map(Self)
    }

    pub(crate) fn copy_of(bytes: &[u8; 32]) -> Self {
        Self(Secret::copy_of(bytes))
    }

    pub(crate) fn expose(&self) -> &[u8; 32] {
        self.0.expose()
    }
}

/// A key-encryption key: wraps a [`DataKey`] and nothing else. Never stored; wiped when dropped.
#[derive(Debug)]
pub struct Kek(Secret);

impl Kek {
    /// Makes a fresh key that derives from nothing. Fails with [`crate::Error::Entropy`].
    pub fn generate(entropy: &mut dyn Entropy) -> Result<Self> {
        Secret::generate(entropy).map(Self)
    }

    pub(crate) fn copy_of(bytes: &[u8; 32]) -> Self {
        Self(Secret::copy_of(bytes))
    }

    pub(crate) fn expose(&self) -> &[u8; 32] {
        self.0.expose()
    }
}

/// The server's share in every password: a stolen database alone does not allow guessing passwords.
#[derive(Debug)]
pub struct Pepper {
    generation: u32,
    secret: Secret,
}

impl Pepper {
    pub(crate) fn generate(generation: u32, entropy: &mut dyn Entropy) -> Result<Self> {
        let secret = Secret::generate(entropy)?;
        Ok(Self { generation, secret })
    }

    pub(crate) fn copy_of(generation: u32, bytes: &[u8; 32]) -> Self {
        let secret = Secret::copy_of(bytes);
        Self { generation, secret }
    }

    /// Which generation of the server's keys it is of, from 1.
    pub fn generation(&self) -> u32 {
        self.generation
    }

    pub(crate) fn expose(&self) -> &[u8; 32] {
        self.secret.expose()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entropy::Seeded;

    #[test]
    fn debug_prints_no_key() {
        let key = DataKey::copy_of(&[0xAB; 32]);
        let printed = format!(
            "{key:?} {:?} {:?}",
            Kek::copy_of(&[0xAB; 32]),
            Pepper::copy_of(1, &[0xAB; 32])
        );
        assert!(printed.contains("REDACTED"));
        assert!(!printed.contains("171") && !printed.to_lowercase().contains("ab,"));
    }

    #[test]
    fn two_generated_keys_differ() {
        let mut entropy = Seeded::new(1);
        let first = DataKey::generate(&mut entropy).unwrap();
        let second = DataKey::generate(&mut entropy).unwrap();
        assert_ne!(first.expose(), second.expose());
    }
}
