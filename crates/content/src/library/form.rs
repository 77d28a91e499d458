//! The form of a record: which fields it has, and how many filled-in forms one use of it holds.

use std::collections::HashSet;

use serde::Deserialize;
use serde_json::{Map, Value};

use super::{field::Field, tool::typed};

const MOST_ENTRIES: u32 = 200;
const MOST_FIELDS: usize = 50;

/// A form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Form {
    /// How many filled-in forms one use holds.
    pub entries: Entries,
    /// The fields in their order; each key once.
    pub fields: Vec<Field>,
}

/// How many filled-in forms one use holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entries {
    /// At least; 0 to `max`.
    pub min: u32,
    /// At most; 1 to 200.
    pub max: u32,
}

impl Form {
    /// Reads a form; the error has a sentence for each fault.
    pub(super) fn parse(mut map: Map<String, Value>) -> Result<Self, Vec<String>> {
        let mut faults = Vec::new();
        let entries = match entries(map.remove("entries")) {
            Ok(entries) => entries,
            Err(fault) => {
                faults.push(fault);
                Entries::ONE
            }
        };
        let written = match map.remove("fields") {
            Some(Value::Array(written)) => written,
            _ => Vec::new(),
        };
        if !(1..=MOST_FIELDS).contains(&written.len()) {
            faults.push(format!("a record needs 1 to {MOST_FIELDS} fields"));
        }
        faults.extend(map.keys().map(|key| format!("a record takes no {key}")));
        let mut fields: Vec<Field> = Vec::with_capacity(written.len());
        let mut keys = HashSet::new();
        for (index, written) in written.into_iter().enumerate() {
            match Field::parse(written) {
                Ok(field) if !keys.insert(field.key.clone()) => {
                    faults.push(format!("the field {} is there twice", field.key));
                }
                Ok(field) => fields.push(field),
                Err(fault) => faults.push(format!("field {}: {fault}", index + 1)),
            }
        }
        if faults.is_empty() {
            Ok(Self { entries, fields })
        } else {
            Err(faults)
        }
    }

    /// The field with this key, with its place.
    #[must_use]
    pub fn field(&self, key: &str) -> Option<(usize, &Field)> {
        let mut fields = self.fields.iter().enumerate();
        fields.find(|(_, field)| field.key == key)
    }
}

impl Entries {
    const ONE: Self = Self { min: 1, max: 1 };
}

fn entries(written: Option<Value>) -> Result<Entries, String> {
    let entries = match written {
        None => return Ok(Entries::ONE),
        Some(Value::Object(map)) => typed::<Entries>(map)?,
        Some(_) => return Err("entries must be a table with min and max".to_owned()),
    };
    if !(1..=MOST_ENTRIES).contains(&entries.max) {
        return Err(format!("entries.max must be 1 to {MOST_ENTRIES}"));
    }
    if entries.min > entries.max {
        return Err("entries.min is greater than entries.max".to_owned());
    }
    Ok(entries)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn form(written: &Value) -> Result<Form, Vec<String>> {
        Form::parse(written.as_object().cloned().unwrap_or_default())
    }

    #[test]
    fn one_use_holds_one_form_unless_the_author_says_otherwise() {
        let fields = json!([{ "key": "a", "label": "A", "type": "date" }]);
        let parsed = form(&json!({ "fields": fields }));
        assert_eq!(
            parsed.map(|form| form.entries),
            Ok(Entries { min: 1, max: 1 })
        );
        let entries = json!({ "min": 0, "max": 200 });
        let parsed = form(&json!({ "fields": fields, "entries": entries }));
        assert_eq!(
            parsed.map(|form| form.entries),
            Ok(Entries { min: 0, max: 200 })
        );
    }

    #[test]
    fn every_fault_is_told() {
        let field = json!({ "key": "a", "label": "A", "type": "date" });
        let wrong = json!({ "key": "b", "label": "B", "type": "dates" });
        let written = json!({ "fields": [field, field, wrong], "entries": { "min": 2, "max": 1 } });
        let faults = |written: &Value| form(written).map_err(|faults| faults.len());
        assert_eq!(faults(&written), Err(3));
        assert_eq!(faults(&json!({ "of": "jobs" })), Err(2));
        let many = json!({ "fields": [field], "entries": { "min": 1, "max": 201 } });
        assert_eq!(faults(&many), Err(1));
    }
}
