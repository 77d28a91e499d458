//! `tools.toml`.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use toml::Value;

use super::entries::entries;
use crate::{edition::Draft, entity::tool};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenTool {
    id: i32,
    name: String,
    kind: Option<String>,
    entries: Option<Value>,
    field: Option<Value>,
    of: Option<Value>,
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

/// What a tool that is defined as data says of itself.
#[derive(Serialize)]
struct Config {
    #[serde(skip_serializing_if = "Option::is_none")]
    entries: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fields: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    of: Option<Value>,
}

/// Adds the tools of the file.
pub(super) fn read(draft: &mut Draft, file: &Arc<str>, text: &str) {
    for (at, tool) in entries::<WrittenTool>(draft, file, text, "tool") {
        let config = Config {
            entries: tool.entries,
            fields: tool.field,
            of: tool.of,
        };
        let has_reminder = tool.reminder.is_some();
        let (frequency, prompt) = tool
            .reminder
            .map(|reminder| (reminder.frequency, reminder.prompt))
            .unzip();
        draft.tools.push(at.row(tool::Model {
            id: tool.id,
            kind: tool.kind.unwrap_or_else(|| tool.name.clone()),
            config: config.json(),
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

impl Config {
    /// As JSON, or nothing where nothing is said; what it means is looked at with all other rules.
    fn json(&self) -> Option<String> {
        let said = [&self.entries, &self.fields, &self.of];
        let said = said.into_iter().any(Option::is_some);
        said.then(|| serde_json::to_string(self).ok()).flatten()
    }
}
