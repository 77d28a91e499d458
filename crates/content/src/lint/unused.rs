//! What is described and never taken up.

use std::collections::HashSet;

use super::Warning;
use crate::{
    Location,
    check::View,
    edition::Row,
    entity::{data_object, stem},
};

/// A data object that no connection carries to where it says that it is reused.
pub(super) const DATA_OBJECT: &str = "unused-data-object";
/// A reference that no exercise names.
pub(super) const REFERENCE: &str = "unused-reference";
/// A tool that no module places.
pub(super) const TOOL: &str = "unused-tool";

pub(super) fn check(view: &View<'_>, found: &mut Vec<Warning>) {
    let draft = view.draft;
    for row in draft.data_objects.iter().filter(|row| row.is_active) {
        if !is_carried(view, row) {
            found.push(Warning {
                at: row.at.clone(),
                rule: DATA_OBJECT,
                id: format!("data-object:{}", row.id),
                message: format!(
                    "no connection carries {} to any of the exercises in reused_in",
                    row.data_type
                ),
            });
        }
    }
    let cited: HashSet<_> = draft
        .content_sources
        .iter()
        .map(|row| row.reference_id)
        .collect();
    for row in draft.references.iter().filter(|row| row.is_active) {
        if !cited.contains(&row.id) {
            found.push(Warning {
                at: row.at.clone(),
                rule: REFERENCE,
                id: format!("reference:{}", row.short_citation),
                message: "no exercise names it as a source".to_owned(),
            });
        }
    }
    let placed: HashSet<_> = view
        .reading
        .iter()
        .filter(|row| row.block_type == "tool")
        .filter_map(|row| row.content_id)
        .collect();
    for row in draft.tools.iter().filter(|row| row.is_active) {
        if !placed.contains(&row.id) {
            found.push(Warning {
                at: row.at.clone(),
                rule: TOOL,
                id: format!("tool:{}", row.name),
                message: "no module places it".to_owned(),
            });
        }
    }
}

/// True when something of the object's kind comes along at one of the exercises that are said to take it up.
fn is_carried(view: &View<'_>, object: &Row<data_object::Model>) -> bool {
    let reused = object.reused_in.as_deref().unwrap_or_default();
    let exercises: HashSet<&str> = reused.split(',').map(str::trim).collect();
    let brings = |row: &stem::Model| {
        let connection = row.connection_id.and_then(|id| view.connections.get(&id));
        let carried = connection.and_then(|one| one.data_object.as_deref());
        carried == Some(object.data_type.as_str())
    };
    let there = |location: Location| exercises.contains(location.exercise_id().as_str());
    view.reading
        .iter()
        .any(|row| there(row.location()) && brings(row))
}
