//! Passwords: what is accepted, how it is stretched, and what is stored of it.

mod profile;
mod record;
mod stretched;

pub use profile::Profile;
pub use record::PasswordRecord;
pub use stretched::{Stretched, Workspace, stretch};

use std::fmt;
use zeroize::Zeroizing;

const FEWEST_CHARACTERS: usize = 8;
const MOST_BYTES: usize = 1024;

/// Passwords that guessing programs try first: lower case, sorted, one per line, all of them long enough.
const COMMON: &str = include_str!("common-passwords.txt");

/// A password of acceptable length that is not a common one. Its bytes are kept exactly; wiped when dropped.
///
/// No composition rules, no normalization, no trimming (NIST SP 800-63B, section 3.1.1.2).
pub struct Password(Zeroizing<String>);

/// Why a password is not accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PasswordFault {
    /// Fewer than 8 characters (Unicode scalar values).
    #[error("the password needs at least 8 characters")]
    TooShort,
    /// More than 1024 bytes of UTF-8.
    #[error("the password is longer than 1024 bytes")]
    TooLong,
    /// On the list of passwords that are tried first.
    #[error("the password is among the most common ones")]
    Common,
}

impl Password {
    /// Checks a password somebody wants to set.
    pub fn parse(text: String) -> Result<Self, PasswordFault> {
        let password = Self::attempt(text)?;
        if password.is_common() {
            return Err(PasswordFault::Common);
        }
        Ok(password)
    }

    /// Takes a password somebody logs in with: bounded in length only, because what was once accepted must
    /// keep working after the list has grown.
    pub fn attempt(text: String) -> Result<Self, PasswordFault> {
        let password = Self(Zeroizing::new(text));
        if password.0.len() > MOST_BYTES {
            return Err(PasswordFault::TooLong);
        }
        if password.0.chars().count() < FEWEST_CHARACTERS {
            return Err(PasswordFault::TooShort);
        }
        Ok(password)
    }

    /// Whether the password is the e-mail address, or the part before its '@', apart from case.
    pub fn resembles(&self, address: &str) -> bool {
        let lowered = Zeroizing::new(self.0.to_lowercase());
        let address = address.trim().to_lowercase();
        let local = address
            .rsplit_once('@')
            .map_or(address.as_str(), |(local, _)| local);
        *lowered == local || *lowered == address
    }

    pub(crate) fn as_bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }

    fn is_common(&self) -> bool {
        let lowered = Zeroizing::new(self.0.to_lowercase());
        COMMON.lines().any(|common| common == *lowered)
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Password([REDACTED])")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<Password, PasswordFault> {
        Password::parse(text.to_owned())
    }

    #[test]
    fn length_is_counted_in_characters_and_bounded_in_bytes() {
        assert_eq!(parse("7 chars").unwrap_err(), PasswordFault::TooShort);
        assert_eq!(parse("ää öö ü").unwrap_err(), PasswordFault::TooShort);
        assert!(parse("ää öö üü").is_ok());
        assert!(parse(&"ab ".repeat(341)).is_ok());
        assert_eq!(
            parse(&"a".repeat(1025)).unwrap_err(),
            PasswordFault::TooLong
        );
    }

    #[test]
    fn bytes_are_kept_exactly() {
        for text in [
            "  blanks around  ",
            "e\u{301}te\u{301} compose\u{301}",
            "été composé",
            "nul\0 within",
            "🌲🌳🌴🌵🎋🎍🌿☘️",
        ] {
            assert_eq!(parse(text).unwrap().as_bytes(), text.as_bytes());
        }
    }

    #[test]
    fn common_passwords_are_refused_in_any_case() {
        for text in [
            "password",
            "PassWord1",
            "QWERTYUIOP",
            "12345678",
            "iloveyou",
            "trustno1",
        ] {
            assert_eq!(parse(text).unwrap_err(), PasswordFault::Common, "{text}");
            assert!(Password::attempt(text.to_owned()).is_ok());
        }
    }

    #[test]
    fn the_list_is_sorted_lower_case_and_long_enough() {
        let lines: Vec<_> = COMMON.lines().collect();
        assert!(lines.len() >= 1000);
        assert!(lines.is_sorted_by(|one, next| one < next));
        assert!(
            lines
                .iter()
                .all(|line| line.chars().count() >= 8 && line.to_lowercase() == **line)
        );
    }

    #[test]
    fn the_own_address_is_recognized() {
        let password = parse("Jo.Appleseed").unwrap();
        assert!(password.resembles(" jo.appleseed@example.org "));
        assert!(parse("jo@example.org").unwrap().resembles("JO@example.org"));
        assert!(!password.resembles("jo@appleseed.org"));
    }

    #[test]
    fn debug_prints_no_password() {
        assert_eq!(
            format!("{:?}", parse("correct horse").unwrap()),
            "Password([REDACTED])"
        );
    }
}
