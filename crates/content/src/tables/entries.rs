//! A TOML file that repeats one table, `[[tool]]`.

use std::{collections::BTreeMap, sync::Arc};

use serde::de::DeserializeOwned;
use toml::Spanned;

use crate::{
    edition::{Draft, Origin},
    toml_at::{line_of, parse},
};

/// Reads all tables named `name`, each with its place. An entry that does not fit is a fault and is
/// left out.
pub(super) fn entries<T: DeserializeOwned>(
    draft: &mut Draft,
    file: &Arc<str>,
    text: &str,
    name: &str,
) -> Vec<(Origin, T)> {
    let top = Origin::new(file, 1);
    let Some(tables) = parse::<BTreeMap<String, Vec<Spanned<toml::Value>>>>(draft, &top, text)
    else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for (key, list) in tables {
        for entry in list {
            let at = Origin::new(file, 1 + line_of(text, entry.span().start));
            if key != name {
                draft.fault(
                    &at,
                    "unknown-table",
                    format!("[[{key}]] does not belong here"),
                );
                continue;
            }
            found.extend(fitted(draft, &at, entry.into_inner()).map(|entry| (at, entry)));
        }
    }
    found
}

/// What a table holds; a fault and nothing when it does not fit.
pub(super) fn fitted<T: DeserializeOwned>(
    draft: &mut Draft,
    at: &Origin,
    table: toml::Value,
) -> Option<T> {
    match table.try_into::<T>() {
        Ok(entry) => Some(entry),
        Err(error) => {
            draft.fault(at, "settings", error.message().trim());
            None
        }
    }
}
