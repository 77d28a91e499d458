//! One block between lines of three colons.

use serde::Deserialize;

use super::{
    attributes::Attributes,
    module::Reading,
    scan::Fenced,
    variants::{Worded, version},
};
use crate::{
    ContentKind,
    edition::Origin,
    entity::{connection, prompt, stem},
    toml_at::parse,
};

/// `[connection]` in the settings of a prompt or a tool.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenConnection {
    id: i32,
    from: Option<i32>,
    #[serde(rename = "type")]
    kind: String,
    data: String,
    #[serde(rename = "use")]
    usage: String,
    on_change: Option<String>,
    filter: Option<toml::Table>,
    notes: Option<String>,
}

/// Reads a block and adds its rows.
pub(super) fn read(reading: &mut Reading<'_>, at: &Origin, fenced: &Fenced) {
    let opening = fenced.opening.as_str();
    match opening
        .split(|c: char| c == '{' || c.is_whitespace())
        .next()
        .unwrap_or_default()
    {
        "prompt" => {
            let flags = ["required", "private"];
            let Some((_, found)) =
                reading.split(at, opening, &["input", "variants", "version"], &flags)
            else {
                return;
            };
            prompt(reading, at, fenced, &found);
        }
        "tool" => {
            let found = reading.split(at, opening, &["name", "variants"], &["required"]);
            let Some((_, found)) = found else { return };
            tool(reading, at, fenced, &found);
        }
        kind if ContentKind::parse(kind).is_some_and(|kind| kind != ContentKind::Heading) => {
            let found = reading.split(at, opening, &["variants", "version"], &[]);
            let Some((_, found)) = found else { return };
            let worded = Worded::read(&fenced.inside, &found);
            let version = version(reading, at, &found);
            reading.text(at, (found.id, version), kind, worded);
        }
        kind => {
            let message = format!(
                "{kind:?} is no kind of block; there are prompt, tool, instruction, note, quote, \
                 transition and celebration"
            );
            reading.draft.fault(at, "unknown-block", message);
        }
    }
}

fn prompt(reading: &mut Reading<'_>, at: &Origin, fenced: &Fenced, found: &Attributes<'_>) {
    let Some((text, mut settings)) = divide(reading, at, fenced) else {
        return;
    };
    let connection = connect(reading, at, found.id, &mut settings);
    let Some(input) = found.value("input") else {
        reading
            .draft
            .fault(at, "unknown-input", "a prompt needs input=…");
        return;
    };
    let mut worded = Worded::read(&text, found);
    let version = version(reading, at, found);
    reading.draft.prompts.push(at.row(prompt::Model {
        id: found.id,
        prompt_text: std::mem::take(&mut worded.text),
        input_type: input.to_owned(),
        input_config: json(&settings),
        is_private: found.flag("private"),
        version,
        is_active: true,
    }));
    let row = stem::Model {
        content_id: Some(found.id),
        connection_id: connection,
        is_required: found.flag("required"),
        ..reading.stem(found.id, "prompt")
    };
    reading.place(at, worded.onto(row));
}

fn tool(reading: &mut Reading<'_>, at: &Origin, fenced: &Fenced, found: &Attributes<'_>) {
    let Some((text, mut settings)) = divide(reading, at, fenced) else {
        return;
    };
    let connection = connect(reading, at, found.id, &mut settings);
    let name = found.value("name").unwrap_or_default();
    let Some(tool) = reading.tools.get(name).copied() else {
        let message = format!("{name:?} is not in tools.toml");
        reading.draft.fault(at, "unknown-tool", message);
        return;
    };
    let mut worded = Worded::read(&text, found);
    if !worded.text.is_empty() {
        let text = std::mem::take(&mut worded.text);
        settings.insert("instructions".to_owned(), toml::Value::String(text));
    }
    let row = stem::Model {
        content_id: Some(tool),
        connection_id: connection,
        is_required: found.flag("required"),
        config: json(&settings),
        ..reading.stem(found.id, "tool")
    };
    reading.place(at, worded.onto(row));
}

/// Divides the inside at the first line of `---` into the body and the settings.
fn divide(
    reading: &mut Reading<'_>,
    at: &Origin,
    fenced: &Fenced,
) -> Option<(String, toml::Table)> {
    let mut start = 0;
    for (index, line) in fenced.inside.split_inclusive('\n').enumerate() {
        if line.trim_end() == "---" {
            let body = fenced.inside[..start].trim().to_owned();
            let toml = &fenced.inside[start + line.len()..];
            let at = Origin::new(&at.file, at.line + index + 2);
            return Some((body, parse(reading.draft, &at, toml)?));
        }
        start += line.len();
    }
    Some((fenced.inside.trim().to_owned(), toml::Table::new()))
}

/// Takes the connection out of the settings and adds its row.
fn connect(
    reading: &mut Reading<'_>,
    at: &Origin,
    target: i32,
    settings: &mut toml::Table,
) -> Option<i32> {
    let written = match settings
        .remove("connection")?
        .try_into::<WrittenConnection>()
    {
        Ok(written) => written,
        Err(error) => {
            let message = format!("[connection]: {}", error.message().trim());
            reading.draft.fault(at, "settings", message);
            return None;
        }
    };
    reading.draft.connections.push(at.row(connection::Model {
        id: written.id,
        source_block_id: written.from,
        target_block_id: Some(target),
        source_location: None,
        target_location: Some(reading.location.to_string()),
        connection_type: written.kind,
        data_object: Some(written.data),
        source_tool_id: None,
        transform: None,
        usage: Some(written.usage),
        on_change: written.on_change,
        filter: written.filter.as_ref().and_then(json),
        implementation_notes: written.notes,
        is_active: true,
    }));
    Some(written.id)
}

/// Settings as the JSON of the tables; nothing when there are none.
fn json(settings: &toml::Table) -> Option<String> {
    if settings.is_empty() {
        return None;
    }
    serde_json::to_string(settings).ok()
}
