//! One block at its place in the workbook.

use super::{
    BlockId, Connection, Location, PlacementId, Prompt, ToolPlacement, Variants, words::words,
};

/// One block at its place. Answers hang on its id.
#[derive(Clone, Debug)]
pub struct Placement {
    /// Stable for as long as the workbook lives.
    pub id: PlacementId,
    /// The order of reading; grows, but not by one.
    pub sequence: i32,
    /// Where it stands.
    pub location: Location,
    /// True when the reader must answer before going on.
    pub required: bool,
    /// What stands there, in its first wording; what a reader meets is told by [`Placement::body_for`].
    pub body: Body,
    /// The other wordings, where there are some.
    pub variants: Option<Variants>,
    /// What it builds on.
    pub connection: Option<Connection>,
}

/// What stands at a place.
#[derive(Clone, Debug)]
pub enum Body {
    /// Something to read.
    Content(ContentBlock),
    /// A question.
    Prompt(Prompt),
    /// A tool to work with.
    Tool(ToolPlacement),
}

impl Placement {
    /// The question, if one stands here.
    #[must_use]
    pub const fn prompt(&self) -> Option<&Prompt> {
        match &self.body {
            Body::Prompt(prompt) => Some(prompt),
            Body::Content(_) | Body::Tool(_) => None,
        }
    }

    /// The tool, if one stands here.
    #[must_use]
    pub const fn tool(&self) -> Option<&ToolPlacement> {
        match &self.body {
            Body::Tool(tool) => Some(tool),
            Body::Content(_) | Body::Prompt(_) => None,
        }
    }

    /// The heading's text, if a heading stands here.
    #[must_use]
    pub fn heading(&self) -> Option<&str> {
        match &self.body {
            Body::Content(block) if block.kind == ContentKind::Heading => Some(&block.text),
            _ => None,
        }
    }

    /// True for a question or a tool: something that can be answered.
    #[must_use]
    pub const fn takes_input(&self) -> bool {
        !matches!(self.body, Body::Content(_))
    }
}

/// Something to read.
#[derive(Clone, Debug)]
pub struct ContentBlock {
    /// Stable.
    pub id: BlockId,
    /// How it is meant to look.
    pub kind: ContentKind,
    /// Markdown; plain text for a heading.
    pub text: String,
    /// Grows when the author says so.
    pub version: i32,
}

words! {
    /// What a text is for.
    ContentKind {
        /// A heading of a module, an exercise or an activity.
        Heading = "heading",
        /// Why, how and how long.
        Instruction = "instruction",
        /// An aside.
        Note = "note",
        /// Somebody's words.
        Quote = "quote",
        /// A bridge between modules or parts.
        Transition = "transition",
        /// A moment to be proud of.
        Celebration = "celebration",
    }
}
