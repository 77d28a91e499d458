//! A code as somebody types it.

use dreamtree_crypto::BackupCode;

use crate::Error;

/// Nothing that is typed in for a code is longer, blanks and hyphens included.
const LONGEST: usize = 64;

/// A code of the second factor.
pub(super) enum Code {
    /// Six digits of a phone.
    Totp(String),
    /// Ten symbols from paper.
    Backup(BackupCode),
}

impl Code {
    /// Reads a code; blanks and hyphens do not count. What can be no code at all is [`Error::Setting`].
    pub(super) fn parse(text: &str) -> Result<Self, Error> {
        if text.len() > LONGEST {
            return Err(malformed());
        }
        if let Ok(digits) = digits(text) {
            return Ok(Self::Totp(digits));
        }
        let code = BackupCode::parse(text).map_err(|_| malformed())?;
        Ok(Self::Backup(code))
    }
}

/// Six digits as they are typed; anything else is [`Error::Setting`].
pub(super) fn digits(text: &str) -> Result<String, Error> {
    let plain = |one: &char| !one.is_whitespace() && *one != '-';
    let digits: String = text.chars().take(LONGEST + 1).filter(plain).collect();
    let is_code = digits.len() == 6 && digits.bytes().all(|one| one.is_ascii_digit());
    if is_code {
        Ok(digits)
    } else {
        Err(malformed())
    }
}

fn malformed() -> Error {
    Error::Setting {
        field: "input.code",
        rule: "A code has six digits; a backup code has ten letters and digits.".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_told_apart_by_their_form() {
        for typed in ["123456", " 123 456", "12-34-56\n"] {
            assert!(matches!(Code::parse(typed), Ok(Code::Totp(digits)) if digits == "123456"));
        }
        for typed in ["ABCDE-FGH01", "abcdefgh0l", "12345 67890"] {
            assert!(matches!(Code::parse(typed), Ok(Code::Backup(_))), "{typed}");
        }
        let long = "1".repeat(4_096);
        for typed in [
            "",
            "12345",
            "1234567",
            "12345a",
            "１２３４５６",
            long.as_str(),
        ] {
            assert!(matches!(Code::parse(typed), Err(Error::Setting { .. })));
        }
    }
}
