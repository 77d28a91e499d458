//! What builds on what. A source stands earlier than its target, so there are no circles.

use super::View;
use crate::{
    DataKind, Filter, ToolKind,
    edition::{Fault, Row},
    entity::{connection, stem},
};

pub(super) fn check(view: &View<'_>, faults: &mut Vec<Fault>) {
    for row in &view.draft.connections {
        ends(view, row, faults);
        if let Err(message) = Filter::parse(row.filter.as_deref()) {
            faults.push(row.at.fault("connection-filter", message));
        }
        if row.usage.is_some() {
            data(view, row, faults);
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
            (_, Some(connection)) => earlier(view, row, connection, faults),
            (None, None) => {}
        }
        arranged(view, row, connection, faults);
    }
}

/// What only puts in order or in buckets what is there needs something to work on.
fn arranged(
    view: &View<'_>,
    row: &Row<stem::Model>,
    connection: Option<&&Row<connection::Model>>,
    faults: &mut Vec<Fault>,
) {
    let kind = connection
        .filter(|one| one.usage.is_some())
        .and_then(|one| carried(one));
    match view.tool_kind(row) {
        Some(ToolKind::RankingGrid) if !matches!(kind, Some(DataKind::List | DataKind::Skills)) => {
            let message = "a ranking_grid needs a connection that carries a list or skills";
            faults.push(row.at.fault("ranking-without-source", message));
        }
        Some(ToolKind::BucketingTool) if kind != Some(DataKind::Skills) => {
            let message = "a bucketing_tool needs a connection that carries skills";
            faults.push(row.at.fault("bucketing-without-source", message));
        }
        _ => {}
    }
}

fn carried(connection: &connection::Model) -> Option<DataKind> {
    connection.data_object.as_deref().and_then(DataKind::parse)
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

/// What is carried must be what the source makes.
fn data(view: &View<'_>, row: &Row<connection::Model>, faults: &mut Vec<Fault>) {
    let Some(kind) = carried(row) else {
        let message = format!("data must be one of {}", DataKind::choices());
        faults.push(row.at.fault("unknown-word", message));
        return;
    };
    let filtered = Filter::parse(row.filter.as_deref()).is_ok_and(|one| one != Filter::default());
    if filtered && kind != DataKind::Skills {
        faults.push(
            row.at
                .fault("connection-filter", "only skills can be filtered"),
        );
    }
    let Some(source) = row.source_block_id else {
        let message = format!("connection {} has no source", row.id);
        faults.push(row.at.fault("dangling-connection", message));
        return;
    };
    let Some((_, source)) = view.placements.get(&source) else {
        return;
    };
    if !makes(view, source, kind) {
        let message = format!("placement {} does not make {}", source.id, kind.as_str());
        faults.push(row.at.fault("connection-data", message));
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

/// True when a placement makes data of a kind. A ranking grid and a bucketing tool make what they arrange.
fn makes(view: &View<'_>, source: &stem::Model, kind: DataKind) -> bool {
    let Some(tool) = view.tool_kind(source) else {
        return kind == DataKind::Answer && source.block_type == "prompt";
    };
    match tool {
        ToolKind::ListBuilder => kind == DataKind::List,
        ToolKind::SoaredForm => kind == DataKind::Stories,
        ToolKind::SkillTagger => kind == DataKind::Skills,
        ToolKind::MbtiSelector => kind == DataKind::Personality,
        ToolKind::BudgetCalculator => kind == DataKind::Budget,
        ToolKind::FlowTracker => kind == DataKind::Flow,
        ToolKind::LifeDashboard => kind == DataKind::Dashboard,
        ToolKind::RankingGrid | ToolKind::BucketingTool => {
            let connection = source
                .connection_id
                .and_then(|id| view.connections.get(&id));
            connection.and_then(|one| carried(one)) == Some(kind)
        }
        ToolKind::FailureReframer
        | ToolKind::IdeaTree
        | ToolKind::Record
        | ToolKind::Collection => false,
    }
}

fn earlier(
    view: &View<'_>,
    target: &Row<stem::Model>,
    connection: &Row<connection::Model>,
    faults: &mut Vec<Fault>,
) {
    if connection.usage.is_none() {
        return;
    }
    let place = |id| view.placements.get(&id).map(|(place, _)| *place);
    let source = connection.source_block_id.and_then(place);
    if let (Some(source), Some(target_place)) = (source, place(target.id))
        && source >= target_place
    {
        let message = format!(
            "placement {} builds on one that does not stand earlier",
            target.id
        );
        faults.push(target.at.fault("connection-not-earlier", message));
    }
}
