//! Filled-in forms held to the form's rules, decided without a database.

use std::collections::HashSet;

use dreamtree_content::{Field, Form};
use dreamtree_types::Private;
use serde_json::{Map, Value};

use super::{ENTRIES, Entry, FieldValue, Filled, Link, Record, value};
use crate::{Error, RecordId};

/// An entry as it may be kept.
#[derive(Debug, Default)]
pub(super) struct Checked {
    /// Set where it was there before.
    pub(super) id: Option<RecordId>,
    /// The plain fields, by key.
    pub(super) plain: Map<String, Value>,
    /// The private fields, by key.
    pub(super) private: Map<String, Value>,
    /// The person's things that are named.
    pub(super) links: Vec<Named>,
    /// Where the input has the entry.
    pub(super) field: String,
}

/// One of the person's things, named in a field.
#[derive(Debug)]
pub(super) struct Named {
    /// The key of the field.
    pub(super) key: String,
    /// What is named.
    pub(super) link: Link,
    /// Where the input has it.
    pub(super) field: String,
}

/// The entries as they may be kept. Whether a private field that is required is there is known with the row only, see
/// [`Checked::check_private`].
pub(super) fn check(form: &Form, record: &Record) -> Result<Vec<Checked>, Error> {
    let (min, max) = (form.entries.min as usize, form.entries.max as usize);
    if !(min..=max).contains(&record.entries.len()) {
        return Err(Error::invalid(
            ENTRIES,
            format!("needs {min} to {max} entries"),
        ));
    }
    let mut ids = HashSet::new();
    let mut checked = Vec::with_capacity(record.entries.len());
    for (index, entry) in record.entries.iter().enumerate() {
        let field = format!("{ENTRIES}[{index}]");
        if entry.id.is_some_and(|id| !ids.insert(id)) {
            return Err(Error::twice(format!("{field}.id")));
        }
        checked.push(one(form, entry, field)?);
    }
    Ok(checked)
}

fn one(form: &Form, entry: &Entry, field: String) -> Result<Checked, Error> {
    let mut checked = Checked {
        id: entry.id,
        field,
        ..Checked::default()
    };
    let mut seen = HashSet::new();
    for (index, filled) in entry.fields.iter().enumerate() {
        let at = format!("{}.fields[{index}]", checked.field);
        let (place, field) = form
            .field(&filled.key)
            .ok_or_else(|| Error::missing(format!("{at}.key")))?;
        if !seen.insert(place) {
            return Err(Error::twice(format!("{at}.key")));
        }
        checked.take(field, filled, &format!("{at}.value"))?;
    }
    needed(form, false, &checked.plain, &checked.field)?;
    Ok(checked)
}

impl Checked {
    fn take(&mut self, field: &Field, filled: &Filled, at: &str) -> Result<(), Error> {
        let Private::Open(given) = &filled.value else {
            return Ok(());
        };
        let Some(value) = value::check(&field.input, given, at)? else {
            return Ok(());
        };
        if let FieldValue::Link(link) = value {
            self.links.push(Named {
                key: field.key.clone(),
                link,
                field: at.to_owned(),
            });
        }
        let values = if field.private {
            &mut self.private
        } else {
            &mut self.plain
        };
        values.insert(field.key.clone(), value::to_json(&value));
        Ok(())
    }

    /// Refuses an entry that lacks a private field that is required.
    pub(super) fn check_private(&self, form: &Form) -> Result<(), Error> {
        needed(form, true, &self.private, &self.field)
    }
}

fn needed(
    form: &Form,
    private: bool,
    values: &Map<String, Value>,
    field: &str,
) -> Result<(), Error> {
    let mut needed = form
        .fields
        .iter()
        .filter(|one| one.required && one.private == private);
    match needed.find(|one| !values.contains_key(&one.key)) {
        Some(lacking) => {
            let rule = format!("needs {}", lacking.key);
            Err(Error::invalid(format!("{field}.fields"), rule))
        }
        None => Ok(()),
    }
}
