//! Questions, tags and resources out of CSV files, with the columns of the tables that they were kept in elsewhere. They
//! become entries of the authors' files, so that people go on from there; what is there already is left alone.

mod known;
mod questions;
mod resources;
mod tags;
mod write;

use std::{
    fs, io,
    path::{Path, PathBuf},
    sync::Arc,
};

use crate::{
    csv_set::{Cells, Reading, Shape, records},
    edition::{Draft, Fault, Origin},
};
use known::Known;

/// What is to be imported.
#[derive(Clone, Debug, Default)]
pub struct Import {
    /// Questions, and from which number on their best answers are counted.
    pub questions: Option<(PathBuf, AnswersFrom)>,
    /// Skill tags with their insights and actions.
    pub tags: Option<PathBuf>,
    /// Things to learn from.
    pub resources: Option<PathBuf>,
}

/// The number of the first answer. It cannot be guessed: a file that never uses 0 may mean either.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AnswersFrom {
    /// 0 to 3.
    Zero,
    /// 1 to 4.
    One,
}

/// What an import would write.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Imported {
    /// Files and what they will hold.
    pub files: Vec<(PathBuf, String)>,
    /// How many entries are new.
    pub added: usize,
    /// How many are there already and stay as they are.
    pub known: usize,
}

/// Reads the CSV files against the content of a folder; the error holds every bad row, by file and line. Nothing is
/// written yet.
pub fn import(folder: &Path, wanted: &Import) -> Result<Imported, Vec<Fault>> {
    let mut draft = Draft::default();
    let known = Known::read(&mut draft, folder);
    let mut entries = write::Entries::default();
    if let Some((path, from)) = &wanted.questions {
        each_row(&mut draft, path, &questions::SHAPE, |cells| {
            questions::question(cells, *from, &known, &mut entries)
        });
    }
    if let Some(path) = &wanted.tags {
        each_row(&mut draft, path, &tags::SHAPE, |cells| {
            tags::tag(cells, &known, &mut entries)
        });
    }
    if let Some(path) = &wanted.resources {
        each_row(&mut draft, path, &resources::SHAPE, |cells| {
            resources::resource(cells, &known, &mut entries)
        });
    }
    let imported = entries.added_to(&mut draft, folder);
    if draft.faults.is_empty() {
        return Ok(imported);
    }
    draft.faults.sort();
    Err(draft.faults)
}

impl Imported {
    /// Writes the files, each as a whole or not at all.
    pub fn write(&self) -> io::Result<()> {
        for (path, text) in &self.files {
            let new = path.with_extension("toml.new");
            fs::write(&new, text)?;
            fs::rename(&new, path)?;
        }
        Ok(())
    }
}

/// Takes each row of a file; what does not fit is noted as a fault, and the next row is taken.
fn each_row(
    draft: &mut Draft,
    path: &Path,
    shape: &Shape,
    mut take: impl FnMut(&mut Cells<'_>) -> Reading<()>,
) {
    let Some(text) = read(draft, path) else {
        return;
    };
    for record in records(draft, &file(path), &text, shape) {
        // A row that does not fit has noted its fault.
        let _ = take(&mut Cells::of(draft, &record));
    }
}

fn file(path: &Path) -> Arc<str> {
    Arc::from(path.display().to_string())
}

fn read(draft: &mut Draft, path: &Path) -> Option<String> {
    match fs::read_to_string(path) {
        Ok(text) => Some(text.strip_prefix('\u{feff}').unwrap_or(&text).to_owned()),
        Err(error) => {
            let at = Origin::new(&file(path), 0);
            draft.fault(&at, "unreadable", error.to_string());
            None
        }
    }
}
