//! `coaching/tiers.toml`.

use std::sync::Arc;

use serde::Deserialize;

use super::{super::entries::entries, check_key};
use crate::{
    edition::{Draft, uuid_of},
    entity::assessment_tier,
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenTier {
    key: String,
    name: String,
    from: i32,
    below: Option<i32>,
    passed: bool,
    learning_paths: bool,
    leverage: bool,
    message: String,
    overall: String,
}

/// Adds the tiers of the file.
pub(super) fn read(draft: &mut Draft, file: &Arc<str>, text: &str) {
    for (at, written) in entries::<WrittenTier>(draft, file, text, "tier") {
        check_key(draft, &at, &written.key);
        draft.coaching.tiers.push(at.row(assessment_tier::Model {
            id: uuid_of("tier", &written.key),
            key: written.key,
            name: written.name,
            from_percent: written.from,
            below_percent: written.below,
            is_passed: written.passed,
            learning_paths: written.learning_paths,
            leverage: written.leverage,
            message: written.message,
            overall: written.overall,
            is_active: true,
        }));
    }
}
