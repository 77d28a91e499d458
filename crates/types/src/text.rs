//! What people type, before it may go anywhere.

use thiserror::Error;

/// Why a text was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum TextFault {
    /// Nothing but blanks where something is needed.
    #[error("may not be empty")]
    Empty,
    /// More characters than there is room for.
    #[error("is longer than {0} characters")]
    TooLong(usize),
    /// U+0000, which `PostgreSQL` cannot store.
    #[error("contains a NUL character")]
    Nul,
}

/// The text without surrounding blanks, 1 to `max` characters (Unicode scalar values), no NUL.
pub fn clean(text: &str, max: usize) -> Result<String, TextFault> {
    let trimmed = text.trim();
    if trimmed.contains('\0') {
        return Err(TextFault::Nul);
    }
    if trimmed.chars().all(is_invisible) {
        return Err(TextFault::Empty);
    }
    if trimmed.len() > max && trimmed.chars().count() > max {
        return Err(TextFault::TooLong(max));
    }
    Ok(trimmed.to_owned())
}

/// Blanks, and characters that take no room: a text of nothing else says nothing.
const fn is_invisible(letter: char) -> bool {
    letter.is_whitespace()
        || matches!(
            letter,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{180e}' | '\u{200b}'..='\u{200f}'
                | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{2800}' | '\u{3164}' | '\u{feff}' | '\u{ffa0}'
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn length_counts_characters_not_bytes() {
        assert_eq!(clean(" äöü ", 3), Ok("äöü".to_owned()));
        assert_eq!(clean("äöüß", 3), Err(TextFault::TooLong(3)));
    }

    #[test]
    fn what_nobody_sees_is_nothing() {
        for text in ["\u{200b}", " \u{feff}\u{2060} ", "\u{3164}"] {
            assert_eq!(clean(text, 3), Err(TextFault::Empty));
        }
        assert_eq!(clean("a\u{200d}b", 3), Ok("a\u{200d}b".to_owned()));
    }

    #[test]
    fn blanks_and_nul_are_refused() {
        assert_eq!(clean(" \n\t", 9), Err(TextFault::Empty));
        assert_eq!(clean("a\0b", 9), Err(TextFault::Nul));
    }
}
