//! One field of a form: what it is called, and what takes its value.

use serde::Deserialize;
use serde_json::{Map, Value};

use super::{
    choice::{Choice, check_choices},
    tool::typed,
    words::words,
};

const LONGEST_KEY: usize = 50;
const LONGEST_LINE: u32 = 500;
const LONGEST_TEXT: u32 = 20_000;

/// A field of a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// Stable: values are kept by it.
    pub key: String,
    /// What stands beside it.
    pub label: String,
    /// What helps to fill it in.
    pub hint: Option<String>,
    /// True when no form is complete without it.
    pub required: bool,
    /// True when its value is sealed with the person's own key.
    pub private: bool,
    /// What takes the value.
    pub input: FieldInput,
}

words! {
    /// The types of fields.
    FieldType {
        /// One line.
        Text = "text",
        /// Several lines.
        LongText = "long_text",
        /// A whole number.
        Number = "number",
        /// A whole number on a scale.
        Scale = "scale",
        /// A day.
        Date = "date",
        /// One of several choices.
        Choice = "choice",
        /// Any number of choices.
        Choices = "choices",
        /// Yes or no.
        YesNo = "yes_no",
        /// The address of a page.
        Url = "url",
        /// One of the person's own things.
        Link = "link",
    }
}

words! {
    /// What a field can name.
    LinkTarget {
        /// A company.
        Company = "company",
        /// Somebody to talk to.
        Contact = "contact",
        /// An opening or an application.
        Job = "job",
        /// A path under comparison.
        CareerOption = "career_option",
        /// A job, a course or a project.
        Experience = "experience",
        /// A story.
        Story = "story",
        /// A skill that the person has.
        Skill = "skill",
    }
}

/// What takes the value of a field, with its rules.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FieldInput {
    /// One line of at most so many characters.
    Text(u32),
    /// Several lines of at most so many characters.
    LongText(u32),
    /// A whole number.
    Number(NumberRules),
    /// A whole number on a scale.
    Scale(ScaleRules),
    /// A day.
    Date,
    /// One of several choices.
    Choice(ChoiceRules),
    /// Any number of choices.
    Choices(Vec<Choice>),
    /// Yes or no.
    YesNo,
    /// The address of a page.
    Url,
    /// One of the person's own things.
    Link(LinkTarget),
}

/// Between which numbers.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NumberRules {
    /// The lowest, if there is one.
    pub min: Option<i32>,
    /// The highest, if there is one.
    pub max: Option<i32>,
}

/// A scale of whole numbers.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScaleRules {
    /// The lowest value.
    pub min: i32,
    /// The highest value.
    pub max: i32,
    /// The word at the lower end.
    pub min_label: Option<String>,
    /// The word at the upper end.
    pub max_label: Option<String>,
}

/// Choices of which one is taken.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChoiceRules {
    /// 2 to 50.
    pub options: Vec<Choice>,
    /// True when every change is kept with its time.
    #[serde(default)]
    pub history: bool,
}

#[derive(Deserialize)]
struct Common {
    key: String,
    label: String,
    hint: Option<String>,
    #[serde(rename = "type")]
    kind: FieldType,
    #[serde(default)]
    required: bool,
    #[serde(default)]
    private: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Length {
    max_length: Option<u32>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Options {
    options: Vec<Choice>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Target {
    to: LinkTarget,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Nothing {}

impl Field {
    /// Reads a field. The error is a sentence for the author.
    pub(super) fn parse(written: Value) -> Result<Self, String> {
        let Value::Object(mut map) = written else {
            return Err("must be a table".to_owned());
        };
        let common: Common = typed(map.clone())?;
        for key in ["key", "label", "hint", "type", "required", "private"] {
            map.remove(key);
        }
        let named = |fault: String| format!("{}: {fault}", common.key);
        if !is_key(&common.key) {
            return Err(named(format!(
                "a key has 1 to {LONGEST_KEY} lower-case letters, digits and underscores and begins with a letter"
            )));
        }
        if common.label.trim().is_empty() {
            return Err(named("the label is empty".to_owned()));
        }
        let input = FieldInput::parse(common.kind, map).map_err(named)?;
        if common.private && input.keeps_history() {
            return Err(named("a private field keeps no history".to_owned()));
        }
        Ok(Self {
            key: common.key,
            label: common.label,
            hint: common.hint,
            required: common.required,
            private: common.private,
            input,
        })
    }
}

impl FieldInput {
    /// The type of the field.
    #[must_use]
    pub const fn kind(&self) -> FieldType {
        match self {
            Self::Text(_) => FieldType::Text,
            Self::LongText(_) => FieldType::LongText,
            Self::Number(_) => FieldType::Number,
            Self::Scale(_) => FieldType::Scale,
            Self::Date => FieldType::Date,
            Self::Choice(_) => FieldType::Choice,
            Self::Choices(_) => FieldType::Choices,
            Self::YesNo => FieldType::YesNo,
            Self::Url => FieldType::Url,
            Self::Link(_) => FieldType::Link,
        }
    }

    /// True when every change of the field is kept with its time.
    #[must_use]
    pub const fn keeps_history(&self) -> bool {
        matches!(self, Self::Choice(rules) if rules.history)
    }

    fn parse(kind: FieldType, settings: Map<String, Value>) -> Result<Self, String> {
        match kind {
            FieldType::Text => length(settings, 200, LONGEST_LINE).map(Self::Text),
            FieldType::LongText => length(settings, 5_000, LONGEST_TEXT).map(Self::LongText),
            FieldType::Number => {
                let rules: NumberRules = typed(settings)?;
                match (rules.min, rules.max) {
                    (Some(min), Some(max)) if min >= max => Err(not_less()),
                    _ => Ok(Self::Number(rules)),
                }
            }
            FieldType::Scale => {
                let rules: ScaleRules = typed(settings)?;
                if rules.min >= rules.max {
                    return Err(not_less());
                }
                Ok(Self::Scale(rules))
            }
            FieldType::Choice => {
                let rules: ChoiceRules = typed(settings)?;
                check_choices(&rules.options)?;
                Ok(Self::Choice(rules))
            }
            FieldType::Choices => {
                let Options { options } = typed(settings)?;
                check_choices(&options)?;
                Ok(Self::Choices(options))
            }
            FieldType::Link => typed(settings).map(|Target { to }| Self::Link(to)),
            FieldType::Date => typed(settings).map(|Nothing {}| Self::Date),
            FieldType::YesNo => typed(settings).map(|Nothing {}| Self::YesNo),
            FieldType::Url => typed(settings).map(|Nothing {}| Self::Url),
        }
    }
}

fn not_less() -> String {
    "min must be less than max".to_owned()
}

fn length(settings: Map<String, Value>, default: u32, limit: u32) -> Result<u32, String> {
    let Length { max_length } = typed(settings)?;
    let max_length = max_length.unwrap_or(default);
    if !(1..=limit).contains(&max_length) {
        return Err(format!("max_length must be 1 to {limit}"));
    }
    Ok(max_length)
}

fn is_key(key: &str) -> bool {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    key.starts_with(|c: char| c.is_ascii_lowercase())
        && key.len() <= LONGEST_KEY
        && key.chars().all(plain)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn field(more: &Value) -> Result<Field, String> {
        let mut field = json!({ "key": "a", "label": "A" });
        let (Some(field_map), Some(more)) = (field.as_object_mut(), more.as_object()) else {
            return Err("no table".to_owned());
        };
        field_map.extend(more.clone());
        Field::parse(field)
    }

    #[test]
    fn settings_have_defaults() {
        let text = field(&json!({ "type": "text" }));
        assert_eq!(text.map(|field| field.input), Ok(FieldInput::Text(200)));
        let text = field(&json!({ "type": "long_text", "max_length": 20_000 }));
        assert_eq!(text.map(|one| one.input), Ok(FieldInput::LongText(20_000)));
        let date = field(&json!({ "type": "date" }));
        assert_eq!(
            date.map(|one| (one.required, one.private)),
            Ok((false, false))
        );
    }

    #[test]
    fn what_a_type_does_not_know_is_refused() {
        let options = json!([{ "value": "a", "label": "A" }, { "value": "b", "label": "B" }]);
        assert!(field(&json!({ "type": "choice", "options": options, "history": true })).is_ok());
        for wrong in [
            json!({}),
            json!({ "type": "novel" }),
            json!({ "type": "text", "max_length": 501 }),
            json!({ "type": "text", "max_length": 0 }),
            json!({ "type": "long_text", "max_length": 20_001 }),
            json!({ "type": "date", "max_length": 5 }),
            json!({ "type": "number", "min": 3, "max": 3 }),
            json!({ "type": "scale", "min": 1 }),
            json!({ "type": "scale", "min": 5, "max": 1 }),
            json!({ "type": "choice", "options": ["one"] }),
            json!({ "type": "choices", "options": options, "history": true }),
            json!({ "type": "choice", "options": options, "history": true, "private": true }),
            json!({ "type": "link" }),
            json!({ "type": "link", "to": "cloud" }),
            json!({ "type": "text", "key": "Met On" }),
            json!({ "type": "text", "key": "2nd" }),
            json!({ "type": "text", "label": " " }),
        ] {
            assert!(field(&wrong).is_err(), "{wrong}");
        }
    }
}
