//! One module: its items in order, counted and turned into rows.

use std::collections::HashMap;

use serde::Deserialize;

use super::{
    attributes::{Attributes, split},
    block,
    front::Opened,
    scan::{Item, scan},
    variants::Worded,
};
use crate::{
    Location,
    edition::{Draft, Origin, uuid_of},
    entity::{content_block, content_source, stem},
    toml_at::parse,
};

/// What is known while a module is being read.
pub(super) struct Reading<'a> {
    pub(super) draft: &'a mut Draft,
    /// Ids of tools by name.
    pub(super) tools: &'a HashMap<String, i32>,
    /// Where the reading has come to.
    pub(super) location: Location,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    sources: Vec<WrittenSource>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenSource {
    reference: String,
    usage: String,
    notes: Option<String>,
}

/// Reads a module to its end.
pub(super) fn read(draft: &mut Draft, tools: &HashMap<String, i32>, module: &Opened<'_>) {
    let location = Location {
        part: module.part,
        module: module.module,
        exercise: 0,
        activity: 0,
    };
    let mut reading = Reading {
        draft,
        tools,
        location,
    };
    let mut below_exercise = false;
    let items = scan(module);
    if !matches!(items.first(), Some(Item::Heading(_, 1, _))) {
        let message = "a module opens with its heading, one # and a blank";
        reading
            .draft
            .fault(&module.at(1), "module-heading", message);
    }
    for (index, item) in items.iter().enumerate() {
        match item {
            Item::Heading(line, depth, text) => {
                reading.heading(module, index, (*line, *depth), text);
            }
            Item::Table(line, toml) if below_exercise => {
                reading.sources(&module.at(*line), toml);
            }
            Item::Table(line, _) => reading.draft.fault(
                &module.at(line.saturating_sub(1)),
                "stray-table",
                "a table of sources stands directly below the heading of an exercise",
            ),
            Item::Block(line, fenced) => reading.block(&module.at(*line), fenced),
            Item::Broken(line, rule, message) => {
                reading.draft.fault(&module.at(*line), rule, *message);
            }
        }
        below_exercise = matches!(item, Item::Heading(_, 2, _));
    }
}

impl Reading<'_> {
    fn heading(
        &mut self,
        module: &Opened<'_>,
        index: usize,
        (line, depth): (usize, usize),
        text: &str,
    ) {
        let at = module.at(line);
        match depth {
            1 if index > 0 => {
                self.draft
                    .fault(&at, "module-heading", "a module has one heading with one #");
            }
            1 => {}
            2 => {
                self.location.exercise += 1;
                self.location.activity = 0;
            }
            _ if self.location.exercise == 0 => {
                self.draft.fault(
                    &at,
                    "stray-activity",
                    "an activity stands below an exercise",
                );
            }
            _ => self.location.activity += 1,
        }
        let Some((title, attributes)) = self.split(&at, text, &[], &[]) else {
            return;
        };
        if depth == 1 && title != module.title {
            let message = format!("the head calls the module {:?}", module.title);
            self.draft.fault(&at, "title-differs", message);
        }
        let worded = Worded::read(title, &attributes);
        self.text(&at, (attributes.id, 1), "heading", worded);
    }

    /// Divides a line into text and attributes, and refuses attributes that do not belong there.
    pub(super) fn split<'a>(
        &mut self,
        at: &Origin,
        line: &'a str,
        values: &[&str],
        flags: &[&str],
    ) -> Option<(&'a str, Attributes<'a>)> {
        let (text, attributes) = match split(line) {
            Ok(found) => found,
            Err(message) => {
                self.draft.fault(at, "missing-id", message);
                return None;
            }
        };
        if let Some(surplus) = attributes.surplus(values, flags) {
            let message = format!("{surplus} does not belong here, or is there twice");
            self.draft.fault(at, "unknown-attribute", message);
        }
        Some((text, attributes))
    }

    fn block(&mut self, at: &Origin, fenced: &super::scan::Fenced) {
        block::read(self, at, fenced);
    }

    /// Adds a text to read.
    pub(super) fn text(
        &mut self,
        at: &Origin,
        (id, version): (i32, i32),
        kind: &str,
        mut text: Worded,
    ) {
        self.draft.content_blocks.push(at.row(content_block::Model {
            id,
            content_type: kind.to_owned(),
            content: std::mem::take(&mut text.text),
            version,
            is_active: true,
        }));
        let row = stem::Model {
            content_id: Some(id),
            ..self.stem(id, "content")
        };
        self.place(at, text.onto(row));
    }

    /// A row of `stem` at the present place; what it places is still open.
    pub(super) fn stem(&self, id: i32, block_type: &str) -> stem::Model {
        stem::Model {
            id,
            part: self.location.part,
            module: self.location.module,
            exercise: self.location.exercise,
            activity: self.location.activity,
            sequence: i32::try_from(self.draft.stem.len() + 1).unwrap_or(i32::MAX),
            block_type: block_type.to_owned(),
            content_id: None,
            connection_id: None,
            is_required: false,
            config: None,
            variant_group: None,
            wordings: None,
            is_active: true,
        }
    }

    pub(super) fn place(&mut self, at: &Origin, row: stem::Model) {
        self.draft.stem.push(at.row(row));
    }

    fn sources(&mut self, at: &Origin, toml: &str) {
        let Some(table) = parse::<Table>(self.draft, at, toml) else {
            return;
        };
        let exercise = self.location.exercise_id();
        for source in table.sources {
            let reference = uuid_of("reference", &source.reference);
            if !self
                .draft
                .references
                .iter()
                .any(|known| known.id == reference)
            {
                let message = format!("{:?} is not in references.toml", source.reference);
                self.draft.fault(at, "unknown-reference", message);
                continue;
            }
            let key = format!("{exercise}:{reference}:{}", source.usage);
            self.draft
                .content_sources
                .push(at.row(content_source::Model {
                    id: uuid_of("source", &key),
                    exercise_id: exercise.clone(),
                    reference_id: reference,
                    usage_type: source.usage,
                    notes: source.notes,
                    is_active: true,
                }));
        }
    }
}
