//! `tools.toml`.

use std::sync::Arc;

use serde::Deserialize;

use super::entries::entries;
use crate::{edition::Draft, entity::tool};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenTool {
    id: i32,
    name: String,
    title: String,
    description: String,
    instructions: String,
    icon: String,
    reminder: Option<WrittenReminder>,
    unlocks_at: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenReminder {
    frequency: String,
    prompt: String,
}

/// Adds the tools of the file.
pub(super) fn read(draft: &mut Draft, file: &Arc<str>, text: &str) {
    for (at, tool) in entries::<WrittenTool>(draft, file, text, "tool") {
        let has_reminder = tool.reminder.is_some();
        let (frequency, prompt) = tool
            .reminder
            .map(|reminder| (reminder.frequency, reminder.prompt))
            .unzip();
        draft.tools.push(at.row(tool::Model {
            id: tool.id,
            name: tool.name,
            title: tool.title,
            description: Some(tool.description),
            instructions: Some(tool.instructions),
            icon_name: Some(tool.icon),
            has_reminder,
            reminder_frequency: frequency,
            reminder_prompt: prompt,
            unlocks_at_exercise: tool.unlocks_at,
            version: 1,
            is_active: true,
        }));
    }
}
