//! New entries at the ends of the authors' files.

use std::{
    collections::{BTreeMap, HashSet},
    fs,
    path::Path,
};

use super::Imported;
use crate::{
    edition::{Draft, Origin},
    tables,
};

/// Entries by the name of the file that they belong into.
#[derive(Debug, Default)]
pub(super) struct Entries {
    files: BTreeMap<String, String>,
    added: HashSet<(&'static str, String)>,
    known: usize,
}

/// One entry, line by line.
pub(super) struct Entry(String);

impl Entry {
    /// An entry of this kind, such as `question`.
    pub(super) fn new(kind: &str) -> Self {
        Self(format!("\n[[{kind}]]\n"))
    }

    /// A text.
    pub(super) fn text(mut self, name: &str, text: &str) -> Self {
        self.0.extend([name, " = ", &quoted(text.trim()), "\n"]);
        self
    }

    /// A text, if there is one.
    pub(super) fn optional(self, name: &str, text: Option<&String>) -> Self {
        match text {
            Some(text) => self.text(name, text),
            None => self,
        }
    }

    /// A number.
    pub(super) fn number(mut self, name: &str, number: i32) -> Self {
        self.0.extend([name, " = ", &number.to_string(), "\n"]);
        self
    }

    /// A list of texts.
    pub(super) fn list(mut self, name: &str, texts: &[String]) -> Self {
        let texts: Vec<String> = texts.iter().map(|text| quoted(text)).collect();
        self.0.extend([name, " = [", &texts.join(", "), "]\n"]);
        self
    }

    /// A line that is TOML already.
    pub(super) fn line(mut self, line: &str) -> Self {
        self.0 += line;
        self.0.push('\n');
        self
    }
}

impl Entries {
    /// Adds an entry to a file; false when the import has one of this key already.
    pub(super) fn add(&mut self, file: &str, kind: &'static str, key: &str, entry: &Entry) -> bool {
        let new = self.added.insert((kind, key.to_owned()));
        if new {
            *self.files.entry(file.to_owned()).or_default() += &entry.0;
        }
        new
    }

    /// Notes an entry that is there already.
    pub(super) const fn skip(&mut self) {
        self.known += 1;
    }

    /// The files with the entries at their ends.
    pub(super) fn added_to(self, draft: &mut Draft, folder: &Path) -> Imported {
        let mut files = Vec::new();
        for (name, entries) in self.files {
            let path = folder.join(tables::COACHING).join(&name);
            match fs::read_to_string(&path) {
                Ok(text) => files.push((path, format!("{}\n{entries}", text.trim_end()))),
                Err(error) => {
                    let at = Origin::file(&format!("{}/{name}", tables::COACHING));
                    draft.fault(&at, "unreadable", error.to_string());
                }
            }
        }
        Imported {
            files,
            added: self.added.len(),
            known: self.known,
        }
    }
}

/// A text as TOML writes it.
pub(super) fn quoted(text: &str) -> String {
    toml::Value::from(text).to_string()
}
