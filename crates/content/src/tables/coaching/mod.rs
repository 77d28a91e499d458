//! `coaching/`: assessments, a file each, and what they share.

mod assessment;
mod learning;
mod tags;
mod tiers;

use std::sync::Arc;

use uuid::Uuid;

use crate::edition::{Draft, Origin, uuid_of};

/// The folder of the files.
pub(crate) const FOLDER: &str = "coaching";

/// Reads a file of the folder; any name but those of the shared files is that of an assessment.
pub(crate) fn read(draft: &mut Draft, file: &Arc<str>, text: &str) {
    match file.rsplit('/').next() {
        Some("tiers.toml") => tiers::read(draft, file, text),
        Some("skill-tags.toml") => tags::read(draft, file, text),
        Some("learning.toml") => learning::read(draft, file, text),
        _ => assessment::read(draft, file, text),
    }
}

/// The id of an assessment.
fn assessment_id(key: &str) -> Uuid {
    uuid_of("assessment", key)
}

/// The id of a competency, whose key is given once in its framework.
fn competency_id(framework: &str, key: &str) -> Uuid {
    uuid_of("coaching-competency", &format!("{framework}:{key}"))
}

/// The id of a skill tag.
fn tag_id(key: &str) -> Uuid {
    uuid_of("skill-tag", key)
}

/// The place in a list, from 1.
fn place(index: usize) -> i32 {
    i32::try_from(index + 1).unwrap_or(i32::MAX)
}

/// A JSON array of ids.
fn ids(all: impl Iterator<Item = Uuid>) -> String {
    let ids: Vec<String> = all.map(|id| format!("\"{id}\"")).collect();
    format!("[{}]", ids.join(","))
}

/// Notes a fault for a key that is not lower case with hyphens.
fn check_key(draft: &mut Draft, at: &Origin, key: &str) {
    let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
    if key.is_empty() || !key.bytes().all(plain) {
        let message = format!("the key {key:?} is not lower case with hyphens");
        draft.fault(at, "key", message);
    }
}
