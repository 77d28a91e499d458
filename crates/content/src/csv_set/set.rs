//! Which file holds which table, and what the original sets leave unsaid.

use std::{collections::HashSet, sync::Arc};

use super::{Cells, Reading, Shape, content, record::records, reference};
use crate::{
    ToolKind, Usage,
    edition::{Draft, Row},
};

/// How a file becomes rows of a draft.
type Reader = fn(&mut Draft, &Arc<str>, &str);

/// Declares the reader of a table: its field in the draft, its columns, its rows.
macro_rules! reader {
    ($field:ident, $shape:expr, $row:expr) => {
        |draft, file, text| {
            let rows = rows(draft, file, text, &$shape, $row);
            draft.$field.extend(rows);
        }
    };
}

/// Every file of a set.
pub(crate) const FILES: &[(&str, Reader)] = &[
    ("stem.csv", reader!(stem, content::STEM, content::stem)),
    (
        "content_blocks.csv",
        reader!(
            content_blocks,
            content::CONTENT_BLOCKS,
            content::content_block
        ),
    ),
    ("prompts.csv", read_prompts),
    ("tools.csv", reader!(tools, content::TOOLS, content::tool)),
    (
        "connections.csv",
        reader!(connections, content::CONNECTIONS, content::connection),
    ),
    (
        "data_objects.csv",
        reader!(data_objects, content::DATA_OBJECTS, content::data_object),
    ),
    (
        "ongoing_practices.csv",
        reader!(ongoing_practices, content::PRACTICES, content::practice),
    ),
    (
        "personality_types.csv",
        reader!(
            personality_types,
            reference::PERSONALITY_TYPES,
            reference::personality_type
        ),
    ),
    (
        "competencies.csv",
        reader!(competencies, reference::COMPETENCIES, reference::competency),
    ),
    (
        "competency_levels.csv",
        reader!(
            competency_levels,
            reference::COMPETENCY_LEVELS,
            reference::competency_level
        ),
    ),
    (
        "skills.csv",
        reader!(skills, reference::SKILLS, reference::skill),
    ),
    (
        "references.csv",
        reader!(references, reference::REFERENCES, reference::reference),
    ),
    (
        "content_sources.csv",
        reader!(
            content_sources,
            reference::CONTENT_SOURCES,
            reference::content_source
        ),
    ),
];

fn rows<T>(
    draft: &mut Draft,
    file: &Arc<str>,
    text: &str,
    shape: &Shape,
    row: fn(&mut Cells<'_>) -> Reading<T>,
) -> Vec<Row<T>> {
    let records = records(draft, file, text, shape);
    records
        .into_iter()
        .filter_map(|record| Some(record.at.row(row(&mut Cells::of(draft, &record)).ok()?)))
        .collect()
}

/// A prompt that does not say whether it is private is so in module 1.4. The stem is read first.
fn read_prompts(draft: &mut Draft, file: &Arc<str>, text: &str) {
    let love: HashSet<i32> = draft
        .stem
        .iter()
        .filter(|row| (row.part, row.module) == (1, 4) && row.block_type == "prompt")
        .filter_map(|row| row.content_id)
        .collect();
    for record in records(draft, file, text, &content::PROMPTS) {
        let mut cells = Cells::of(draft, &record);
        let silent = cells.optional("is_private").is_none();
        let Ok(mut row) = content::prompt(&mut cells) else {
            continue;
        };
        row.is_private |= silent && love.contains(&row.id);
        draft.prompts.push(record.at.row(row));
    }
}

/// What the original sets leave unsaid: a list without a name is named after its placement, and what a
/// ranking grid or a bucketing tool arranges is chosen from its source.
pub(crate) fn finish(draft: &mut Draft) {
    let builders = tools(draft, &[ToolKind::ListBuilder]);
    let arrangers = tools(draft, &[ToolKind::RankingGrid, ToolKind::BucketingTool]);
    let mut arranged = HashSet::new();
    for row in draft.stem.iter_mut().filter(|row| row.block_type == "tool") {
        let Some(tool) = row.content_id else { continue };
        if builders.contains(&tool) && row.config.is_none() {
            row.row.config = Some(format!("{{\"list\":\"list-{}\"}}", row.id));
        }
        if arrangers.contains(&tool) {
            arranged.extend(row.connection_id);
        }
    }
    for connection in &mut draft.connections {
        if arranged.contains(&connection.id) && connection.usage.is_none() {
            connection.row.usage = Some(Usage::ChooseFrom.as_str().to_owned());
        }
    }
}

/// The tools of these kinds.
fn tools(draft: &Draft, kinds: &[ToolKind]) -> HashSet<i32> {
    let of = |kind: &str| ToolKind::parse(kind).is_some_and(|kind| kinds.contains(&kind));
    let tools = draft.tools.iter().filter(|tool| of(&tool.kind));
    tools.map(|tool| tool.id).collect()
}
