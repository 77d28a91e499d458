//! The price of one guess: Argon2id's cost parameters.

use crate::error::{Error, Result};
use std::{fmt, str::FromStr};

/// Cost of one Argon2id run, stored beside each verifier so that it can rise later.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Profile {
    /// Memory in KiB: 8 × p to 1,048,576 (1 GiB).
    pub m_kib: u32,
    /// Passes over the memory: 1 to 16.
    pub t: u32,
    /// Lanes: 1 to 16.
    pub p: u32,
}

impl Profile {
    /// The first choice of OWASP's Password Storage Cheat Sheet: 46 MiB, one pass, one lane.
    pub const OWASP: Self = Self {
        m_kib: 47104,
        t: 1,
        p: 1,
    };

    /// A run of about a millisecond, for tests only.
    #[cfg(any(test, feature = "testing"))]
    pub const fn cheap() -> Self {
        Self {
            m_kib: 32,
            t: 1,
            p: 1,
        }
    }

    /// Whether memory and passes are both no less than in `other`. Lanes change no guess's price.
    pub const fn at_least(self, other: Self) -> bool {
        self.m_kib >= other.m_kib && self.t >= other.t
    }

    /// Argon2's own parameters; [`Error::Profile`] outside the ranges above, so that a row cannot exhaust us.
    pub(crate) fn params(self) -> Result<argon2::Params> {
        if self.m_kib > 1 << 20 || self.t > 16 || self.p > 16 {
            return Err(Error::Profile);
        }
        argon2::Params::new(self.m_kib, self.t, self.p, Some(32)).map_err(|_| Error::Profile)
    }
}

/// As in PHC strings: `m=47104,t=1,p=1`.
impl fmt::Display for Profile {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "m={},t={},p={}", self.m_kib, self.t, self.p)
    }
}

impl FromStr for Profile {
    type Err = Error;

    /// Reads exactly what `Display` writes, within the accepted ranges.
    fn from_str(text: &str) -> Result<Self> {
        let mut parts = text.split(',');
        let profile = Self {
            m_kib: number(parts.next(), "m=")?,
            t: number(parts.next(), "t=")?,
            p: number(parts.next(), "p=")?,
        };
        if profile.to_string() != text {
            return Err(Error::Malformed);
        }
        profile.params().map(|_| profile)
    }
}

fn number(part: Option<&str>, name: &str) -> Result<u32> {
    let digits = part
        .and_then(|part| part.strip_prefix(name))
        .ok_or(Error::Malformed)?;
    digits.parse().map_err(|_| Error::Malformed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_profile_is_read_as_written() {
        assert_eq!(Profile::OWASP.to_string(), "m=47104,t=1,p=1");
        assert_eq!("m=47104,t=1,p=1".parse(), Ok(Profile::OWASP));
    }

    #[test]
    fn other_text_is_malformed() {
        for text in [
            "",
            "m=32,t=1",
            "t=1,m=32,p=1",
            "m=+32,t=1,p=1",
            "m=032,t=1,p=1",
            "m=32,t=1,p=1,",
        ] {
            assert_eq!(text.parse::<Profile>(), Err(Error::Malformed), "{text}");
        }
    }

    #[test]
    fn useless_and_ruinous_costs_are_refused() {
        for text in [
            "m=7,t=1,p=1",
            "m=32,t=0,p=1",
            "m=32,t=1,p=0",
            "m=1048577,t=1,p=1",
            "m=32,t=17,p=1",
            "m=4096,t=1,p=17",
        ] {
            assert_eq!(text.parse::<Profile>(), Err(Error::Profile), "{text}");
        }
    }
}
