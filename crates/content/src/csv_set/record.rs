//! A CSV file, divided into records that know their line.

use std::{collections::HashMap, sync::Arc};

use csv::ReaderBuilder;

use crate::edition::{Draft, Origin};

/// The columns of a file.
pub(crate) struct Shape {
    /// Columns without which nothing can be read.
    pub(crate) required: &'static [&'static str],
    /// Columns that may be left out.
    pub(crate) optional: &'static [&'static str],
}

/// One record: its cells by column. Empty cells are not there.
pub(crate) struct Record {
    /// The line that the record begins at.
    pub(crate) at: Origin,
    pub(super) cells: HashMap<String, String>,
}

/// Reads all records; what cannot be read is a fault.
pub(crate) fn records(
    draft: &mut Draft,
    file: &Arc<str>,
    text: &str,
    shape: &Shape,
) -> Vec<Record> {
    let mut reader = ReaderBuilder::new().from_reader(text.as_bytes());
    let headers: Vec<String> = match reader.headers() {
        Ok(headers) => headers.iter().map(|name| name.trim().to_owned()).collect(),
        Err(error) => {
            draft.fault(&Origin::new(file, 1), "csv", error.to_string());
            return Vec::new();
        }
    };
    if !fits(draft, &Origin::new(file, 1), &headers, shape) {
        return Vec::new();
    }
    let mut lines = Lines {
        text: text.as_bytes(),
        offset: 0,
        line: 1,
    };
    let mut found = Vec::new();
    for result in reader.records() {
        match result {
            Ok(record) => {
                let at = Origin::new(file, lines.at(record.position()));
                let cells = headers
                    .iter()
                    .zip(record.iter())
                    .filter(|(_, cell)| !cell.trim().is_empty())
                    .map(|(name, cell)| (name.clone(), cell.replace("\r\n", "\n")))
                    .collect();
                found.push(Record { at, cells });
            }
            Err(error) => {
                let at = Origin::new(file, lines.at(error.position()));
                draft.fault(&at, "csv", error.to_string());
            }
        }
    }
    found
}

/// Counts lines up to a record. The reader's own count is one short behind `\r\n` and behind empty
/// lines, because a record begins for it right after the one before.
struct Lines<'a> {
    text: &'a [u8],
    offset: usize,
    line: usize,
}

impl Lines<'_> {
    /// The line of a position that is not before the last one.
    fn at(&mut self, position: Option<&csv::Position>) -> usize {
        let target = position.and_then(|position| usize::try_from(position.byte()).ok());
        while let Some(byte) = self.text.get(self.offset) {
            let line_end = matches!(byte, b'\r' | b'\n');
            if target.is_none_or(|target| self.offset >= target) && !line_end {
                break;
            }
            self.line += usize::from(*byte == b'\n');
            self.offset += 1;
        }
        self.line
    }
}

fn fits(draft: &mut Draft, at: &Origin, headers: &[String], shape: &Shape) -> bool {
    let mut fits = true;
    for (index, name) in headers.iter().enumerate() {
        let known = shape
            .required
            .iter()
            .chain(shape.optional)
            .any(|column| column == name);
        if !known {
            draft.fault(
                at,
                "unknown-column",
                format!("the column {name:?} is not known"),
            );
        }
        if headers[..index].contains(name) {
            draft.fault(
                at,
                "duplicate-column",
                format!("the column {name:?} is there twice"),
            );
        }
        fits &= known;
    }
    for column in shape.required {
        if !headers.iter().any(|name| name == column) {
            draft.fault(
                at,
                "missing-column",
                format!("the column {column:?} is missing"),
            );
            fits = false;
        }
    }
    fits
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHAPE: Shape = Shape {
        required: &["id"],
        optional: &["text"],
    };

    #[test]
    fn cells_may_run_over_lines_and_empty_cells_are_nothing() {
        let mut draft = Draft::default();
        let text = "id,text\r\n1,\"two\r\nlines, \"\"quoted\"\"\"\r\n\r\n2,\r\n";
        let found = records(&mut draft, &Arc::from("a.csv"), text, &SHAPE);
        assert!(draft.faults.is_empty());
        let lines: Vec<_> = found.iter().map(|record| record.at.line).collect();
        assert_eq!(lines, [2, 5]);
        assert_eq!(found[0].cells["text"], "two\nlines, \"quoted\"");
        assert!(!found[1].cells.contains_key("text"));
    }

    #[test]
    fn columns_must_be_known_and_complete() {
        let mut draft = Draft::default();
        let found = records(&mut draft, &Arc::from("a.csv"), "text,other\na,b\n", &SHAPE);
        let rules: Vec<_> = draft.faults.iter().map(|fault| fault.rule).collect();
        assert!(found.is_empty());
        assert_eq!(rules, ["unknown-column", "missing-column"]);
    }
}
