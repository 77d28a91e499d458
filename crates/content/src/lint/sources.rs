//! Connections that may have nothing to bring.

use super::Warning;
use crate::{
    DataKind, Filter, Usage,
    check::{View, connections::makers},
    edition::Row,
    entity::{connection, stem},
};

/// The rule's name.
pub(super) const RULE: &str = "unfilled-source";

/// What a required placement cannot do without is required itself, and what a connection takes from anywhere is made
/// somewhere before it.
pub(super) fn check(view: &View<'_>, found: &mut Vec<Warning>) {
    for (place, row) in view.reading.iter().enumerate() {
        let connection = row.connection_id.and_then(|id| view.connections.get(&id));
        if let Some(message) = connection.and_then(|one| reason(view, place, row, one)) {
            found.push(Warning {
                at: row.at.clone(),
                rule: RULE,
                id: row.id.to_string(),
                message,
            });
        }
    }
}

/// Why the connection may stay empty.
fn reason(
    view: &View<'_>,
    place: usize,
    row: &stem::Model,
    connection: &Row<connection::Model>,
) -> Option<String> {
    let usage = Usage::parse(connection.usage.as_deref()?)?;
    let kind = DataKind::parse(connection.data_object.as_deref()?)?;
    if let Some(source) = connection.source_block_id {
        let needs = row.is_required && usage != Usage::ShowBeside;
        let (_, source) = view.placements.get(&source)?;
        return (needs && !source.is_required)
            .then(|| format!("needs what block {} makes, which may be skipped", source.id));
    }
    let filter = Filter::parse(connection.filter.as_deref()).unwrap_or_default();
    let everywhere = makers(view, kind, &Filter::default()).next().is_some();
    let before = makers(view, kind, &filter).any(|(maker, _)| maker < place);
    match kind {
        DataKind::Profile | DataKind::Competencies | DataKind::SkillsMaster | DataKind::Values => {
            None
        }
        _ if before => None,
        _ if everywhere => Some(format!(
            "takes {}, which nothing before it makes",
            kind.as_str()
        )),
        _ => Some(format!(
            "takes {}, which nothing in the workbook makes",
            kind.as_str()
        )),
    }
}
