//! What stands at a place of the workbook.

use async_graphql::{SimpleObject, Union};
use dreamtree_api::{Gid, Plain};
use dreamtree_types::UserId;

use super::{
    input::PromptInput,
    tool::{ToolPlacement, placed},
    words::ContentKind,
};
use crate::{BlockId, Body, Placement, PromptId};

/// What stands at a place of the workbook.
#[derive(Clone, Debug, Union, Plain)]
pub enum BlockBody {
    /// Something to read.
    ContentBlock(ContentBlock),
    /// A question.
    Prompt(Prompt),
    /// A tool to work with.
    ToolPlacement(ToolPlacement),
}

/// Something to read.
#[derive(Clone, Debug, SimpleObject, Plain)]
pub struct ContentBlock {
    /// Stable for as long as the workbook lives.
    pub id: Gid<BlockId>,
    /// What the text is for.
    pub kind: ContentKind,
    /// Markdown; plain text for a heading.
    pub text: String,
    /// Grows from 1 when the author changes the text in earnest.
    pub version: i32,
}

/// A question.
#[derive(Clone, Debug, SimpleObject, Plain)]
pub struct Prompt {
    /// Stable for as long as the workbook lives.
    pub id: Gid<PromptId>,
    /// The question, as Markdown.
    pub text: String,
    /// What takes the answer, with its rules.
    pub input: PromptInput,
    /// True when it must be answered before going on.
    pub required: bool,
    /// True when the answer is sealed with the reader's own key.
    pub private: bool,
}

/// Where in the workbook something stands. The numbers are counted from the text and change with it.
#[derive(Clone, Debug, PartialEq, Eq, SimpleObject, Plain)]
pub struct Location {
    /// The part, from 1.
    pub part: i32,
    /// The module within the part; 0 opens the part.
    pub module: i32,
    /// The exercise within the module; 0 opens the module.
    pub exercise: i32,
    /// The activity within the exercise; 0 opens the exercise.
    pub activity: i32,
    /// Part and module, such as `1.1`.
    pub module_id: String,
    /// Part, module and exercise, such as `1.1.2`.
    pub exercise_id: String,
}

impl BlockBody {
    /// What stands at a placement for this reader.
    #[must_use]
    pub fn of(placement: &Placement, reader: UserId) -> Self {
        let required = placement.required;
        match placement.body_for(reader) {
            Body::Content(block) => Self::ContentBlock(ContentBlock {
                id: Gid(block.id),
                kind: block.kind.into(),
                text: block.text.clone(),
                version: block.version,
            }),
            Body::Prompt(prompt) => Self::Prompt(Prompt {
                id: Gid(prompt.id),
                text: prompt.text.clone(),
                input: PromptInput::from(&prompt.input),
                required,
                private: prompt.private,
            }),
            Body::Tool(tool) => Self::ToolPlacement(placed(tool, required)),
        }
    }
}

impl From<crate::Location> for Location {
    fn from(location: crate::Location) -> Self {
        Self {
            part: location.part,
            module: location.module,
            exercise: location.exercise,
            activity: location.activity,
            module_id: location.module_id(),
            exercise_id: location.exercise_id(),
        }
    }
}
