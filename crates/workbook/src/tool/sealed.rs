//! Texts that only their owner can read.

use dreamtree_database::{Place, Scope};
use dreamtree_types::{Private, clean};
use serde_json::{Value, json};

use crate::Error;

/// Seals a text for its place; nothing stays nothing.
pub(super) fn seal(scope: &Scope, place: Place<'_>, text: Option<&str>) -> Result<Option<String>, Error> {
    Ok(text.map(|text| scope.vault().seal(place, &json!(text))).transpose()?)
}

/// Opens a sealed text.
pub(super) fn open(scope: &Scope, place: Place<'_>, envelope: Option<&str>) -> Private<String> {
    match scope.vault().open(place, envelope) {
        Private::Open(Value::String(text)) => Private::Open(text),
        Private::Empty => Private::Empty,
        Private::Open(_) | Private::Locked => Private::Locked,
    }
}

/// A text that may be left out: `None` for nothing but blanks, otherwise at most `max` characters.
pub(super) fn optional(text: Option<&str>, max: usize, field: &str) -> Result<Option<String>, Error> {
    match text {
        Some(text) if !text.trim().is_empty() => match clean(text, max) {
            Ok(text) => Ok(Some(text)),
            Err(fault) => Err(Error::invalid(field, fault.to_string())),
        },
        _ => Ok(None),
    }
}
