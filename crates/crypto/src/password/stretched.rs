//! A stretched password: one expensive run, two results that do not lead to each other.

use super::{Password, Profile};
use crate::{
    derive,
    error::{Error, Result},
    key::{Kek, Pepper},
};
use argon2::{Algorithm, Argon2, Block, Version};
use std::fmt;
use zeroize::{Zeroize, Zeroizing};

/// The memory that runs of Argon2id fill, one after the other; it holds nothing between them.
#[derive(Default)]
pub struct Workspace(Vec<Block>);

/// Argon2id's 32 bytes. Never stored; wiped when dropped.
pub struct Stretched(Zeroizing<[u8; 32]>);

/// Runs Argon2id (version 1.3) over the exact password bytes: tens of milliseconds and the profile's memory, so
/// call it off the async threads and behind a limit. The workspace grows to that memory and is wiped afterwards.
pub fn stretch(
    password: &Password,
    salt: &[u8; 16],
    profile: Profile,
    workspace: &mut Workspace,
) -> Result<Stretched> {
    let params = profile.params()?;
    let blocks = workspace.take(params.block_count())?;
    let mut output = Zeroizing::new([0; 32]);
    let done = Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into_with_memory(
            password.as_bytes(),
            salt,
            output.as_mut_slice(),
            &mut *blocks,
        );
    blocks.iter_mut().for_each(Zeroize::zeroize);
    done.map_err(|_| Error::Profile)?;
    Ok(Stretched(output))
}

impl Workspace {
    fn take(&mut self, blocks: usize) -> Result<&mut [Block]> {
        let missing = blocks.saturating_sub(self.0.len());
        self.0
            .try_reserve_exact(missing)
            .map_err(|_| Error::Memory)?;
        self.0.resize(self.0.len() + missing, Block::default());
        Ok(&mut self.0[..blocks])
    }
}

impl fmt::Debug for Workspace {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Workspace([REDACTED])")
    }
}

impl Stretched {
    /// What is stored to recognize the password: SHA-256(HKDF(pepper, stretched, "dt/auth/password/v1")).
    /// It opens nothing.
    pub fn verifier(&self, pepper: &Pepper) -> [u8; 32] {
        let proof = derive::hkdf(
            Some(pepper.expose()),
            self.0.as_slice(),
            "dt/auth/password/v1",
        );
        derive::sha256(proof.as_slice())
    }

    /// What wraps the data key: HKDF(pepper, stretched, "dt/kek/password/v1"). Never stored.
    pub fn kek(&self, pepper: &Pepper) -> Kek {
        Kek::copy_of(&derive::hkdf(
            Some(pepper.expose()),
            self.0.as_slice(),
            "dt/kek/password/v1",
        ))
    }

    #[cfg(test)]
    pub(crate) fn expose(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Debug for Stretched {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Stretched([REDACTED])")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        entropy::Seeded,
        key::DataKey,
        wrap::{Method, unwrap_key, wrap},
    };
    use uuid::Uuid;

    fn stretched(password: &str, salt: u8) -> Stretched {
        let password = Password::parse(password.to_owned()).unwrap();
        let mut workspace = Workspace::default();
        stretch(&password, &[salt; 16], Profile::cheap(), &mut workspace).unwrap()
    }

    #[test]
    fn a_workspace_is_wiped_and_used_again() {
        let password = Password::parse("correct horse".to_owned()).unwrap();
        let mut workspace = Workspace::default();
        let run = |salt: u8, workspace: &mut Workspace| {
            *stretch(&password, &[salt; 16], Profile::cheap(), workspace)
                .unwrap()
                .expose()
        };
        let first = run(1, &mut workspace);
        assert!(!workspace.0.is_empty());
        let words = || workspace.0.iter().flat_map(|block| block.as_ref().iter());
        assert!(words().all(|word| *word == 0));
        assert_ne!(run(2, &mut workspace), first);
        assert_eq!(run(1, &mut workspace), first);
    }

    #[test]
    fn password_salt_and_pepper_each_matter() {
        let (pepper, other) = (Pepper::copy_of(1, &[1; 32]), Pepper::copy_of(1, &[2; 32]));
        let verifier = stretched("correct horse", 1).verifier(&pepper);
        assert_eq!(verifier, stretched("correct horse", 1).verifier(&pepper));
        assert_ne!(verifier, stretched("Correct horse", 1).verifier(&pepper));
        assert_ne!(verifier, stretched("correct horse", 2).verifier(&pepper));
        assert_ne!(verifier, stretched("correct horse", 1).verifier(&other));
    }

    #[test]
    fn letters_that_look_alike_are_different_passwords() {
        let composed = stretched("caf\u{e9} au lait", 1);
        assert_ne!(
            composed.expose(),
            stretched("cafe\u{301} au lait", 1).expose()
        );
    }

    #[test]
    fn the_verifier_opens_no_wrap() {
        let pepper = Pepper::copy_of(1, &[1; 32]);
        let (user, stretched) = (Uuid::from_u128(1), stretched("correct horse", 1));
        let kek = stretched.kek(&pepper);
        let key = DataKey::copy_of(&[9; 32]);
        let text = wrap(&kek, &key, user, Method::Password, 1, &mut Seeded::new(1)).unwrap();
        let open = |kek: &Kek| unwrap_key(kek, &text, user, Method::Password, 1);
        assert!(open(&kek).is_ok());
        let verifier = Kek::copy_of(&stretched.verifier(&pepper));
        assert_eq!(open(&verifier).unwrap_err(), Error::Refused);
        let other_pepper = stretched.kek(&Pepper::copy_of(1, &[2; 32]));
        assert_eq!(open(&other_pepper).unwrap_err(), Error::Refused);
    }

    #[test]
    fn debug_prints_nothing() {
        assert_eq!(
            format!("{:?}", stretched("correct horse", 1)),
            "Stretched([REDACTED])"
        );
    }
}
