//! The stored form of a password: `$dt1$m=47104,t=1,p=1$<salt>$<verifier>`, with `,keyid=2` and so on behind the costs
//! where another generation of the server's keys than the first is in it.

use super::{Password, Profile, Stretched, Workspace, stretch};
use crate::{
    entropy::Entropy,
    error::{Error, Result},
    key::{Kek, Pepper},
};
use base64::{Engine, engine::general_purpose::STANDARD_NO_PAD};
use std::{fmt, str::FromStr};
use subtle::ConstantTimeEq;

const SCHEME: &str = "dt1";

const KEY_ID: &str = ",keyid=";

/// Profile, generation of the server's keys, salt and verifier as the row keeps them; salt and verifier in base64 without
/// padding.
#[derive(Clone, PartialEq, Eq)]
pub struct PasswordRecord {
    profile: Profile,
    generation: u32,
    salt: [u8; 16],
    verifier: [u8; 32],
}

impl PasswordRecord {
    /// Stretches `password` once under a fresh salt: what to store, and the key to wrap the data key with.
    pub fn create(
        password: &Password,
        pepper: &Pepper,
        profile: Profile,
        entropy: &mut dyn Entropy,
        workspace: &mut Workspace,
    ) -> Result<(Self, Kek)> {
        let mut salt = [0; 16];
        entropy.fill(&mut salt)?;
        let stretched = stretch(password, &salt, profile, workspace)?;
        let verifier = stretched.verifier(pepper);
        Ok((
            Self {
                profile,
                generation: pepper.generation(),
                salt,
                verifier,
            },
            stretched.kek(pepper),
        ))
    }

    /// Reads the stored text; [`Error::Malformed`], or [`Error::Profile`] when its costs are out of range.
    pub fn parse(text: &str) -> Result<Self> {
        let parts: Vec<_> = text.split('$').collect();
        let ["", SCHEME, costs, salt, verifier] = parts[..] else {
            return Err(Error::Malformed);
        };
        let (profile, generation) = match costs.split_once(KEY_ID) {
            Some((profile, id)) => (profile, id.parse().map_err(|_| Error::Malformed)?),
            None => (costs, 1),
        };
        let record = Self {
            profile: profile.parse()?,
            generation,
            salt: exactly(salt)?,
            verifier: exactly(verifier)?,
        };
        // One text for one record.
        (record.to_string() == text)
            .then_some(record)
            .ok_or(Error::Malformed)
    }

    /// The same password with the server's share of another generation, without another expensive run: what to store,
    /// and the key to wrap the data key with.
    pub fn rekeyed(&self, attempt: &Stretched, pepper: &Pepper) -> (Self, Kek) {
        let record = Self {
            generation: pepper.generation(),
            verifier: attempt.verifier(pepper),
            ..self.clone()
        };
        (record, attempt.kek(pepper))
    }

    /// A record in its place that no password fits, at the same costs. The salt is another one: without the old one,
    /// guesses cannot be tried against what the password has wrapped.
    pub fn spent(&self, pepper: &Pepper, entropy: &mut dyn Entropy) -> Result<Self> {
        let (mut salt, mut verifier) = ([0; 16], [0; 32]);
        entropy.fill(&mut salt)?;
        entropy.fill(&mut verifier)?;
        Ok(Self {
            profile: self.profile,
            generation: pepper.generation(),
            salt,
            verifier,
        })
    }

    /// Which generation of the server's keys is in it, from 1.
    pub fn generation(&self) -> u32 {
        self.generation
    }

    /// Repeats the expensive run for a login attempt; see [`stretch`].
    pub fn stretch(&self, password: &Password, workspace: &mut Workspace) -> Result<Stretched> {
        stretch(password, &self.salt, self.profile, workspace)
    }

    /// Whether the attempt was the password, compared in constant time. The pepper is that of [`Self::generation`].
    pub fn verify(&self, attempt: &Stretched, pepper: &Pepper) -> bool {
        attempt.verifier(pepper).ct_eq(&self.verifier).into()
    }

    /// Whether memory or passes are fewer than in `wanted`: then make a new record at this login.
    pub fn needs_upgrade(&self, wanted: Profile) -> bool {
        !self.profile.at_least(wanted)
    }

    /// The costs this record was made with.
    pub fn profile(&self) -> Profile {
        self.profile
    }

    /// The record's salt.
    pub fn salt(&self) -> &[u8; 16] {
        &self.salt
    }
}

impl fmt::Display for PasswordRecord {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (salt, verifier) = (
            STANDARD_NO_PAD.encode(self.salt),
            STANDARD_NO_PAD.encode(self.verifier),
        );
        write!(formatter, "${SCHEME}${}", self.profile)?;
        if self.generation != 1 {
            write!(formatter, "{KEY_ID}{}", self.generation)?;
        }
        write!(formatter, "${salt}${verifier}")
    }
}

impl FromStr for PasswordRecord {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        Self::parse(text)
    }
}

/// Shows the costs only; the stored text is for the row, not for logs.
impl fmt::Debug for PasswordRecord {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("PasswordRecord")
            .field("profile", &self.profile)
            .finish_non_exhaustive()
    }
}

fn exactly<const N: usize>(text: &str) -> Result<[u8; N]> {
    let bytes = STANDARD_NO_PAD.decode(text).map_err(|_| Error::Malformed)?;
    bytes.try_into().map_err(|_| Error::Malformed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entropy::Seeded;

    fn record() -> (PasswordRecord, Kek, Pepper) {
        let pepper = Pepper::copy_of(1, &[1; 32]);
        let password = Password::parse("correct horse".to_owned()).unwrap();
        let (record, kek) = PasswordRecord::create(
            &password,
            &pepper,
            Profile::cheap(),
            &mut Seeded::new(1),
            &mut Workspace::default(),
        )
        .unwrap();
        (record, kek, pepper)
    }

    fn stretched(record: &PasswordRecord, text: &str) -> Stretched {
        let password = Password::attempt(text.to_owned()).unwrap();
        record
            .stretch(&password, &mut Workspace::default())
            .unwrap()
    }

    #[test]
    fn a_record_is_read_as_written() {
        let (record, ..) = record();
        assert!(record.to_string().starts_with("$dt1$m=32,t=1,p=1$"));
        assert_eq!(PasswordRecord::parse(&record.to_string()), Ok(record));
    }

    #[test]
    fn the_password_is_recognized_and_gives_the_same_key() {
        let (record, kek, pepper) = record();
        let attempt = |text| stretched(&record, text);
        let right = attempt("correct horse");
        assert!(record.verify(&right, &pepper));
        assert_eq!(right.kek(&pepper).expose(), kek.expose());
        assert!(!record.verify(&attempt("correct horse "), &pepper));
        assert!(!record.verify(&right, &Pepper::copy_of(1, &[2; 32])));
    }

    #[test]
    fn another_generation_takes_the_same_password() {
        let (record, kek, pepper) = record();
        let next = Pepper::copy_of(2, &[2; 32]);
        let attempt = stretched(&record, "correct horse");
        let (rekeyed, other) = record.rekeyed(&attempt, &next);
        let text = rekeyed.to_string();
        assert!(text.starts_with("$dt1$m=32,t=1,p=1,keyid=2$"));
        let rekeyed = PasswordRecord::parse(&text).unwrap();
        assert_eq!((rekeyed.generation(), record.generation()), (2, 1));
        let attempt = stretched(&rekeyed, "correct horse");
        assert!(rekeyed.verify(&attempt, &next) && !rekeyed.verify(&attempt, &pepper));
        assert_eq!(attempt.kek(&next).expose(), other.expose());
        assert_ne!(other.expose(), kek.expose());
        for wrong in [
            "keyid=1",
            "keyid=02",
            "keyid=",
            "keyid=x",
            "keyid=2,keyid=2",
        ] {
            let text = text.replace("keyid=2", wrong);
            assert_eq!(PasswordRecord::parse(&text).unwrap_err(), Error::Malformed);
        }
        let spent = record.spent(&next, &mut Seeded::new(3)).unwrap();
        assert_eq!((spent.generation(), spent.profile()), (2, record.profile()));
        assert!(!spent.verify(&attempt, &next));
    }

    #[test]
    fn only_weaker_records_need_an_upgrade() {
        let (record, ..) = record();
        assert!(!record.needs_upgrade(Profile::cheap()));
        assert!(record.needs_upgrade(Profile::OWASP));
        assert!(record.needs_upgrade(Profile {
            t: 2,
            ..Profile::cheap()
        }));
        assert!(!record.needs_upgrade(Profile {
            m_kib: 16,
            ..Profile::cheap()
        }));
    }

    #[test]
    fn other_text_is_malformed() {
        let text = record().0.to_string();
        let longer = format!("{text}$");
        for wrong in [
            "",
            &text[1..],
            &text[..text.len() - 1],
            &longer,
            &text.replace("dt1", "dt2"),
        ] {
            assert_eq!(
                PasswordRecord::parse(wrong).unwrap_err(),
                Error::Malformed,
                "{wrong}"
            );
        }
        let ruinous = text.replace("m=32", "m=4294967295");
        assert_eq!(PasswordRecord::parse(&ruinous).unwrap_err(), Error::Profile);
    }

    #[test]
    fn debug_prints_no_verifier() {
        let printed = format!("{:?}", record().0);
        assert_eq!(
            printed,
            "PasswordRecord { profile: Profile { m_kib: 32, t: 1, p: 1 }, .. }"
        );
    }
}
