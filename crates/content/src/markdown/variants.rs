//! Several wordings of one text.

use super::{attributes::Attributes, module::Reading};
use crate::{edition::Origin, entity::stem};

/// The line between two wordings.
const OR: &str = "--- or ---";

/// A text, and what its row of `stem` keeps beside it.
pub(super) struct Worded {
    /// The first wording.
    pub(super) text: String,
    group: Option<String>,
    wordings: Option<String>,
}

impl Worded {
    /// Divides a body into its wordings. Whether they fit each other is looked at when everything is read.
    pub(super) fn read(body: &str, found: &Attributes<'_>) -> Self {
        let mut texts = vec![String::new()];
        for line in body.split_inclusive('\n') {
            match texts.last_mut() {
                Some(last) if line.trim_end() != OR => last.push_str(line),
                _ => texts.push(String::new()),
            }
        }
        let mut texts = texts.into_iter().map(|text| text.trim().to_owned());
        let text = texts.next().unwrap_or_default();
        let others: Vec<serde_json::Value> = texts.map(Into::into).collect();
        let several = !others.is_empty();
        Self {
            text,
            group: found.value("variants").map(str::to_owned),
            wordings: several.then(|| serde_json::Value::Array(others).to_string()),
        }
    }

    /// The row with the other wordings.
    pub(super) fn onto(self, row: stem::Model) -> stem::Model {
        stem::Model {
            variant_group: self.group,
            wordings: self.wordings,
            ..row
        }
    }
}

/// The version that an author has given a text, 1 where they have said nothing.
pub(super) fn version(reading: &mut Reading<'_>, at: &Origin, found: &Attributes<'_>) -> i32 {
    let Some(written) = found.value("version") else {
        return 1;
    };
    let version = written.parse().ok().filter(|version| *version > 0);
    version.unwrap_or_else(|| {
        let message = format!("the version {written:?} is no whole number from 1");
        reading.draft.fault(at, "version", message);
        1
    })
}
