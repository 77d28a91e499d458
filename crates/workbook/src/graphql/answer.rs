//! A reader's answer at a placement.

use async_graphql::SimpleObject;
use dreamtree_api::{Plain, PrivateState};
use dreamtree_content::Library;
use dreamtree_types::Private;
use time::OffsetDateTime;

use super::{tool::skills::TaggedSkill, value::AnswerValue};
use crate::{Stored, tool::skills::Tag};

/// A reader's answer at a placement.
#[derive(SimpleObject, Plain)]
pub struct BlockAnswer {
    /// Whether the answer can be read now; EMPTY when there is none.
    pub state: PrivateState,
    /// The answer; null unless the state is UNLOCKED.
    pub value: Option<AnswerValue>,
    /// When it was last saved.
    pub updated_at: Option<OffsetDateTime>,
    /// Counts the times it was saved, from 1; 0 when there is none.
    pub revision: i32,
    /// The skills tagged on it, in their order; `tagSkills` tags.
    pub skills: Vec<TaggedSkill>,
}

impl BlockAnswer {
    /// The answer that is kept, with what is tagged on it, or an empty one.
    pub(super) fn of(library: &Library, stored: Option<&Stored>, tags: &[Tag]) -> Self {
        let Some(stored) = stored else {
            return Self {
                state: PrivateState::Empty,
                value: None,
                updated_at: None,
                revision: 0,
                skills: Vec::new(),
            };
        };
        let value = match &stored.value {
            Private::Open(value) => Some(AnswerValue::of(library, value.clone())),
            Private::Empty | Private::Locked => None,
        };
        Self {
            state: PrivateState::from(&stored.value),
            value,
            updated_at: Some(stored.updated_at),
            revision: stored.revision,
            skills: tags.iter().cloned().map(Into::into).collect(),
        }
    }
}
