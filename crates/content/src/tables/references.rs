//! `references.toml`.

use std::sync::Arc;

use serde::Deserialize;

use super::entries::entries;
use crate::{
    edition::{Draft, uuid_of},
    entity::reference,
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenReference {
    key: String,
    surname: String,
    full: String,
    short: String,
    category: Option<String>,
    metadata: Option<toml::Table>,
}

/// Adds the references of the file; they get their numbers once the modules have been read.
pub(super) fn read(draft: &mut Draft, file: &Arc<str>, text: &str) {
    for (at, reference) in entries::<WrittenReference>(draft, file, text, "reference") {
        let metadata = reference
            .metadata
            .and_then(|table| serde_json::to_string(&table).ok());
        draft.references.push(at.row(reference::Model {
            id: uuid_of("reference", &reference.key),
            citation_number: 0,
            author_surname: reference.surname,
            full_citation: reference.full,
            short_citation: reference.short,
            category: reference.category,
            metadata,
            is_active: true,
            created_at: None,
        }));
    }
}
