//! The cells of a record as what they mean. A cell that does not fit is a fault, and `None`.

use dreamtree_types::Instant;
use time::format_description::well_known::Rfc3339;
use uuid::Uuid;

use super::record::Record;
use crate::edition::{Draft, uuid_of};

/// The cells of one record.
pub(crate) struct Cells<'a> {
    draft: &'a mut Draft,
    record: &'a Record,
}

impl<'a> Cells<'a> {
    /// The cells of a record; faults go to the draft.
    pub(crate) const fn of(draft: &'a mut Draft, record: &'a Record) -> Self {
        Self { draft, record }
    }

    /// Notes a fault of this record.
    pub(crate) fn fault(&mut self, rule: &'static str, message: impl Into<String>) {
        self.draft.fault(&self.record.at, rule, message);
    }

    /// A cell that may be empty.
    pub(crate) fn optional(&self, column: &str) -> Option<String> {
        self.record.cells.get(column).cloned()
    }

    /// A cell that may not be empty.
    pub(crate) fn text(&mut self, column: &str) -> Option<String> {
        let found = self.optional(column);
        if found.is_none() {
            self.fault("empty-cell", format!("{column} is empty"));
        }
        found
    }

    /// A whole number.
    pub(crate) fn number(&mut self, column: &str) -> Option<i32> {
        let text = self.text(column)?;
        self.whole(column, &text)
    }

    /// A whole number or nothing; the outer `None` is a fault.
    pub(crate) fn optional_number(&mut self, column: &str) -> Option<Option<i32>> {
        match self.optional(column) {
            None => Some(None),
            Some(text) => self.whole(column, &text).map(Some),
        }
    }

    /// A whole number, or `default` where the cell or the column is empty.
    pub(crate) fn number_or(&mut self, column: &str, default: i32) -> Option<i32> {
        self.optional_number(column).map(|number| number.unwrap_or(default))
    }

    /// Spreadsheets write `12.0` where a column has empty cells.
    fn whole(&mut self, column: &str, text: &str) -> Option<i32> {
        let trimmed = text.trim();
        let digits = trimmed.strip_suffix(".0").unwrap_or(trimmed);
        let number = digits.parse().ok();
        if number.is_none() {
            self.fault("not-a-number", format!("{column} is no whole number: {trimmed:?}"));
        }
        number
    }

    /// True or false, or `default` where the cell or the column is empty.
    pub(crate) fn flag(&mut self, column: &str, default: bool) -> Option<bool> {
        let Some(text) = self.optional(column) else { return Some(default) };
        match text.trim().to_ascii_lowercase().as_str() {
            "true" | "t" | "yes" | "y" | "1" | "1.0" => Some(true),
            "false" | "f" | "no" | "n" | "0" | "0.0" => Some(false),
            _ => {
                self.fault("not-a-boolean", format!("{column} is neither true nor false: {text:?}"));
                None
            }
        }
    }

    /// The id behind a key.
    pub(crate) fn uuid(&mut self, column: &str, kind: &str) -> Option<Uuid> {
        self.text(column).map(|key| uuid_of(kind, key.trim()))
    }

    /// A point in time or nothing; the outer `None` is a fault.
    pub(crate) fn optional_time(&mut self, column: &str) -> Option<Option<Instant>> {
        let Some(text) = self.optional(column) else { return Some(None) };
        let time = Instant::parse(text.trim(), &Rfc3339).ok();
        if time.is_none() {
            self.fault("not-a-time", format!("{column} is no RFC 3339 time: {text:?}"));
        }
        time.map(Some)
    }
}
