//! What a tool asks that is a form.

use async_graphql::{SimpleObject, Union};
use dreamtree_api::Plain;

use super::{
    input::{Choice, choices},
    words::{FieldType, LinkTarget},
};
use crate::{Field, FieldInput};

/// One field of a form.
#[derive(Clone, Debug, SimpleObject, Plain)]
pub struct ToolField {
    /// Stable; values are sent and read by it.
    pub key: String,
    /// What stands beside it.
    pub label: String,
    /// What helps to fill it in.
    pub hint: Option<String>,
    /// What it takes.
    pub r#type: FieldType,
    /// True when no form is complete without it.
    pub required: bool,
    /// True when its value is sealed with the person's own key.
    pub private: bool,
    /// The rules of its type; null for a type without any.
    pub settings: Option<FieldConfig>,
}

/// The rules of a field.
#[derive(Clone, Debug, Union, Plain)]
pub enum FieldConfig {
    /// Of a text.
    Text(TextFieldConfig),
    /// Of a number.
    Number(NumberFieldConfig),
    /// Of a scale.
    Scale(ScaleFieldConfig),
    /// Of one choice or several.
    Choice(ChoiceFieldConfig),
    /// Of a link.
    Link(LinkFieldConfig),
}

/// How long a text may be.
#[derive(Clone, Debug, SimpleObject, Plain)]
pub struct TextFieldConfig {
    /// The longest text, in characters; 1 to 500 for one line, 1 to 20000 for several.
    pub max_length: u32,
}

/// Between which numbers.
#[derive(Clone, Debug, SimpleObject, Plain)]
pub struct NumberFieldConfig {
    /// The lowest; null for none.
    pub min: Option<i32>,
    /// The highest; null for none.
    pub max: Option<i32>,
}

/// A scale of whole numbers.
#[derive(Clone, Debug, SimpleObject, Plain)]
pub struct ScaleFieldConfig {
    /// The lowest value.
    pub lowest: i32,
    /// The highest value; greater than `lowest`.
    pub highest: i32,
    /// The word at the lower end.
    pub min_label: Option<String>,
    /// The word at the upper end.
    pub max_label: Option<String>,
}

/// What can be chosen.
#[derive(Clone, Debug, SimpleObject, Plain)]
pub struct ChoiceFieldConfig {
    /// 2 to 50.
    pub options: Vec<Choice>,
    /// True when every change is kept with its time.
    pub history: bool,
}

/// What the field names.
#[derive(Clone, Debug, SimpleObject, Plain)]
pub struct LinkFieldConfig {
    /// Of which kind the named thing is.
    pub to: LinkTarget,
}

impl From<&Field> for ToolField {
    fn from(field: &Field) -> Self {
        Self {
            key: field.key.clone(),
            label: field.label.clone(),
            hint: field.hint.clone(),
            r#type: field.input.kind().into(),
            required: field.required,
            private: field.private,
            settings: config(&field.input),
        }
    }
}

fn config(input: &FieldInput) -> Option<FieldConfig> {
    Some(match input {
        FieldInput::Text(max_length) | FieldInput::LongText(max_length) => {
            FieldConfig::Text(TextFieldConfig {
                max_length: *max_length,
            })
        }
        FieldInput::Number(rules) => FieldConfig::Number(NumberFieldConfig {
            min: rules.min,
            max: rules.max,
        }),
        FieldInput::Scale(rules) => FieldConfig::Scale(ScaleFieldConfig {
            lowest: rules.min,
            highest: rules.max,
            min_label: rules.min_label.clone(),
            max_label: rules.max_label.clone(),
        }),
        FieldInput::Choice(rules) => FieldConfig::Choice(ChoiceFieldConfig {
            options: choices(&rules.options),
            history: rules.history,
        }),
        FieldInput::Choices(options) => FieldConfig::Choice(ChoiceFieldConfig {
            options: choices(options),
            history: false,
        }),
        FieldInput::Link(to) => FieldConfig::Link(LinkFieldConfig { to: (*to).into() }),
        FieldInput::Date | FieldInput::YesNo | FieldInput::Url => return None,
    })
}
