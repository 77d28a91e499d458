//! A set of files while it is being read.

use std::{ops::Deref, sync::Arc};

use super::{Coaching, Fault};
use crate::entity::{
    competency, competency_level, connection, consent, content_block, content_source, data_object,
    ongoing_practice, personality_type, prompt, reference, skill, stem, terms, tool,
};

/// Rows as read, with the faults met on the way.
#[derive(Debug, Default)]
pub(crate) struct Draft {
    pub(crate) stem: Vec<Row<stem::Model>>,
    pub(crate) content_blocks: Vec<Row<content_block::Model>>,
    pub(crate) prompts: Vec<Row<prompt::Model>>,
    pub(crate) tools: Vec<Row<tool::Model>>,
    pub(crate) connections: Vec<Row<connection::Model>>,
    pub(crate) data_objects: Vec<Row<data_object::Model>>,
    pub(crate) ongoing_practices: Vec<Row<ongoing_practice::Model>>,
    pub(crate) personality_types: Vec<Row<personality_type::Model>>,
    pub(crate) competencies: Vec<Row<competency::Model>>,
    pub(crate) competency_levels: Vec<Row<competency_level::Model>>,
    pub(crate) skills: Vec<Row<skill::Model>>,
    pub(crate) references: Vec<Row<reference::Model>>,
    pub(crate) content_sources: Vec<Row<content_source::Model>>,
    pub(crate) terms: Vec<Row<terms::Model>>,
    pub(crate) consents: Vec<Row<consent::Model>>,
    pub(crate) coaching: Coaching,
    pub(crate) faults: Vec<Fault>,
    /// The file that must name all sixteen types; only Markdown sets have one.
    pub(crate) sixteen: Option<Origin>,
}

/// Where something was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Origin {
    pub(crate) file: Arc<str>,
    pub(crate) line: usize,
}

/// A row and where it was written.
#[derive(Debug)]
pub(crate) struct Row<T> {
    pub(crate) at: Origin,
    pub(crate) row: T,
}

impl<T> Deref for Row<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.row
    }
}

impl Origin {
    /// A line of a file.
    pub(crate) fn new(file: &Arc<str>, line: usize) -> Self {
        Self {
            file: Arc::clone(file),
            line,
        }
    }

    /// A file as a whole.
    pub(crate) fn file(file: &str) -> Self {
        Self {
            file: Arc::from(file),
            line: 0,
        }
    }

    /// The row that was written here.
    pub(crate) fn row<T>(&self, row: T) -> Row<T> {
        Row {
            at: self.clone(),
            row,
        }
    }

    /// A fault that was made here.
    pub(crate) fn fault(&self, rule: &'static str, message: impl Into<String>) -> Fault {
        Fault {
            file: self.file.to_string(),
            line: self.line,
            rule,
            message: message.into(),
        }
    }
}

impl Draft {
    /// Notes a fault.
    pub(crate) fn fault(&mut self, at: &Origin, rule: &'static str, message: impl Into<String>) {
        self.faults.push(at.fault(rule, message));
    }
}
