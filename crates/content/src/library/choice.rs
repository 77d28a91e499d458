//! Answers to choose from.

use serde::Deserialize;

use super::prompt::read;

/// One of several answers to choose from.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(from = "WrittenChoice")]
pub struct Choice {
    /// What is stored; unique within the input.
    pub value: String,
    /// What is shown.
    pub label: String,
}

/// A choice as authors write it: a text that is stored as it is shown, or the two apart.
#[derive(Deserialize)]
#[serde(
    untagged,
    expecting = "an option is a text, or has a value and a label and nothing else"
)]
enum WrittenChoice {
    Text(String),
    Apart(Apart),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Apart {
    value: String,
    label: String,
}

impl From<WrittenChoice> for Choice {
    fn from(written: WrittenChoice) -> Self {
        match written {
            WrittenChoice::Text(text) => Self {
                value: text.clone(),
                label: text,
            },
            WrittenChoice::Apart(Apart { value, label }) => Self { value, label },
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenChoices {
    options: Vec<Choice>,
}

/// Reads the settings of an input with nothing but choices.
pub(super) fn choices(json: &str) -> Result<Vec<Choice>, String> {
    let written: WrittenChoices = read(json)?;
    check_choices(&written.options)?;
    Ok(written.options)
}

/// Holds choices to their rules.
pub(super) fn check_choices(choices: &[Choice]) -> Result<(), String> {
    if !(2..=50).contains(&choices.len()) {
        return Err("options must be 2 to 50".to_owned());
    }
    for (index, choice) in choices.iter().enumerate() {
        if choice.value.trim().is_empty() || choice.label.trim().is_empty() {
            return Err(format!("option {} has an empty value or label", index + 1));
        }
        let earlier = &choices[..index];
        if earlier.iter().any(|other| other.value == choice.value) {
            return Err(format!(
                "the option value {:?} is there twice",
                choice.value
            ));
        }
        if earlier.iter().any(|other| other.label == choice.label) {
            return Err(format!(
                "the option label {:?} is there twice",
                choice.label
            ));
        }
    }
    Ok(())
}
