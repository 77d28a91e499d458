//! The server's own keys, kept in a file beside the database and never inside it: one generation of them, or two while
//! the older one is exchanged for the newer.

mod file;
mod generation;

pub use file::KeyFileFault;
pub(crate) use generation::Generation;

use crate::{
    entropy::Entropy,
    envelope,
    error::{Error, Result},
    key::Pepper,
};
use std::sync::atomic::{AtomicBool, Ordering};
use zeroize::Zeroizing;

/// One generation of four independent keys, or two. Everything is written with the one in use, and read with either.
/// Losing them locks everybody out: passwords and addresses depend on them.
#[derive(Debug)]
pub struct ServerKeys {
    older: Generation,
    newer: Option<Generation>,
    /// Whether the newer one is in use. The database says so, not the file.
    turned: AtomicBool,
}

impl ServerKeys {
    /// Makes fresh keys, the first generation. Fails with [`Error::Entropy`].
    pub fn generate(entropy: &mut dyn Entropy) -> Result<Self> {
        Generation::generate(1, entropy).map(Self::of)
    }

    /// These keys, and those of a next generation beside them; `None` while there are two already.
    pub fn with_next(&self, entropy: &mut dyn Entropy) -> Result<Option<Self>> {
        if self.newer.is_some() {
            return Ok(None);
        }
        let next = Generation::generate(self.older.number + 1, entropy)?;
        Ok(Some(Self {
            older: self.older.copied(),
            newer: Some(next),
            turned: AtomicBool::new(false),
        }))
    }

    /// The newer generation alone; `None` while there is but one.
    pub fn without_older(&self) -> Option<Self> {
        self.newer.as_ref().map(Generation::copied).map(Self::of)
    }

    /// The key file's text; write it with mode 0600. Which generation is in use does not stand in it.
    pub fn to_file_text(&self) -> Zeroizing<String> {
        file::write(self.by_age())
    }

    /// Reads a key file's text: `name = "hex"` lines in any order, all four keys once in each generation, blank lines,
    /// `#` comments. A generation begins with a line such as `[generation 2]`; what stands before any is the first.
    pub fn parse_file_text(text: &str) -> std::result::Result<Self, KeyFileFault> {
        let (older, newer) = file::read(text)?;
        Ok(Self {
            older,
            newer,
            turned: AtomicBool::new(false),
        })
    }

    /// The number of the newest generation, from 1.
    pub fn newest(&self) -> u32 {
        self.newer.as_ref().unwrap_or(&self.older).number
    }

    /// The number of the oldest generation; that of the newest where there is but one.
    pub fn oldest(&self) -> u32 {
        self.older.number
    }

    /// The number of the generation that everything is written with. The older one, until [`Self::turn_to`].
    pub fn in_use(&self) -> u32 {
        self.current().number
    }

    /// Writes with this generation from now on; false, and nothing is changed, where it is not known.
    pub fn turn_to(&self, number: u32) -> bool {
        let newer = self.newer.as_ref().is_some_and(|one| one.number == number);
        if newer || self.older.number == number {
            self.turned.store(newer, Ordering::Release);
            return true;
        }
        false
    }

    /// What tells the keys of a generation from others without telling anything of them: 64 hexadecimal digits.
    pub fn fingerprint(&self, number: u32) -> Option<String> {
        self.get(number).map(Generation::fingerprint)
    }

    /// The server's share in every password that is set now.
    pub fn pepper(&self) -> &Pepper {
        &self.current().pepper
    }

    /// The share of a generation.
    pub fn pepper_of(&self, number: u32) -> Option<&Pepper> {
        self.get(number).map(|one| &one.pepper)
    }

    pub(crate) fn older(&self) -> &Generation {
        &self.older
    }

    pub(crate) fn current(&self) -> &Generation {
        match &self.newer {
            Some(newer) if self.turned.load(Ordering::Acquire) => newer,
            _ => &self.older,
        }
    }

    /// The generation in use, and the other one; twice the same where there is but one.
    pub(crate) fn both(&self) -> [&Generation; 2] {
        let current = self.current();
        let newer = self.newer.as_ref().unwrap_or(&self.older);
        let other = if current.number == newer.number {
            &self.older
        } else {
            newer
        };
        [current, other]
    }

    /// Opens what was sealed with either generation.
    pub(crate) fn open(
        &self,
        key: impl Fn(&Generation) -> Zeroizing<[u8; 32]>,
        sealed: &str,
        aad: &[u8],
    ) -> Result<Zeroizing<Vec<u8>>> {
        let [current, other] = self.both();
        match envelope::open(&key(current), sealed, aad) {
            Err(Error::Refused) => envelope::open(&key(other), sealed, aad),
            done => done,
        }
    }

    /// The same, sealed with the generation in use; `None` where it is already.
    pub(crate) fn reseal(
        &self,
        key: impl Fn(&Generation) -> Zeroizing<[u8; 32]>,
        sealed: &str,
        aad: &[u8],
        entropy: &mut dyn Entropy,
    ) -> Result<Option<String>> {
        let current = key(self.current());
        match envelope::open(&current, sealed, aad) {
            Err(Error::Refused) => {
                let plain = self.open(key, sealed, aad)?;
                envelope::seal(&current, &plain, aad, entropy).map(Some)
            }
            done => done.map(|_| None),
        }
    }

    fn of(one: Generation) -> Self {
        Self {
            older: one,
            newer: None,
            turned: AtomicBool::new(false),
        }
    }

    fn by_age(&self) -> impl Iterator<Item = &Generation> {
        std::iter::once(&self.older).chain(&self.newer)
    }

    fn get(&self, number: u32) -> Option<&Generation> {
        self.by_age().find(|one| one.number == number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entropy::Seeded;

    fn two() -> ServerKeys {
        let first = ServerKeys::generate(&mut Seeded::new(1)).unwrap();
        first.with_next(&mut Seeded::new(2)).unwrap().unwrap()
    }

    #[test]
    fn a_generation_is_used_once_it_is_turned_to() {
        let keys = two();
        assert_eq!((keys.oldest(), keys.newest(), keys.in_use()), (1, 2, 1));
        assert!(!keys.turn_to(3) && keys.turn_to(2));
        assert_eq!(keys.in_use(), 2);
        assert_eq!(keys.pepper().generation(), 2);
        assert_eq!(keys.both().map(|one| one.number), [2, 1]);
        assert!(keys.turn_to(1));
        assert_eq!(keys.both().map(|one| one.number), [1, 2]);
    }

    #[test]
    fn there_are_two_at_most_and_the_newer_stays() {
        let keys = two();
        assert!(keys.with_next(&mut Seeded::new(3)).unwrap().is_none());
        let newer = keys.without_older().unwrap();
        assert_eq!((newer.oldest(), newer.in_use()), (2, 2));
        assert_eq!(newer.fingerprint(2), keys.fingerprint(2));
        assert_ne!(keys.fingerprint(1), keys.fingerprint(2));
        assert!(newer.fingerprint(1).is_none() && newer.without_older().is_none());
        let third = newer.with_next(&mut Seeded::new(3)).unwrap().unwrap();
        assert_eq!((third.oldest(), third.newest()), (2, 3));
    }

    #[test]
    fn what_was_sealed_with_either_opens_and_is_sealed_anew_once() {
        let keys = two();
        let key = |one: &Generation| Zeroizing::new(*one.email_seal());
        let old = envelope::seal(&key(keys.current()), b"a", b"b", &mut Seeded::new(3)).unwrap();
        assert_eq!(keys.reseal(key, &old, b"b", &mut Seeded::new(4)), Ok(None));
        keys.turn_to(2);
        assert_eq!(keys.open(key, &old, b"b").unwrap().as_slice(), b"a");
        let new = keys.reseal(key, &old, b"b", &mut Seeded::new(4)).unwrap();
        let new = new.unwrap();
        assert_eq!(keys.reseal(key, &new, b"b", &mut Seeded::new(5)), Ok(None));
        keys.turn_to(1);
        assert_eq!(keys.open(key, &new, b"b").unwrap().as_slice(), b"a");
        let alone = keys.without_older().unwrap();
        assert_eq!(alone.open(key, &new, b"b").unwrap().as_slice(), b"a");
        assert_eq!(alone.open(key, &old, b"b"), Err(Error::Refused));
        assert_eq!(keys.open(key, &old, b"c"), Err(Error::Refused));
    }

    #[test]
    fn debug_prints_no_key() {
        let keys = two();
        let printed = format!("{keys:?} {keys:#?}");
        let first = keys.pepper().expose()[0].to_string();
        assert!(printed.contains("REDACTED") && !printed.contains(&first));
    }
}
