//! What earlier answers bring to a placement.

use async_graphql::{Enum, SimpleObject};
use dreamtree_api::{Gid, Plain};
use dreamtree_content::{Library, PlacementId, Usage, graphql::Location};

use super::value::AnswerValue;
use crate::{Offer, Prefill};

/// What earlier data is for at a placement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, Plain)]
pub enum PrefillUse {
    /// It is a first draft of the answer.
    Prefill,
    /// The answer is chosen from it.
    ChooseFrom,
    /// It is shown beside the question.
    ShowBeside,
}

/// Why there is no earlier data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, Plain)]
pub enum PrefillGap {
    /// The source is not answered yet.
    NotAnswered,
    /// The source is answered, but it is private and the vault is locked.
    Locked,
    /// The source is answered, but nothing in it fits here.
    NothingFits,
}

/// What an earlier answer brings to this placement, and where it comes from.
#[derive(SimpleObject, Plain)]
pub struct BlockPrefill {
    /// The earlier placement.
    pub source: Gid<PlacementId>,
    /// Where that placement stands.
    pub location: Location,
    /// What the data is for.
    pub usage: PrefillUse,
    /// The data; null when there is none.
    pub value: Option<AnswerValue>,
    /// Why there is no data; null when there is some.
    pub gap: Option<PrefillGap>,
}

impl BlockPrefill {
    /// What the connection brings.
    pub(super) fn of(library: &Library, prefill: Prefill<'_>) -> Self {
        let (value, gap) = match prefill.offer {
            Offer::Value(value) => (Some(AnswerValue::of(library, *value)), None),
            Offer::NotAnswered => (None, Some(PrefillGap::NotAnswered)),
            Offer::Locked => (None, Some(PrefillGap::Locked)),
            Offer::NothingFits => (None, Some(PrefillGap::NothingFits)),
        };
        Self {
            source: Gid(prefill.source.id),
            location: prefill.source.location.into(),
            usage: prefill.connection.usage.into(),
            value,
            gap,
        }
    }
}

impl From<Usage> for PrefillUse {
    fn from(usage: Usage) -> Self {
        match usage {
            Usage::Prefill => Self::Prefill,
            Usage::ChooseFrom => Self::ChooseFrom,
            Usage::ShowBeside => Self::ShowBeside,
        }
    }
}
