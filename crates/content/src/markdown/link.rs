//! What can be said only when all modules have been read.

use std::collections::HashMap;

use uuid::Uuid;

use crate::edition::Draft;

/// Writes into each connection where its source stands and which tool makes its data.
pub(super) fn locate_connections(draft: &mut Draft) {
    let places: HashMap<i32, (String, Option<i32>)> = draft
        .stem
        .iter()
        .map(|row| {
            let tool = row.content_id.filter(|_| row.block_type == "tool");
            (row.id, (row.location().to_string(), tool))
        })
        .collect();
    for connection in &mut draft.connections {
        let source = connection
            .row
            .source_block_id
            .and_then(|id| places.get(&id));
        if let Some((location, tool)) = source {
            connection.row.source_location = Some(location.clone());
            connection.row.source_tool_id = *tool;
        }
    }
}

/// Numbers the references by their first appearance in the order of reading; those that no exercise
/// names follow, by surname.
pub(crate) fn number_references(draft: &mut Draft) {
    let mut first: HashMap<Uuid, usize> = HashMap::new();
    for (place, source) in draft.content_sources.iter().enumerate() {
        first.entry(source.reference_id).or_insert(place);
    }
    draft.references.sort_by_cached_key(|reference| {
        let place = first.get(&reference.id).copied().unwrap_or(usize::MAX);
        (
            place,
            reference.author_surname.to_lowercase(),
            reference.full_citation.clone(),
        )
    });
    for (index, reference) in draft.references.iter_mut().enumerate() {
        reference.row.citation_number = i32::try_from(index + 1).unwrap_or(i32::MAX);
    }
}
