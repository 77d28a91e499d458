//! Where random bytes come from: the operating system, or a fixed sequence in tests.

use crate::error::{Error, Result};

/// A source of random bytes, passed in by the caller so that tests can be exact.
pub trait Entropy {
    /// Fills `bytes` completely, or fails with [`Error::Entropy`] and leaves their content undefined.
    fn fill(&mut self, bytes: &mut [u8]) -> Result<()>;
}

/// The operating system's generator: the only source outside tests.
#[derive(Debug, Clone, Copy, Default)]
pub struct System;

impl Entropy for System {
    fn fill(&mut self, bytes: &mut [u8]) -> Result<()> {
        getrandom::fill(bytes).map_err(|_| Error::Entropy)
    }
}

/// A repeatable sequence for tests: block n is SHA-256(seed, n), both as 8-byte big-endian numbers.
#[cfg(any(test, feature = "testing"))]
#[derive(Debug, Clone)]
pub struct Seeded {
    seed: u64,
    block: u64,
}

#[cfg(any(test, feature = "testing"))]
impl Seeded {
    /// The sequence that belongs to `seed`, from its beginning.
    pub fn new(seed: u64) -> Self {
        Self { seed, block: 0 }
    }
}

#[cfg(any(test, feature = "testing"))]
impl Entropy for Seeded {
    fn fill(&mut self, bytes: &mut [u8]) -> Result<()> {
        use sha2::{Digest, Sha256};
        for chunk in bytes.chunks_mut(32) {
            let block = Sha256::new()
                .chain_update(self.seed.to_be_bytes())
                .chain_update(self.block.to_be_bytes())
                .finalize();
            self.block += 1;
            chunk.copy_from_slice(&block[..chunk.len()]);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_system_gives_different_bytes_each_time() {
        let (mut first, mut second) = ([0; 32], [0; 32]);
        System.fill(&mut first).unwrap();
        System.fill(&mut second).unwrap();
        assert_ne!(first, second);
    }

    #[test]
    fn a_seed_repeats_itself_and_moves_on() {
        let (mut first, mut again) = ([0; 40], [0; 40]);
        let mut source = Seeded::new(7);
        source.fill(&mut first).unwrap();
        Seeded::new(7).fill(&mut again).unwrap();
        assert_eq!(first, again);
        source.fill(&mut again).unwrap();
        assert_ne!(first, again);
    }
}
