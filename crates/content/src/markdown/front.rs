//! The head of a module's file.

use std::sync::Arc;

use serde::Deserialize;

use super::ModuleFile;
use crate::{
    edition::{Draft, Origin},
    toml_at::parse,
};

/// A module whose head could be read.
pub(super) struct Opened<'a> {
    pub(super) file: &'a Arc<str>,
    pub(super) part: i32,
    pub(super) module: i32,
    pub(super) title: String,
    /// The lines below the head with their numbers.
    pub(super) lines: Vec<(usize, &'a str)>,
}

impl Opened<'_> {
    pub(super) fn at(&self, line: usize) -> Origin {
        Origin::new(self.file, line)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Head {
    part: i32,
    module: i32,
    title: String,
    #[serde(rename = "minutes")]
    _minutes: Option<u32>,
}

/// Reads the head; a fault and nothing when there is none.
pub(super) fn open<'a>(draft: &mut Draft, file: &'a ModuleFile) -> Option<Opened<'a>> {
    let top = Origin::new(&file.file, 1);
    let mut lines = file
        .text
        .lines()
        .enumerate()
        .map(|(index, line)| (index + 1, line));
    if lines
        .next()
        .is_none_or(|(_, line)| line.trim_end() != "+++")
    {
        draft.fault(
            &top,
            "missing-head",
            "a module begins with TOML between lines of +++",
        );
        return None;
    }
    let mut toml = String::new();
    let mut closed = false;
    for (_, line) in lines.by_ref() {
        if line.trim_end() == "+++" {
            closed = true;
            break;
        }
        toml.push_str(line);
        toml.push('\n');
    }
    if !closed {
        draft.fault(&top, "missing-head", "the head has no closing line of +++");
        return None;
    }
    let head: Head = parse(draft, &Origin::new(&file.file, 2), &toml)?;
    let (part, module) = (head.part, head.module);
    let name = file.file.rsplit('/').next().unwrap_or_default();
    if !name.starts_with(&format!("{part}.{module}-")) {
        let message = format!("the file of module {part}.{module} is named {part}.{module}-….md");
        draft.fault(&top, "file-name", message);
    }
    let lines = lines.collect();
    Some(Opened {
        file: &file.file,
        part,
        module,
        title: head.title,
        lines,
    })
}
