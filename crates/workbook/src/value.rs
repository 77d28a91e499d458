//! What an answer can be.

use serde::{Deserialize, Serialize};

use crate::tool::ToolData;

/// An answer: to a prompt, or the data of a tool.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Value {
    /// To a text or a textarea, as typed.
    Text(String),
    /// To a slider.
    Number(i32),
    /// To a checkbox.
    Checked(bool),
    /// To a radio or a select: the option's value.
    Option(String),
    /// To a checklist: the values of the ticked options.
    Options(Vec<String>),
    /// What a tool captured.
    Tool(ToolData),
}
