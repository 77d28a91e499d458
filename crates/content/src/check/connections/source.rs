//! Where the data of a connection comes from.

use super::super::View;
use crate::{
    DataKind, Filter, ListSettings, Shape, ToolKind, ToolSettings,
    edition::{Fault, Row},
    entity::{connection, stem},
};

/// What is carried must be what the source makes.
pub(super) fn check(
    view: &View<'_>,
    row: &Row<connection::Model>,
    kind: DataKind,
    filter: &Filter,
    faults: &mut Vec<Fault>,
) {
    let Some(source) = row.source_block_id else {
        anywhere(view, row, kind, filter, faults);
        return;
    };
    for (key, set) in [
        ("exercises", filter.exercises.is_some()),
        ("module", filter.module.is_some()),
        ("list", filter.list.is_some()),
        ("type", filter.kind.is_some() && kind == DataKind::Stories),
    ] {
        if set {
            let message = format!("{key} is for connections without from");
            faults.push(row.at.fault("connection-filter", message));
        }
    }
    let Some((_, source)) = view.placements.get(&source) else {
        return;
    };
    if gives(view, source) != Some(kind) {
        let message = format!("placement {} does not make {}", source.id, kind.as_str());
        faults.push(row.at.fault("connection-data", message));
    }
    if let (DataKind::Records, Some(key)) = (kind, &filter.field) {
        let form = tool(view, source).and_then(|(_, shape)| shape.form().cloned());
        if form.is_some_and(|form| form.field(key).is_none()) {
            let message = format!("the form at placement {} has no field {key}", source.id);
            faults.push(row.at.fault("connection-filter", message));
        }
    }
    let prompt = source.content_id.filter(|_| source.block_type == "prompt");
    if prompt
        .and_then(|id| view.prompts.get(&id))
        .is_some_and(|prompt| prompt.is_private)
    {
        let message = format!(
            "placement {} is private; its answer goes nowhere else",
            source.id
        );
        faults.push(row.at.fault("private-source", message));
    }
}

/// Whatever the person has must be of a kind that needs no placement, and what is named must be there.
fn anywhere(
    view: &View<'_>,
    row: &Row<connection::Model>,
    kind: DataKind,
    filter: &Filter,
    faults: &mut Vec<Fault>,
) {
    if kind.needs_source() {
        let message = format!(
            "{} needs from, the placement that it is made at",
            kind.as_str()
        );
        faults.push(row.at.fault("connection-source", message));
    }
    if kind == DataKind::List && filter.list.is_none() {
        let message = "a list needs from, or its name in the filter";
        faults.push(row.at.fault("connection-source", message));
    }
    for exercise in filter.exercises.iter().flatten() {
        if !view.exercises.contains(exercise) {
            let message = format!("there is no exercise {exercise}");
            faults.push(row.at.fault("connection-filter", message));
        }
    }
    if filter.names_places() && kind.has_places() && makers(view, kind, filter).next().is_none() {
        let message = format!("nothing in there makes {}", kind.as_str());
        faults.push(row.at.fault("connection-data", message));
    }
}

/// What is made or put in order at a placement. A ranking grid and a bucketing tool make what they arrange.
fn gives(view: &View<'_>, source: &stem::Model) -> Option<DataKind> {
    match view.tool_kind(source) {
        None => (source.block_type == "prompt").then_some(DataKind::Answer),
        Some(kind) if kind.arranges() => {
            let connection = source
                .connection_id
                .and_then(|id| view.connections.get(&id));
            connection.and_then(|one| super::carried(one))
        }
        Some(_) => makes(view, source),
    }
}

/// The tool at a placement.
fn tool(view: &View<'_>, placement: &stem::Model) -> Option<(ToolKind, Shape)> {
    let kind = view.tool_kind(placement)?;
    let tool = view.tools.get(&placement.content_id?)?;
    let shape = Shape::parse(kind, tool.config.as_deref()).ok()?;
    Some((kind, shape))
}

/// What is made at a placement.
fn makes(view: &View<'_>, placement: &stem::Model) -> Option<DataKind> {
    let (kind, shape) = tool(view, placement)?;
    shape.makes(kind)
}

/// The placements that add to what a connection without from carries, in the order of reading.
pub(crate) fn makers<'a>(
    view: &'a View<'_>,
    kind: DataKind,
    filter: &'a Filter,
) -> impl Iterator<Item = (usize, i32)> + 'a {
    let rows = view.reading.iter().enumerate();
    let adds = move |row: &stem::Model| {
        makes(view, row) == Some(kind) && fits(row, view.tool_kind(row), filter)
    };
    rows.filter(move |(_, row)| adds(row))
        .map(|(place, row)| (place, row.id))
}

/// True when the filter leaves the placement in.
fn fits(row: &stem::Model, tool: Option<ToolKind>, filter: &Filter) -> bool {
    let location = row.location();
    let inside = match (&filter.exercises, &filter.module) {
        (Some(exercises), _) => exercises.contains(&location.exercise_id()),
        (None, Some(module)) => *module == location.module_id(),
        (None, None) => true,
    };
    let settings = tool.map(|tool| ToolSettings::parse(tool, row.config.as_deref()));
    let named = match (&filter.list, settings) {
        (Some(wanted), Some(Ok((_, ToolSettings::ListBuilder(ListSettings { list, .. }))))) => {
            *wanted == list
        }
        _ => true,
    };
    inside && named
}

/// A source stands before its target.
pub(super) fn earlier(
    view: &View<'_>,
    target: &Row<stem::Model>,
    connection: &Row<connection::Model>,
    faults: &mut Vec<Fault>,
) {
    if connection.usage.is_none() {
        return;
    }
    let place = |id| view.placements.get(&id).map(|(place, _)| *place);
    let Some(own) = place(target.id) else { return };
    let filter = Filter::parse(connection.filter.as_deref()).unwrap_or_default();
    let late = match (connection.source_block_id, super::carried(connection)) {
        (Some(source), _) => place(source).is_some_and(|source| source >= own),
        (None, Some(kind)) if filter.names_places() => makers(view, kind, &filter)
            .next()
            .is_some_and(|(first, _)| first >= own),
        _ => false,
    };
    if late {
        let message = format!(
            "placement {} builds on one that does not stand earlier",
            target.id
        );
        faults.push(target.at.fault("connection-not-earlier", message));
    }
}
