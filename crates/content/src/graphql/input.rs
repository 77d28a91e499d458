//! What takes the answer to a prompt.

use async_graphql::{SimpleObject, Union};
use dreamtree_api::Plain;

use crate::{ChecklistRules, Input, SliderRules, TextRules};

/// What takes the answer to a prompt, with its rules.
#[derive(Clone, Debug, Union, Plain)]
pub enum PromptInput {
    /// One line of text.
    Text(TextConfig),
    /// Several lines of text.
    Textarea(TextareaConfig),
    /// A whole number on a scale.
    Slider(SliderConfig),
    /// A box to tick.
    Checkbox(CheckboxConfig),
    /// Several boxes to tick.
    Checklist(ChecklistConfig),
    /// One choice, all visible.
    Radio(RadioConfig),
    /// One choice, folded.
    Select(SelectConfig),
}

/// One line of text.
#[derive(Clone, Debug, SimpleObject, Plain)]
pub struct TextConfig {
    /// Shown while nothing is written.
    pub placeholder: Option<String>,
    /// The shortest answer, in characters; 0 to `maxLength`.
    pub min_length: u32,
    /// The longest answer, in characters; 1 to 500.
    pub max_length: u32,
}

/// Several lines of text.
#[derive(Clone, Debug, SimpleObject, Plain)]
pub struct TextareaConfig {
    /// Shown while nothing is written.
    pub placeholder: Option<String>,
    /// The shortest answer, in characters; 0 to `maxLength`.
    pub min_length: u32,
    /// The longest answer, in characters; 1 to 20000.
    pub max_length: u32,
}

/// A whole number on a scale. With both labels the scale runs between two poles.
#[derive(Clone, Debug, SimpleObject, Plain)]
pub struct SliderConfig {
    /// The lowest value.
    pub min: i32,
    /// The highest value; greater than `min`.
    pub max: i32,
    /// From one value to the next; at least 1, and `max` is reached in whole steps.
    pub step: i32,
    /// The word at the lower end.
    pub min_label: Option<String>,
    /// The word at the upper end.
    pub max_label: Option<String>,
}

/// A box to tick.
#[derive(Clone, Debug, SimpleObject, Plain)]
pub struct CheckboxConfig {
    /// The words beside the box.
    pub label: Option<String>,
}

/// Several boxes to tick.
#[derive(Clone, Debug, SimpleObject, Plain)]
pub struct ChecklistConfig {
    /// What can be ticked; 2 to 50.
    pub options: Vec<Choice>,
    /// How many must be ticked; 0 to `maxChecked`.
    pub min_checked: u32,
    /// How many may be ticked; 1 to the number of options.
    pub max_checked: u32,
}

/// One choice, all visible.
#[derive(Clone, Debug, SimpleObject, Plain)]
pub struct RadioConfig {
    /// What can be chosen; 2 to 50.
    pub options: Vec<Choice>,
}

/// One choice, folded.
#[derive(Clone, Debug, SimpleObject, Plain)]
pub struct SelectConfig {
    /// What can be chosen; 2 to 50.
    pub options: Vec<Choice>,
}

/// One of several answers to choose from.
#[derive(Clone, Debug, SimpleObject, Plain)]
pub struct Choice {
    /// What an answer holds; unique within the prompt.
    pub value: String,
    /// What is shown.
    pub label: String,
}

impl From<&Input> for PromptInput {
    fn from(input: &Input) -> Self {
        match input {
            Input::Text(rules) => Self::Text(text(rules)),
            Input::Textarea(rules) => Self::Textarea(textarea(rules)),
            Input::Slider(rules) => Self::Slider(slider(rules)),
            Input::Checkbox(rules) => Self::Checkbox(CheckboxConfig {
                label: rules.label.clone(),
            }),
            Input::Checklist(rules) => Self::Checklist(checklist(rules)),
            Input::Radio(options) => Self::Radio(RadioConfig {
                options: choices(options),
            }),
            Input::Select(options) => Self::Select(SelectConfig {
                options: choices(options),
            }),
        }
    }
}

fn text(rules: &TextRules) -> TextConfig {
    TextConfig {
        placeholder: rules.placeholder.clone(),
        min_length: rules.min_length,
        max_length: rules.max_length,
    }
}

fn textarea(rules: &TextRules) -> TextareaConfig {
    TextareaConfig {
        placeholder: rules.placeholder.clone(),
        min_length: rules.min_length,
        max_length: rules.max_length,
    }
}

fn slider(rules: &SliderRules) -> SliderConfig {
    SliderConfig {
        min: rules.min,
        max: rules.max,
        step: rules.step,
        min_label: rules.min_label.clone(),
        max_label: rules.max_label.clone(),
    }
}

fn checklist(rules: &ChecklistRules) -> ChecklistConfig {
    ChecklistConfig {
        options: choices(&rules.options),
        min_checked: rules.min_checked,
        max_checked: rules.most(),
    }
}

/// Choices, as they are written.
pub(super) fn choices(options: &[crate::Choice]) -> Vec<Choice> {
    options
        .iter()
        .map(|choice| Choice {
            value: choice.value.clone(),
            label: choice.label.clone(),
        })
        .collect()
}
