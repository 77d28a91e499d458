//! The storage under every key: 32 bytes on the heap, wiped on drop, never printed.

use crate::{entropy::Entropy, error::Result};
use secrecy::{ExposeSecret, SecretBox};

/// Thirty-two secret bytes. They stay at one heap address, so moving the owner leaves no copy behind.
#[derive(Debug)]
pub(crate) struct Secret(SecretBox<[u8; 32]>);

impl Secret {
    pub(crate) fn generate(entropy: &mut dyn Entropy) -> Result<Self> {
        let mut filled = Ok(());
        let secret = SecretBox::init_with_mut(|bytes: &mut [u8; 32]| filled = entropy.fill(bytes));
        filled.map(|()| Self(secret))
    }

    pub(crate) fn copy_of(source: &[u8; 32]) -> Self {
        Self(SecretBox::init_with_mut(|bytes: &mut [u8; 32]| {
            bytes.copy_from_slice(source);
        }))
    }

    pub(crate) fn expose(&self) -> &[u8; 32] {
        self.0.expose_secret()
    }
}
