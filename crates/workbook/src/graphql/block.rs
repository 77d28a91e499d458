//! A block of the workbook as its reader meets it.

use async_graphql::{Enum, Lookahead, SimpleObject};
use dreamtree_api::{Gid, Plain};
use dreamtree_content::{
    Library, PlacementId,
    graphql::{BlockBody, BlockCitation, Citing, Location},
};

use super::{answer::BlockAnswer, prefill::BlockPrefill};
use crate::{State, View, Wanted, prefill};

/// What a reader can do with a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, Plain)]
pub enum BlockState {
    /// Something to read.
    Readable,
    /// Answered; the answer can still be changed.
    Answered,
    /// The reader stands here: an answer is due before the workbook goes on.
    Current,
    /// Takes an answer, but may be skipped.
    Optional,
    /// Beyond the reader's position.
    Locked,
}

/// A block of the workbook at its place, with what its reader has made of it.
#[derive(SimpleObject, Plain)]
pub struct Block {
    /// The placement; answers name it.
    pub id: Gid<PlacementId>,
    /// The order of reading; grows from block to block, and may be another one after a change of content.
    pub sequence: i32,
    /// Part, module, exercise and activity.
    pub location: Location,
    /// What the reader can do with it.
    pub state: BlockState,
    /// True when an answer is needed before the workbook goes on.
    pub required: bool,
    /// What stands here: a text, a prompt or a tool.
    pub body: BlockBody,
    /// The reader's answer; null for a text.
    pub answer: Option<BlockAnswer>,
    /// What to show about the sources of an exercise, by number, at the block that it begins with; empty elsewhere.
    pub citations: Vec<BlockCitation>,
    /// What an earlier answer brings here; null when nothing is connected.
    pub prefill: Option<BlockPrefill>,
}

impl Block {
    /// What has to be read for the fields that are asked of these blocks.
    pub(super) fn wanted(blocks: &[Lookahead<'_>]) -> Wanted {
        let asks = |field| blocks.iter().any(|block| block.field(field).exists());
        let asks_of = |field, part| {
            let mut fields = blocks.iter().map(|block| block.field(field));
            fields.any(|field| field.field(part).exists())
        };
        Wanted {
            answers: asks("answer"),
            prefill: asks("prefill"),
            stale: asks_of("prefill", "stale"),
            tags: asks_of("answer", "skills"),
        }
    }

    /// The block at this index of the reading order; without rules for them, citations are left out.
    pub(super) fn of(library: &Library, view: &View, index: usize, citing: Option<Citing>) -> Self {
        let placement = &library.placements()[index];
        let tags = view.tags.get(&placement.id).map_or(&[][..], Vec::as_slice);
        let answer = || BlockAnswer::of(library, view.stored.get(&placement.id), tags);
        Self {
            id: Gid(placement.id),
            sequence: placement.sequence,
            location: placement.location.into(),
            state: view.position.state(index, placement, &view.answered).into(),
            required: placement.required,
            body: BlockBody::of(placement, view.reader),
            answer: placement.takes_input().then(answer),
            citations: citing.map_or_else(Vec::new, |citing| citing.at(library, index, placement)),
            prefill: prefill::find(library, view, placement)
                .map(|prefill| BlockPrefill::of(library, prefill)),
        }
    }
}

impl From<State> for BlockState {
    fn from(state: State) -> Self {
        match state {
            State::Readable => Self::Readable,
            State::Answered => Self::Answered,
            State::Current => Self::Current,
            State::Optional => Self::Optional,
            State::Locked => Self::Locked,
        }
    }
}
