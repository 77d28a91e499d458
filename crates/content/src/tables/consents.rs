//! `consents/<kind>.md`: texts that people may agree to, each below a head of TOML with its version and its title.

use std::sync::Arc;

use serde::Deserialize;

use super::head::divide;
use crate::{
    edition::{Draft, Origin},
    entity::consent,
    toml_at::parse,
};

/// Kinds stand in diaries; a longer word would be a text.
const LONGEST_KIND: usize = 40;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Head {
    version: i32,
    title: String,
}

/// Adds the text of the file, whose name is the kind.
pub(crate) fn read(draft: &mut Draft, file: &Arc<str>, text: &str) {
    let top = Origin::new(file, 1);
    let name = file.rsplit('/').next().unwrap_or_default();
    let kind = name.strip_suffix(".md").unwrap_or(name);
    if !is_kind(kind) {
        let message =
            "the name of the file is the kind: 1 to 40 lower-case letters and underscores";
        draft.fault(&top, "consent", message);
        return;
    }
    let Some((head, body)) = divide(draft, &top, text) else {
        return;
    };
    let Some(Head { version, title }) = parse::<Head>(draft, &top, head) else {
        return;
    };
    if version < 1 || title.trim().is_empty() || body.is_empty() {
        let message = "a consent needs a version from 1, a title and a text";
        draft.fault(&top, "consent", message);
        return;
    }
    draft.consents.push(top.row(consent::Model {
        kind: kind.to_owned(),
        version,
        title: title.trim().to_owned(),
        text: body.to_owned(),
        is_active: true,
    }));
}

fn is_kind(text: &str) -> bool {
    let plain = |one: char| one.is_ascii_lowercase() || one == '_';
    (1..=LONGEST_KIND).contains(&text.len()) && text.chars().all(plain)
}
