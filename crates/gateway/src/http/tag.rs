//! Tags of answers, so that a client need not be sent again what it has.

use std::hash::{DefaultHasher, Hasher};

use axum::http::{HeaderMap, header};

/// The tag of these bytes; weak, because the bytes on the wire may be compressed.
pub(super) fn tag(bytes: &[u8]) -> String {
    let mut hasher = DefaultHasher::new();
    hasher.write(bytes);
    format!("W/\"{:016x}\"", hasher.finish())
}

/// Whether the client has the answer of this tag.
pub(super) fn is_known(headers: &HeaderMap, tag: &str) -> bool {
    let known = headers
        .get(header::IF_NONE_MATCH)
        .and_then(|value| value.to_str().ok());
    known.is_some_and(|known| known.split(',').any(|one| one.trim() == tag))
}
