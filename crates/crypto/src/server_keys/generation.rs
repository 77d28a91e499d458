//! One generation of the server's keys.

use crate::{derive, entropy::Entropy, error::Result, hex, key::Pepper, secret::Secret};
use zeroize::Zeroizing;

/// Four independent 32-byte keys.
#[derive(Debug)]
pub(crate) struct Generation {
    /// From 1.
    pub(crate) number: u32,
    pub(crate) pepper: Pepper,
    email_index: Secret,
    email_seal: Secret,
    decoy: Secret,
}

impl Generation {
    pub(super) fn generate(number: u32, entropy: &mut dyn Entropy) -> Result<Self> {
        Ok(Self {
            number,
            pepper: Pepper::generate(number, entropy)?,
            email_index: Secret::generate(entropy)?,
            email_seal: Secret::generate(entropy)?,
            decoy: Secret::generate(entropy)?,
        })
    }

    /// In the order of the file.
    pub(super) fn from_keys(number: u32, [pepper, index, seal, decoy]: [Secret; 4]) -> Self {
        Self {
            number,
            pepper: Pepper::copy_of(number, pepper.expose()),
            email_index: index,
            email_seal: seal,
            decoy,
        }
    }

    pub(super) fn copied(&self) -> Self {
        Self::from_keys(self.number, self.keys().map(Secret::copy_of))
    }

    /// In the order of the file.
    pub(super) fn keys(&self) -> [&[u8; 32]; 4] {
        [
            self.pepper.expose(),
            self.email_index(),
            self.email_seal(),
            self.decoy(),
        ]
    }

    /// HKDF(the four keys, "dt/fingerprint/v1") in hexadecimal digits.
    pub(super) fn fingerprint(&self) -> String {
        let all = Zeroizing::new(self.keys().map(|key| *key).concat());
        hex::encode(&*derive::hkdf(None, &all, "dt/fingerprint/v1"))
    }

    /// A key for one more purpose: HKDF(pepper, info). The pepper itself only ever salts, so nothing else is derived
    /// like this.
    pub(crate) fn derived(&self, info: &str) -> Zeroizing<[u8; 32]> {
        derive::hkdf(None, self.pepper.expose(), info)
    }

    pub(crate) fn email_index(&self) -> &[u8; 32] {
        self.email_index.expose()
    }

    pub(crate) fn email_seal(&self) -> &[u8; 32] {
        self.email_seal.expose()
    }

    pub(crate) fn decoy(&self) -> &[u8; 32] {
        self.decoy.expose()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entropy::Seeded;

    #[test]
    fn the_four_keys_differ() {
        let one = Generation::generate(1, &mut Seeded::new(1)).unwrap();
        let all = one.keys();
        for (place, key) in all.iter().enumerate() {
            assert!(!all[..place].contains(key));
        }
    }
}
