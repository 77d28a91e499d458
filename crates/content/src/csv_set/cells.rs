//! The cells of a record as what they mean. A cell that does not fit is a fault of the draft.

use dreamtree_types::Instant;
use time::format_description::well_known::Rfc3339;
use uuid::Uuid;

use super::record::Record;
use crate::edition::{Draft, uuid_of};

/// A cell or a row, if it fits.
pub(crate) type Reading<T> = Result<T, Unfit>;

/// A cell does not fit; the draft says why.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Unfit;

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
    pub(crate) fn text(&mut self, column: &str) -> Reading<String> {
        match self.optional(column) {
            Some(text) => Ok(text),
            None => self.unfit("empty-cell", format!("{column} is empty")),
        }
    }

    /// A whole number.
    pub(crate) fn number(&mut self, column: &str) -> Reading<i32> {
        let text = self.text(column)?;
        self.whole(column, &text)
    }

    /// A whole number or nothing.
    pub(crate) fn optional_number(&mut self, column: &str) -> Reading<Option<i32>> {
        self.optional(column)
            .map(|text| self.whole(column, &text))
            .transpose()
    }

    /// A whole number, or `default` where the cell or the column is empty.
    pub(crate) fn number_or(&mut self, column: &str, default: i32) -> Reading<i32> {
        self.optional_number(column)
            .map(|number| number.unwrap_or(default))
    }

    /// Spreadsheets write `12.0` where a column has empty cells.
    fn whole(&mut self, column: &str, text: &str) -> Reading<i32> {
        let trimmed = text.trim();
        let digits = trimmed.strip_suffix(".0").unwrap_or(trimmed);
        match digits.parse() {
            Ok(number) => Ok(number),
            Err(_) => self.unfit(
                "not-a-number",
                format!("{column} is no whole number: {trimmed:?}"),
            ),
        }
    }

    /// True or false, or `default` where the cell or the column is empty.
    pub(crate) fn flag(&mut self, column: &str, default: bool) -> Reading<bool> {
        let Some(text) = self.optional(column) else {
            return Ok(default);
        };
        match text.trim().to_ascii_lowercase().as_str() {
            "true" | "t" | "yes" | "y" | "1" | "1.0" => Ok(true),
            "false" | "f" | "no" | "n" | "0" | "0.0" => Ok(false),
            _ => self.unfit(
                "not-a-boolean",
                format!("{column} is neither true nor false: {text:?}"),
            ),
        }
    }

    /// The id behind a key.
    pub(crate) fn uuid(&mut self, column: &str, kind: &str) -> Reading<Uuid> {
        self.text(column).map(|key| uuid_of(kind, key.trim()))
    }

    /// A point in time or nothing.
    pub(crate) fn optional_time(&mut self, column: &str) -> Reading<Option<Instant>> {
        let Some(text) = self.optional(column) else {
            return Ok(None);
        };
        match Instant::parse(text.trim(), &Rfc3339) {
            Ok(time) => Ok(Some(time)),
            Err(_) => self.unfit(
                "not-a-time",
                format!("{column} is no RFC 3339 time: {text:?}"),
            ),
        }
    }

    fn unfit<T>(&mut self, rule: &'static str, message: String) -> Reading<T> {
        self.fault(rule, message);
        Err(Unfit)
    }
}
