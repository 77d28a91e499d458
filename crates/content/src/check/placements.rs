//! What stands where.

use super::View;
use crate::{
    ToolSettings,
    edition::{Fault, Row},
    entity::stem,
};

pub(super) fn check(view: &View<'_>, faults: &mut Vec<Fault>) {
    for row in &view.reading {
        placed(view, row, faults);
        located(row, faults);
        settings(view, row, faults);
    }
    for pair in view.reading.windows(2) {
        let (before, after) = (pair[0].location(), pair[1].location());
        if after < before {
            let message = format!("{after} stands behind {before} in the order of reading");
            faults.push(pair[1].at.fault("order", message));
        }
    }
}

fn placed(view: &View<'_>, row: &Row<stem::Model>, faults: &mut Vec<Fault>) {
    let kind = row.block_type.as_str();
    if !["content", "prompt", "tool"].contains(&kind) {
        let message = format!("{kind:?} is no block_type; there are content, prompt, tool");
        faults.push(row.at.fault("unknown-word", message));
        return;
    }
    let there = row.content_id.is_some_and(|id| match kind {
        "content" => view.blocks.contains_key(&id),
        "prompt" => view.prompts.contains_key(&id),
        _ => view.tools.contains_key(&id),
    });
    if !there {
        let id = row
            .content_id
            .map_or("nothing".to_owned(), |id| id.to_string());
        let message = format!(
            "placement {} places {kind} {id}, which is not there",
            row.id
        );
        faults.push(row.at.fault("dangling-content", message));
    }
}

fn located(row: &Row<stem::Model>, faults: &mut Vec<Fault>) {
    let location = row.location();
    if location.part < 1 || location.module < 0 || location.exercise < 0 || location.activity < 0 {
        let message = format!(
            "placement {} stands at {location}, which is nowhere",
            row.id
        );
        faults.push(row.at.fault("location", message));
    }
    if row.sequence < 1 {
        let message = format!("placement {} has a sequence below 1", row.id);
        faults.push(row.at.fault("location", message));
    }
}

fn settings(view: &View<'_>, row: &Row<stem::Model>, faults: &mut Vec<Fault>) {
    if let Some(tool) = view.tool_kind(row)
        && let Err(message) = ToolSettings::parse(tool, row.config.as_deref())
    {
        faults.push(row.at.fault("tool-settings", message));
    }
    if row.block_type != "tool" && row.config.is_some() {
        faults.push(
            row.at
                .fault("tool-settings", "only a tool has settings at its place"),
        );
    }
    if row.is_required && row.block_type == "content" {
        let message = "there is nothing to answer here, so it cannot be required";
        faults.push(row.at.fault("required-content", message));
    }
}
