//! `personality-types.toml`, `practices.toml` and `data-objects.toml`.

use std::sync::Arc;

use serde::Deserialize;

use super::entries::entries;
use crate::{
    edition::{Draft, Origin},
    entity::{data_object, ongoing_practice, personality_type},
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenType {
    code: String,
    name: String,
    summary: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenPractice {
    id: i32,
    name: String,
    established_in: String,
    used_by: Option<String>,
    frequency: String,
    purpose: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenDataObject {
    id: i32,
    name: String,
    created_in: String,
    reused_in: Option<String>,
    data_type: String,
    notes: Option<String>,
}

/// Adds the personality types of the file.
pub(super) fn read_types(draft: &mut Draft, file: &Arc<str>, text: &str) {
    for (at, written) in entries::<WrittenType>(draft, file, text, "type") {
        draft
            .personality_types
            .push(at.row(personality_type::Model {
                code: written.code,
                name: written.name,
                summary: written.summary.trim().to_owned(),
                is_active: true,
            }));
    }
    draft.sixteen = Some(Origin::new(file, 1));
}

/// Adds the practices of the file.
pub(super) fn read_practices(draft: &mut Draft, file: &Arc<str>, text: &str) {
    for (at, written) in entries::<WrittenPractice>(draft, file, text, "practice") {
        draft
            .ongoing_practices
            .push(at.row(ongoing_practice::Model {
                id: written.id,
                name: written.name,
                established_in: written.established_in,
                used_by: written.used_by,
                frequency: written.frequency,
                purpose: written.purpose,
                is_active: true,
            }));
    }
}

/// Adds the descriptions of what the workbook keeps.
pub(super) fn read_data_objects(draft: &mut Draft, file: &Arc<str>, text: &str) {
    for (at, written) in entries::<WrittenDataObject>(draft, file, text, "data_object") {
        draft.data_objects.push(at.row(data_object::Model {
            id: written.id,
            name: written.name,
            created_in: written.created_in,
            reused_in: written.reused_in,
            data_type: written.data_type,
            implementation_notes: written.notes,
            is_active: true,
        }));
    }
}
