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
    let mut found = Vec::new();
    for result in reader.records() {
        match result {
            Ok(record) => {
                let at = Origin::new(file, line(record.position()));
                let cells = headers
                    .iter()
                    .zip(record.iter())
                    .filter(|(_, cell)| !cell.trim().is_empty())
                    .map(|(name, cell)| (name.clone(), cell.replace("\r\n", "\n")))
                    .collect();
                found.push(Record { at, cells });
            }
            Err(error) => {
                let at = Origin::new(file, line(error.position()));
                draft.fault(&at, "csv", error.to_string());
            }
        }
    }
    found
}

fn line(position: Option<&csv::Position>) -> usize {
    position
        .and_then(|position| usize::try_from(position.line()).ok())
        .unwrap_or(0)
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
