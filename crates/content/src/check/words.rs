//! Words that must be known, and JSON that must fit them.

use serde_json::Value;

use crate::{
    CompetencyCategory, ConnectionKind, ContentKind, Frequency, Input, InputKind, OnChange, Shape,
    SkillCategory, SourceUsage, ToolKind, Usage,
    edition::{Draft, Fault, Origin},
    entity::tool,
};

pub(super) fn check(draft: &Draft, faults: &mut Vec<Fault>) {
    for row in &draft.content_blocks {
        let known = ContentKind::parse(&row.content_type).is_some();
        word(
            faults,
            &row.at,
            known,
            "content_type",
            &row.content_type,
            &ContentKind::choices(),
        );
    }
    for row in &draft.prompts {
        match InputKind::parse(&row.input_type) {
            Some(kind) => {
                if let Err(message) = Input::parse(kind, row.input_config.as_deref()) {
                    faults.push(row.at.fault("input-settings", message));
                }
            }
            None => {
                word(
                    faults,
                    &row.at,
                    false,
                    "input",
                    &row.input_type,
                    &InputKind::choices(),
                );
            }
        }
    }
    for row in &draft.tools {
        tool(faults, &row.at, row);
    }
    for row in &draft.connections {
        let kind = &row.connection_type;
        let known = ConnectionKind::parse(kind).is_some();
        word(
            faults,
            &row.at,
            known,
            "type",
            kind,
            &ConnectionKind::choices(),
        );
        if let Some(usage) = &row.usage {
            let known = Usage::parse(usage).is_some();
            word(faults, &row.at, known, "use", usage, &Usage::choices());
        }
        if let Some(policy) = &row.on_change {
            let known = OnChange::parse(policy).is_some();
            let choices = OnChange::choices();
            word(faults, &row.at, known, "on_change", policy, &choices);
        }
    }
    for row in &draft.competencies {
        let known = CompetencyCategory::parse(&row.category).is_some();
        let choices = CompetencyCategory::choices();
        word(faults, &row.at, known, "category", &row.category, &choices);
        let modules = row.relevant_modules.as_deref().unwrap_or("[]");
        if serde_json::from_str::<Vec<String>>(modules).is_err() {
            let message = "relevant_modules is no JSON array of texts";
            faults.push(row.at.fault("json", message));
        }
    }
    for row in &draft.skills {
        let Some(category) = &row.category else {
            continue;
        };
        let known = SkillCategory::parse(category).is_some();
        word(
            faults,
            &row.at,
            known,
            "category",
            category,
            &SkillCategory::choices(),
        );
    }
    for row in &draft.references {
        let metadata = row.metadata.as_deref().unwrap_or("{}");
        if serde_json::from_str::<Value>(metadata).is_err() {
            faults.push(row.at.fault("json", "metadata is no JSON"));
        }
    }
    for row in &draft.content_sources {
        let known = SourceUsage::parse(&row.usage_type).is_some();
        word(
            faults,
            &row.at,
            known,
            "usage",
            &row.usage_type,
            &SourceUsage::choices(),
        );
    }
}

fn tool(faults: &mut Vec<Fault>, at: &Origin, row: &tool::Model) {
    shape(faults, at, row);
    match &row.reminder_frequency {
        Some(frequency) => {
            let known = Frequency::parse(frequency).is_some();
            word(
                faults,
                at,
                known,
                "frequency",
                frequency,
                &Frequency::choices(),
            );
        }
        None if row.has_reminder => {
            faults.push(at.fault("unknown-word", "a reminder needs a frequency"));
        }
        None => {}
    }
}

/// A kind of its own is placed by its own name; what a tool is made of that is defined as data stands in its settings.
fn shape(faults: &mut Vec<Fault>, at: &Origin, row: &tool::Model) {
    let Some(kind) = ToolKind::parse(&row.kind) else {
        let choices = ToolKind::choices();
        word(faults, at, false, "kind of tool", &row.kind, &choices);
        return;
    };
    let defined = matches!(kind, ToolKind::Record | ToolKind::Collection);
    let named = ToolKind::parse(&row.name);
    if named.is_some_and(|named| named != kind) || (named.is_none() && !defined) {
        let message = format!(
            "{:?} cannot be of the kind {}; only record and collection have tools of other names",
            row.name,
            kind.as_str()
        );
        faults.push(at.fault("tool-kind", message));
    }
    if let Err(messages) = Shape::parse(kind, row.config.as_deref()) {
        let messages = messages.into_iter();
        faults.extend(messages.map(|message| at.fault("tool-shape", message)));
    }
}

fn word(faults: &mut Vec<Fault>, at: &Origin, known: bool, what: &str, text: &str, choices: &str) {
    if !known {
        let message = format!("{text:?} is no {what}; there are {choices}");
        faults.push(at.fault("unknown-word", message));
    }
}
