//! Questions and the inputs that take their answers.

use serde::{Deserialize, de::DeserializeOwned};

use super::{
    PromptId,
    choice::{Choice, check_choices, choices},
    words::words,
};

/// A question.
#[derive(Clone, Debug)]
pub struct Prompt {
    /// Stable.
    pub id: PromptId,
    /// Markdown.
    pub text: String,
    /// What takes the answer.
    pub input: Input,
    /// True when the answer is sealed with the reader's own key.
    pub private: bool,
    /// Grows when the author says so.
    pub version: i32,
}

words! {
    /// The kinds of input.
    InputKind {
        /// One line.
        Text = "text",
        /// Several lines.
        Textarea = "textarea",
        /// A whole number on a scale.
        Slider = "slider",
        /// Yes or not yet.
        Checkbox = "checkbox",
        /// Any number of choices.
        Checklist = "checklist",
        /// One choice, all visible.
        Radio = "radio",
        /// One choice, folded.
        Select = "select",
    }
}

/// What takes the answer, with its rules.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    /// One line.
    Text(TextRules),
    /// Several lines.
    Textarea(TextRules),
    /// A whole number on a scale.
    Slider(SliderRules),
    /// Yes or not yet.
    Checkbox(CheckboxRules),
    /// Any number of choices.
    Checklist(ChecklistRules),
    /// One choice, all visible.
    Radio(Vec<Choice>),
    /// One choice, folded.
    Select(Vec<Choice>),
}

/// How long a written answer may be, in characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextRules {
    /// Shown while nothing is written.
    pub placeholder: Option<String>,
    /// 0 unless the author says otherwise.
    pub min_length: u32,
    /// At most 500 for one line, 20000 for several.
    pub max_length: u32,
}

/// A scale of whole numbers.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SliderRules {
    /// The lowest value.
    pub min: i32,
    /// The highest value.
    pub max: i32,
    /// From one value to the next; at least 1.
    #[serde(default = "one")]
    pub step: i32,
    /// The word at the lower end.
    pub min_label: Option<String>,
    /// The word at the upper end.
    pub max_label: Option<String>,
}

/// A box to tick.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CheckboxRules {
    /// The words beside the box.
    pub label: Option<String>,
}

/// Boxes to tick.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChecklistRules {
    /// 2 to 50.
    pub options: Vec<Choice>,
    /// How many at least; 0 unless the author says otherwise.
    #[serde(default)]
    pub min_checked: u32,
    /// How many at most; all of them unless the author says otherwise.
    pub max_checked: Option<u32>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenText {
    placeholder: Option<String>,
    min_length: Option<u32>,
    max_length: Option<u32>,
}

const fn one() -> i32 {
    1
}

impl Input {
    /// The kind of input.
    #[must_use]
    pub const fn kind(&self) -> InputKind {
        match self {
            Self::Text(_) => InputKind::Text,
            Self::Textarea(_) => InputKind::Textarea,
            Self::Slider(_) => InputKind::Slider,
            Self::Checkbox(_) => InputKind::Checkbox,
            Self::Checklist(_) => InputKind::Checklist,
            Self::Radio(_) => InputKind::Radio,
            Self::Select(_) => InputKind::Select,
        }
    }

    /// Reads the JSON of `prompts.input_config` and holds it to the rules of its kind.
    /// The error is a sentence for the author.
    pub fn parse(kind: InputKind, config: Option<&str>) -> Result<Self, String> {
        let json = config.unwrap_or("{}");
        match kind {
            InputKind::Text => TextRules::parse(json, 200, 500).map(Self::Text),
            InputKind::Textarea => TextRules::parse(json, 5_000, 20_000).map(Self::Textarea),
            InputKind::Slider => SliderRules::parse(json).map(Self::Slider),
            InputKind::Checkbox => read(json).map(Self::Checkbox),
            InputKind::Checklist => ChecklistRules::parse(json).map(Self::Checklist),
            InputKind::Radio => choices(json).map(Self::Radio),
            InputKind::Select => choices(json).map(Self::Select),
        }
    }
}

impl TextRules {
    fn parse(json: &str, default: u32, limit: u32) -> Result<Self, String> {
        let written: WrittenText = read(json)?;
        let min_length = written.min_length.unwrap_or(0);
        let max_length = written.max_length.unwrap_or(default);
        if !(1..=limit).contains(&max_length) {
            return Err(format!("max_length must be 1 to {limit}"));
        }
        if min_length > max_length {
            return Err("min_length is greater than max_length".to_owned());
        }
        Ok(Self {
            placeholder: written.placeholder,
            min_length,
            max_length,
        })
    }
}

impl SliderRules {
    fn parse(json: &str) -> Result<Self, String> {
        let rules: Self = read(json)?;
        if rules.min >= rules.max {
            return Err("min must be less than max".to_owned());
        }
        let span = i64::from(rules.max) - i64::from(rules.min);
        if rules.step < 1 || span % i64::from(rules.step) != 0 {
            return Err("step must lead from min to max in whole steps".to_owned());
        }
        Ok(rules)
    }
}

impl ChecklistRules {
    fn parse(json: &str) -> Result<Self, String> {
        let rules: Self = read(json)?;
        check_choices(&rules.options)?;
        let most = rules.most();
        if u32::try_from(rules.options.len()).is_ok_and(|count| most > count) {
            return Err("max_checked is greater than the number of options".to_owned());
        }
        if most == 0 {
            return Err("max_checked must be at least 1".to_owned());
        }
        if rules.min_checked > most {
            return Err("min_checked is greater than max_checked".to_owned());
        }
        Ok(rules)
    }

    /// How many may be ticked at most.
    #[must_use]
    pub fn most(&self) -> u32 {
        let all = u32::try_from(self.options.len()).unwrap_or(u32::MAX);
        self.max_checked.unwrap_or(all)
    }
}

/// Reads JSON; the error names the field but not a position that the author cannot see.
pub(super) fn read<T: DeserializeOwned>(json: &str) -> Result<T, String> {
    serde_json::from_str::<serde_json::Value>(json)
        .and_then(serde_json::from_value)
        .map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(kind: InputKind, json: &str) -> bool {
        Input::parse(kind, Some(json)).is_err()
    }

    #[test]
    fn settings_have_defaults() {
        let text = TextRules {
            placeholder: None,
            min_length: 0,
            max_length: 200,
        };
        assert_eq!(Input::parse(InputKind::Text, None), Ok(Input::Text(text)));
        let slider = Input::parse(InputKind::Slider, Some(r#"{"min":-5,"max":5}"#));
        assert!(matches!(slider, Ok(Input::Slider(rules)) if rules.step == 1));
    }

    #[test]
    fn limits_hold() {
        assert!(refused(InputKind::Text, r#"{"max_length":501}"#));
        assert!(!refused(InputKind::Textarea, r#"{"max_length":20000}"#));
        assert!(refused(InputKind::Textarea, r#"{"max_length":20001}"#));
        assert!(refused(InputKind::Slider, r#"{"min":1,"max":1}"#));
        assert!(refused(InputKind::Slider, r#"{"min":0,"max":10,"step":3}"#));
        assert!(refused(InputKind::Slider, r#"{"min":0.5,"max":10}"#));
        assert!(refused(InputKind::Slider, "{}"));
        assert!(refused(InputKind::Checkbox, r#"{"text":"?"}"#));
    }

    #[test]
    fn choices_differ_and_fit_their_limits() {
        let options = r#""options":[{"value":"a","label":"A"},{"value":"b","label":"B"}]"#;
        assert!(!refused(InputKind::Radio, &format!("{{{options}}}")));
        assert!(refused(
            InputKind::Radio,
            &format!(r#"{{{options},"max_checked":1}}"#)
        ));
        assert!(!refused(
            InputKind::Checklist,
            &format!(r#"{{{options},"max_checked":1}}"#)
        ));
        assert!(refused(
            InputKind::Checklist,
            &format!(r#"{{{options},"max_checked":3}}"#)
        ));
        assert!(refused(
            InputKind::Checklist,
            &format!(r#"{{{options},"min_checked":3}}"#)
        ));
        assert!(refused(
            InputKind::Select,
            r#"{"options":[{"value":"a","label":"A"}]}"#
        ));
        assert!(refused(
            InputKind::Select,
            &format!("{{{}}}", options.replace('b', "a"))
        ));
    }
}
