//! TOML that stands somewhere inside a file: faults point at the file's own lines.

use serde::de::DeserializeOwned;

use crate::edition::{Draft, Origin};

/// Reads TOML whose first line is `at`; a fault and nothing when it does not fit.
pub(crate) fn parse<T: DeserializeOwned>(draft: &mut Draft, at: &Origin, toml: &str) -> Option<T> {
    match toml::from_str(toml) {
        Ok(value) => Some(value),
        Err(error) => {
            let offset = error.span().map_or(0, |span| line_of(toml, span.start));
            let at = Origin::new(&at.file, at.line + offset);
            draft.fault(&at, "settings", error.message().trim());
            None
        }
    }
}

/// How many lines stand before the byte at `offset`.
pub(crate) fn line_of(text: &str, offset: usize) -> usize {
    text.bytes()
        .take(offset)
        .filter(|byte| *byte == b'\n')
        .count()
}
