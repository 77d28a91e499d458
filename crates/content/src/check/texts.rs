//! Texts that may not be empty, and a character that no database row may hold.

use serde::Serialize;
use serde_json::Value;

use crate::edition::{Draft, EachTable, Fault, Row};

pub(super) fn check(draft: &Draft, faults: &mut Vec<Fault>) {
    texts(&draft.stem, faults, &[]);
    texts(&draft.content_blocks, faults, &["content"]);
    texts(&draft.prompts, faults, &["prompt_text"]);
    texts(&draft.tools, faults, &["title"]);
    texts(&draft.connections, faults, &[]);
    texts(
        &draft.data_objects,
        faults,
        &["name", "created_in", "data_type"],
    );
    texts(
        &draft.ongoing_practices,
        faults,
        &["name", "established_in", "frequency"],
    );
    texts(&draft.personality_types, faults, &["name", "summary"]);
    texts(&draft.competencies, faults, &["name", "definition"]);
    texts(&draft.competency_levels, faults, &["description"]);
    texts(&draft.skills, faults, &["name"]);
    let references = ["author_surname", "full_citation", "short_citation"];
    texts(&draft.references, faults, &references);
    texts(&draft.content_sources, faults, &["exercise_id"]);
    draft.coaching.tables(&mut Texts(faults));
}

/// Looks at the coaching tables.
struct Texts<'a>(&'a mut Vec<Fault>);

impl EachTable for Texts<'_> {
    fn table<T: Serialize>(&mut self, _: &'static str, needed: &[&str], rows: &[Row<T>]) {
        texts(rows, self.0, needed);
    }
}

/// `needed` are the columns that may not be empty.
fn texts<T: Serialize>(rows: &[Row<T>], faults: &mut Vec<Fault>, needed: &[&str]) {
    for row in rows {
        let Ok(Value::Object(columns)) = serde_json::to_value(&row.row) else {
            continue;
        };
        for (column, value) in columns {
            let Value::String(text) = value else { continue };
            if text.trim().is_empty() && needed.contains(&column.as_str()) {
                faults.push(row.at.fault("empty-text", format!("{column} is empty")));
            }
            if text.contains('\0') || text.contains("\\u0000") {
                faults.push(
                    row.at
                        .fault("nul", format!("{column} contains a NUL character")),
                );
            }
        }
    }
}
