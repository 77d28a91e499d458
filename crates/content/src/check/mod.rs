//! The rules that a set of files keeps, all of them looked at, so that an author sees every fault at
//! once.

mod coaching;
pub(crate) mod connections;
mod ids;
mod placements;
mod reference;
mod texts;
mod variants;
mod words;

use std::collections::{HashMap, HashSet};

use crate::{
    ToolKind,
    edition::{Draft, Fault, Row},
    entity::{connection, content_block, prompt, stem, tool},
};

/// Every fault of a draft.
pub(crate) fn check(draft: &Draft) -> Vec<Fault> {
    let mut faults = Vec::new();
    let view = View::of(draft);
    ids::check(draft, &mut faults);
    texts::check(draft, &mut faults);
    words::check(draft, &mut faults);
    placements::check(&view, &mut faults);
    variants::check(&view, &mut faults);
    connections::check(&view, &mut faults);
    reference::check(&view, &mut faults);
    coaching::check(&draft.coaching, &mut faults);
    faults
}

/// A draft's active rows by id, as the rules look at them.
pub(crate) struct View<'a> {
    pub(crate) draft: &'a Draft,
    /// Active placements in the order of reading.
    pub(crate) reading: Vec<&'a Row<stem::Model>>,
    /// Active placements by id, with their place in the order.
    pub(crate) placements: HashMap<i32, (usize, &'a Row<stem::Model>)>,
    pub(crate) blocks: HashMap<i32, &'a Row<content_block::Model>>,
    pub(crate) prompts: HashMap<i32, &'a Row<prompt::Model>>,
    pub(crate) tools: HashMap<i32, &'a Row<tool::Model>>,
    pub(crate) connections: HashMap<i32, &'a Row<connection::Model>>,
    /// Exercises that something stands in.
    pub(crate) exercises: HashSet<String>,
}

impl<'a> View<'a> {
    pub(crate) fn of(draft: &'a Draft) -> Self {
        let mut reading: Vec<_> = draft.stem.iter().filter(|row| row.is_active).collect();
        reading.sort_by_key(|row| row.sequence);
        Self {
            draft,
            placements: reading
                .iter()
                .enumerate()
                .map(|(at, row)| (row.id, (at, *row)))
                .collect(),
            exercises: reading
                .iter()
                .map(|row| row.location().exercise_id())
                .collect(),
            reading,
            blocks: active(&draft.content_blocks, |row| row.is_active.then_some(row.id)),
            prompts: active(&draft.prompts, |row| row.is_active.then_some(row.id)),
            tools: active(&draft.tools, |row| row.is_active.then_some(row.id)),
            connections: active(&draft.connections, |row| row.is_active.then_some(row.id)),
        }
    }

    /// The kind of tool that a placement places.
    pub(crate) fn tool_kind(&self, placement: &stem::Model) -> Option<ToolKind> {
        let id = placement
            .content_id
            .filter(|_| placement.block_type == "tool")?;
        ToolKind::parse(&self.tools.get(&id)?.kind)
    }
}

fn active<T>(rows: &[Row<T>], id: impl Fn(&T) -> Option<i32>) -> HashMap<i32, &Row<T>> {
    rows.iter()
        .filter_map(|row| Some((id(&row.row)?, row)))
        .collect()
}
