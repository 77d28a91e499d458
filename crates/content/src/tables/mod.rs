//! The files beside the modules: tools, references and what else is kept in tables.

mod coaching;
mod competencies;
mod consents;
mod entries;
mod head;
mod others;
mod references;
mod skills;
mod terms;
mod tools;

use std::sync::Arc;

use crate::edition::Draft;
pub(crate) use coaching::{FOLDER as COACHING, read as read_coaching};

/// How a file becomes rows of a draft.
type Reader = fn(&mut Draft, &Arc<str>, &str);

/// Every file beside the modules and the texts below, in the order in which they are read.
pub(crate) const FILES: &[(&str, Reader)] = &[
    ("tools.toml", tools::read),
    ("references.toml", references::read),
    ("personality-types.toml", others::read_types),
    ("competencies.toml", competencies::read),
    ("skills.csv", skills::read),
    ("practices.toml", others::read_practices),
    ("data-objects.toml", others::read_data_objects),
];

/// What people accept, also beside a set of CSV files.
pub(crate) const TERMS: (&str, Reader) = ("terms.md", terms::read);

/// What people may agree to beyond that: every Markdown file of this folder, also beside a set of CSV files.
pub(crate) const CONSENTS: (&str, Reader) = ("consents", consents::read);
