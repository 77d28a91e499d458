//! The SOARED form at the edge.

use async_graphql::{InputObject, SimpleObject};
use dreamtree_api::Plain;

use crate::tool::story::Story;

/// A SOARED story. It takes the place of what was there; a step that is left out is not told yet.
#[derive(InputObject)]
pub struct SoaredFormInput {
    /// What to call it; at most 200 characters.
    pub title: Option<String>,
    /// What was going on; at most 5,000 characters.
    pub situation: Option<String>,
    /// What stood in the way; at most 5,000 characters.
    pub obstacle: Option<String>,
    /// What you did; at most 5,000 characters.
    pub action: Option<String>,
    /// What came of it; at most 5,000 characters.
    pub result: Option<String>,
    /// How you judge it; at most 5,000 characters.
    pub evaluation: Option<String>,
    /// What you found out about yourself; at most 5,000 characters.
    pub discovery: Option<String>,
}

/// A SOARED story, sealed with its owner's key. A step that is not told yet is null.
#[derive(SimpleObject, Plain)]
pub struct StoryAnswer {
    /// What it is called.
    pub title: Option<String>,
    /// What was going on.
    pub situation: Option<String>,
    /// What stood in the way.
    pub obstacle: Option<String>,
    /// What the person did.
    pub action: Option<String>,
    /// What came of it.
    pub result: Option<String>,
    /// How they judge it.
    pub evaluation: Option<String>,
    /// What they found out about themselves.
    pub discovery: Option<String>,
}

impl From<SoaredFormInput> for Story {
    fn from(input: SoaredFormInput) -> Self {
        Self {
            title: input.title,
            situation: input.situation,
            obstacle: input.obstacle,
            action: input.action,
            result: input.result,
            evaluation: input.evaluation,
            discovery: input.discovery,
        }
    }
}

impl From<Story> for StoryAnswer {
    fn from(story: Story) -> Self {
        Self {
            title: story.title,
            situation: story.situation,
            obstacle: story.obstacle,
            action: story.action,
            result: story.result,
            evaluation: story.evaluation,
            discovery: story.discovery,
        }
    }
}
