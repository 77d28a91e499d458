//! What people read, with the names that warnings call it by.

use serde_json::Value;

use crate::{
    ContentKind,
    check::View,
    edition::{Origin, Row},
    entity::{stem, tool},
};

/// What a text is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A text of the workbook.
    Content(ContentKind),
    /// A question.
    Prompt,
    /// What to do with a tool at a place.
    Placed,
    /// What a tool is, told wherever it stands.
    Tool,
}

/// A text that people read.
#[derive(Debug)]
pub(super) struct Text {
    pub(super) at: Origin,
    /// Such as `1120`, or `tool:list_builder`.
    pub(super) id: String,
    pub(super) kind: Kind,
    /// Markdown.
    pub(super) words: String,
    /// The words of its input: labels, hints and what stands in an empty field.
    pub(super) labels: String,
}

impl Text {
    /// Somebody else's words, which nobody here may mend.
    pub(super) fn is_quoted(&self) -> bool {
        self.kind == Kind::Content(ContentKind::Quote)
    }
}

/// The texts of the workbook in the order of reading, each wording by itself, then those of the tools.
pub(super) fn texts(view: &View<'_>) -> Vec<Text> {
    let placed = view.reading.iter().flat_map(|row| placed(view, row));
    let tools = view.draft.tools.iter().filter(|tool| tool.is_active);
    placed.chain(tools.map(described)).collect()
}

fn placed(view: &View<'_>, row: &Row<stem::Model>) -> Vec<Text> {
    let id = row.content_id.unwrap_or_default();
    let found = match row.block_type.as_str() {
        "content" => view.blocks.get(&id).and_then(|block| {
            let kind = ContentKind::parse(&block.content_type)?;
            Some((Kind::Content(kind), block.content.clone(), String::new()))
        }),
        "prompt" => view.prompts.get(&id).map(|prompt| {
            let labels = labels(prompt.input_config.as_deref());
            (Kind::Prompt, prompt.prompt_text.clone(), labels)
        }),
        _ => Some((
            Kind::Placed,
            instructions(row),
            labels(row.config.as_deref()),
        )),
    };
    let Some((kind, words, labels)) = found else {
        return Vec::new();
    };
    let text = |words| Text {
        at: row.at.clone(),
        id: row.id.to_string(),
        kind,
        words,
        labels: labels.clone(),
    };
    let wordings = row.wordings.as_deref();
    let others: Vec<String> = wordings
        .and_then(|json| serde_json::from_str(json).ok())
        .unwrap_or_default();
    std::iter::once(words).chain(others).map(text).collect()
}

fn described(row: &Row<tool::Model>) -> Text {
    let parts = [&row.description, &row.instructions, &row.reminder_prompt];
    let words: Vec<&str> = parts.into_iter().flatten().map(String::as_str).collect();
    Text {
        at: row.at.clone(),
        id: format!("tool:{}", row.name),
        kind: Kind::Tool,
        words: words.join("\n"),
        labels: labels(row.config.as_deref()),
    }
}

fn instructions(row: &stem::Model) -> String {
    let config: Option<Value> = row
        .config
        .as_deref()
        .and_then(|json| serde_json::from_str(json).ok());
    let text = config
        .as_ref()
        .and_then(|config| config["instructions"].as_str());
    text.unwrap_or_default().to_owned()
}

/// What the settings of an input show to people, a line each.
fn labels(config: Option<&str>) -> String {
    let keys = ["label", "hint", "placeholder", "min_label", "max_label"];
    collected(config, &keys)
}

/// What people can choose from, a line each.
pub(super) fn choices(config: Option<&str>) -> String {
    collected(config, &["label"])
}

/// The texts of these keys, wherever in the settings they stand.
fn collected(config: Option<&str>, keys: &[&str]) -> String {
    let mut lines = Vec::new();
    if let Some(config) = config.and_then(|json| serde_json::from_str(json).ok()) {
        collect(&config, keys, &mut lines);
    }
    lines.join("\n")
}

fn collect(value: &Value, keys: &[&str], lines: &mut Vec<String>) {
    match value {
        Value::Object(map) => {
            for (key, value) in map {
                match value.as_str() {
                    Some(text) if keys.contains(&key.as_str()) => lines.push(text.to_owned()),
                    _ => collect(value, keys, lines),
                }
            }
        }
        Value::Array(values) => values.iter().for_each(|value| collect(value, keys, lines)),
        _ => {}
    }
}
