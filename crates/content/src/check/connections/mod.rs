//! What builds on what.

mod circle;
mod source;

pub(crate) use source::makers;

use super::View;
use crate::{
    DataKind, Filter, InputKind, OnChange, ToolKind, Usage,
    edition::{Fault, Row},
    entity::{connection, stem},
    library::DashboardField,
};

pub(super) fn check(view: &View<'_>, faults: &mut Vec<Fault>) {
    for row in &view.draft.connections {
        ends(view, row, faults);
        match Filter::parse(row.filter.as_deref()) {
            Err(message) => faults.push(row.at.fault("connection-filter", message)),
            Ok(filter) if row.usage.is_some() => carry(view, row, &filter, faults),
            Ok(_) => {}
        }
    }
    for row in &view.reading {
        let connection = row.connection_id.and_then(|id| view.connections.get(&id));
        match (row.connection_id, connection) {
            (Some(id), None) => {
                let message = format!(
                    "placement {} names connection {id}, which is not there",
                    row.id
                );
                faults.push(row.at.fault("dangling-connection", message));
            }
            (_, Some(connection)) => source::earlier(view, row, connection, faults),
            (None, None) => {}
        }
        if let Some(tool) = view.tool_kind(row).filter(|tool| tool.arranges()) {
            arranged(row, tool, connection.copied(), faults);
        }
    }
    circle::check(view, faults);
}

/// What is carried, where it is known.
fn carried(connection: &connection::Model) -> Option<DataKind> {
    connection.data_object.as_deref().and_then(DataKind::parse)
}

/// What only puts in order or in buckets what is there needs something to work on, and needs it as it is now.
fn arranged(
    row: &Row<stem::Model>,
    tool: ToolKind,
    connection: Option<&Row<connection::Model>>,
    faults: &mut Vec<Fault>,
) {
    let connection = connection.filter(|one| one.usage.is_some());
    let kind = connection.and_then(|one| carried(one));
    let placed = connection.is_some_and(|one| one.source_block_id.is_some());
    match (tool, kind.filter(|_| placed)) {
        (_, Some(DataKind::Skills)) | (ToolKind::RankingGrid, Some(DataKind::List)) => {}
        (ToolKind::RankingGrid, _) => {
            let message =
                "a ranking_grid needs a connection that carries a list or skills, with from";
            faults.push(row.at.fault("ranking-without-source", message));
        }
        _ => {
            let message = "a bucketing_tool needs a connection that carries skills, with from";
            faults.push(row.at.fault("bucketing-without-source", message));
        }
    }
    if connection.is_some_and(|one| policy(one) == Some(OnChange::Snapshot)) {
        let message =
            "what is put in order cannot be a snapshot: the order is that of the things themselves";
        faults.push(row.at.fault("connection-policy", message));
    }
}

fn policy(connection: &connection::Model) -> Option<OnChange> {
    connection.on_change.as_deref().and_then(OnChange::parse)
}

fn ends(view: &View<'_>, row: &Row<connection::Model>, faults: &mut Vec<Fault>) {
    for (end, id) in [
        ("source", row.source_block_id),
        ("target", row.target_block_id),
    ] {
        if let Some(id) = id
            && !view.placements.contains_key(&id)
        {
            let message = format!("the {end} {id} of connection {} is not there", row.id);
            faults.push(row.at.fault("dangling-connection", message));
        }
    }
    if let Some(tool) = row.source_tool_id
        && !view.tools.contains_key(&tool)
    {
        let message = format!("the tool {tool} of connection {} is not there", row.id);
        faults.push(row.at.fault("dangling-connection", message));
    }
}

/// What is carried, which part of it, and what for.
fn carry(view: &View<'_>, row: &Row<connection::Model>, filter: &Filter, faults: &mut Vec<Fault>) {
    let Some(kind) = carried(row) else {
        let message = format!("data must be one of {}", DataKind::choices());
        faults.push(row.at.fault("unknown-word", message));
        return;
    };
    for key in filter.strangers(kind) {
        let message = match key {
            "category" | "type" | "field" => {
                format!("{key} does not fit {} as it is written", kind.as_str())
            }
            _ => format!("{} cannot be filtered by {key}", kind.as_str()),
        };
        faults.push(row.at.fault("connection-filter", message));
    }
    if kind == DataKind::Profile && filter.field.is_none() {
        let message = "a connection carries one text of the profile; name it by field";
        faults.push(row.at.fault("connection-filter", message));
    }
    source::check(view, row, kind, filter, faults);
    let usage = row.usage.as_deref().and_then(Usage::parse);
    if usage == Some(Usage::Aggregate) && !countable(view, row, kind, filter) {
        let message = "aggregate needs several things to count, or a number";
        faults.push(row.at.fault("connection-usage", message));
    }
}

/// True for collections and numbers.
fn countable(
    view: &View<'_>,
    row: &Row<connection::Model>,
    kind: DataKind,
    filter: &Filter,
) -> bool {
    let slider = || {
        let source = view.placements.get(&row.source_block_id?)?.1;
        let prompt = view.prompts.get(&source.content_id?)?;
        InputKind::parse(&prompt.input_type).filter(|kind| *kind == InputKind::Slider)
    };
    match kind {
        DataKind::Answer => slider().is_some(),
        DataKind::Dashboard => {
            let field = filter.field_of(DashboardField::parse);
            field.is_some_and(|field| field != DashboardField::Notes)
        }
        kind => kind.is_collection(),
    }
}
