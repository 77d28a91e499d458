//! `stem`, `content_blocks`, `prompts`, `tools`, `connections`, `data_objects`, `ongoing_practices`.

use super::{Cells, Reading, Shape};
use crate::entity::{connection, content_block, data_object, ongoing_practice, prompt, stem, tool};

pub(super) const STEM: Shape = Shape {
    required: &[
        "id",
        "part",
        "module",
        "exercise",
        "activity",
        "sequence",
        "block_type",
        "content_id",
    ],
    optional: &[
        "connection_id",
        "is_required",
        "config",
        "variant_group",
        "wordings",
        "is_active",
    ],
};

pub(super) fn stem(cells: &mut Cells<'_>) -> Reading<stem::Model> {
    let block_type = cells.text("block_type")?.trim().to_owned();
    let asks = block_type == "prompt" || block_type == "tool";
    Ok(stem::Model {
        id: cells.number("id")?,
        part: cells.number("part")?,
        module: cells.number("module")?,
        exercise: cells.number("exercise")?,
        activity: cells.number("activity")?,
        sequence: cells.number("sequence")?,
        content_id: cells.optional_number("content_id")?,
        connection_id: cells.optional_number("connection_id")?,
        is_required: cells.flag("is_required", asks)?,
        config: cells.optional("config"),
        variant_group: cells.optional("variant_group"),
        wordings: cells.optional("wordings"),
        is_active: cells.flag("is_active", true)?,
        block_type,
    })
}

pub(super) const CONTENT_BLOCKS: Shape = Shape {
    required: &["id", "content_type", "content"],
    optional: &["version", "is_active"],
};

pub(super) fn content_block(cells: &mut Cells<'_>) -> Reading<content_block::Model> {
    Ok(content_block::Model {
        id: cells.number("id")?,
        content_type: cells.text("content_type")?,
        content: cells.text("content")?,
        version: cells.number_or("version", 1)?,
        is_active: cells.flag("is_active", true)?,
    })
}

pub(super) const PROMPTS: Shape = Shape {
    required: &["id", "prompt_text", "input_type"],
    optional: &["input_config", "is_private", "version", "is_active"],
};

/// A prompt; where `is_private` is empty, [`super::finish`] decides.
pub(super) fn prompt(cells: &mut Cells<'_>) -> Reading<prompt::Model> {
    Ok(prompt::Model {
        id: cells.number("id")?,
        prompt_text: cells.text("prompt_text")?,
        input_type: cells.text("input_type")?,
        input_config: cells.optional("input_config"),
        is_private: cells.flag("is_private", false)?,
        version: cells.number_or("version", 1)?,
        is_active: cells.flag("is_active", true)?,
    })
}

pub(super) const TOOLS: Shape = Shape {
    required: &["id", "name"],
    optional: &[
        "kind",
        "config",
        "title",
        "description",
        "instructions",
        "icon_name",
        "has_reminder",
        "reminder_frequency",
        "reminder_prompt",
        "unlocks_at_exercise",
        "version",
        "is_active",
    ],
};

pub(super) fn tool(cells: &mut Cells<'_>) -> Reading<tool::Model> {
    let name = cells.text("name")?;
    let frequency = cells.optional("reminder_frequency");
    Ok(tool::Model {
        id: cells.number("id")?,
        title: cells.optional("title").unwrap_or_else(|| titled(&name)),
        kind: cells.optional("kind").unwrap_or_else(|| name.clone()),
        config: cells.optional("config"),
        name,
        description: cells.optional("description"),
        instructions: cells.optional("instructions"),
        icon_name: cells.optional("icon_name"),
        has_reminder: cells.flag("has_reminder", frequency.is_some())?,
        reminder_frequency: frequency,
        reminder_prompt: cells.optional("reminder_prompt"),
        unlocks_at_exercise: cells
            .optional("unlocks_at_exercise")
            .map(|id| exercise(&id)),
        version: cells.number_or("version", 1)?,
        is_active: cells.flag("is_active", true)?,
    })
}

pub(super) const CONNECTIONS: Shape = Shape {
    required: &["id", "connection_type"],
    optional: &[
        "source_block_id",
        "target_block_id",
        "source_location",
        "target_location",
        "data_object",
        "source_tool_id",
        "transform",
        "usage",
        "on_change",
        "filter",
        "implementation_notes",
        "is_active",
    ],
};

pub(super) fn connection(cells: &mut Cells<'_>) -> Reading<connection::Model> {
    Ok(connection::Model {
        id: cells.number("id")?,
        source_block_id: cells.optional_number("source_block_id")?,
        target_block_id: cells.optional_number("target_block_id")?,
        source_location: cells.optional("source_location"),
        target_location: cells.optional("target_location"),
        connection_type: cells.text("connection_type")?,
        data_object: cells.optional("data_object"),
        source_tool_id: cells.optional_number("source_tool_id")?,
        transform: cells.optional("transform"),
        usage: cells.optional("usage"),
        on_change: cells.optional("on_change"),
        filter: cells.optional("filter"),
        implementation_notes: cells.optional("implementation_notes"),
        is_active: cells.flag("is_active", true)?,
    })
}

pub(super) const DATA_OBJECTS: Shape = Shape {
    required: &["id", "name", "created_in", "data_type"],
    optional: &["reused_in", "implementation_notes", "is_active"],
};

pub(super) fn data_object(cells: &mut Cells<'_>) -> Reading<data_object::Model> {
    Ok(data_object::Model {
        id: cells.number("id")?,
        name: cells.text("name")?,
        created_in: cells.text("created_in")?,
        reused_in: cells.optional("reused_in"),
        data_type: cells.text("data_type")?,
        implementation_notes: cells.optional("implementation_notes"),
        is_active: cells.flag("is_active", true)?,
    })
}

pub(super) const PRACTICES: Shape = Shape {
    required: &["id", "name", "established_in", "frequency"],
    optional: &["used_by", "purpose", "is_active"],
};

pub(super) fn practice(cells: &mut Cells<'_>) -> Reading<ongoing_practice::Model> {
    Ok(ongoing_practice::Model {
        id: cells.number("id")?,
        name: cells.text("name")?,
        established_in: cells.text("established_in")?,
        used_by: cells.optional("used_by"),
        frequency: cells.text("frequency")?,
        purpose: cells.optional("purpose"),
        is_active: cells.flag("is_active", true)?,
    })
}

/// `list_builder` → `List builder`.
fn titled(name: &str) -> String {
    let words = name.replace('_', " ");
    let mut letters = words.chars();
    letters
        .next()
        .map(|first| first.to_uppercase().chain(letters).collect())
        .unwrap_or_default()
}

/// `1.1.1.v1` → `1.1.1`: the original sets name the variant of an exercise.
pub(super) fn exercise(id: &str) -> String {
    id.trim().split('.').take(3).collect::<Vec<_>>().join(".")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_variants_are_read() {
        assert_eq!(titled("list_builder"), "List builder");
        assert_eq!(exercise("1.1.10.v1"), "1.1.10");
    }
}
