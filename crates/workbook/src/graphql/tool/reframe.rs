//! The failure reframer at the edge.

use async_graphql::{InputObject, SimpleObject};
use dreamtree_api::Plain;

use crate::tool::reframe::Reframe;

/// A failure seen anew. It takes the place of what was there; a text that is left out is not written yet, but
/// one at least is needed.
#[derive(InputObject)]
pub struct FailureReframerInput {
    /// What happened; at most 5,000 characters.
    pub situation: Option<String>,
    /// What it felt like at first; at most 5,000 characters.
    pub initial_feelings: Option<String>,
    /// What you learned from it; at most 5,000 characters.
    pub what_learned: Option<String>,
    /// What you would do differently; at most 5,000 characters.
    pub what_would_change: Option<String>,
    /// What was good about it; at most 5,000 characters.
    pub silver_lining: Option<String>,
    /// What you will do next; at most 5,000 characters.
    pub next_step: Option<String>,
    /// How you put it now; at most 5,000 characters.
    pub reframed_statement: Option<String>,
}

/// A failure seen anew, sealed with its owner's key. A text that is not written yet is null.
#[derive(SimpleObject, Plain)]
pub struct ReframeAnswer {
    /// What happened.
    pub situation: Option<String>,
    /// What it felt like at first.
    pub initial_feelings: Option<String>,
    /// What the person learned from it.
    pub what_learned: Option<String>,
    /// What they would do differently.
    pub what_would_change: Option<String>,
    /// What was good about it.
    pub silver_lining: Option<String>,
    /// What they will do next.
    pub next_step: Option<String>,
    /// How they put it now.
    pub reframed_statement: Option<String>,
}

impl From<FailureReframerInput> for Reframe {
    fn from(input: FailureReframerInput) -> Self {
        Self {
            situation: input.situation,
            initial_feelings: input.initial_feelings,
            what_learned: input.what_learned,
            what_would_change: input.what_would_change,
            silver_lining: input.silver_lining,
            next_step: input.next_step,
            reframed_statement: input.reframed_statement,
        }
    }
}

impl From<Reframe> for ReframeAnswer {
    fn from(reframe: Reframe) -> Self {
        Self {
            situation: reframe.situation,
            initial_feelings: reframe.initial_feelings,
            what_learned: reframe.what_learned,
            what_would_change: reframe.what_would_change,
            silver_lining: reframe.silver_lining,
            next_step: reframe.next_step,
            reframed_statement: reframe.reframed_statement,
        }
    }
}
