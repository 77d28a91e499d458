//! What earlier answers and what a person has bring to a placement.

use async_graphql::{Enum, SimpleObject};
use dreamtree_api::{Gid, Plain};
use dreamtree_content::{Library, Placement, PlacementId, ToolId, graphql::Location};
use time::OffsetDateTime;

use super::value::AnswerValue;
use crate::Prefill;

/// What the data of a connection is for at a placement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, Plain)]
#[graphql(remote = "dreamtree_content::Usage")]
pub enum PrefillUse {
    /// It is a first draft of the answer.
    Prefill,
    /// The answer is chosen from it.
    ChooseFrom,
    /// It is shown beside the question.
    ShowBeside,
    /// It is counted, and its figures are summed up.
    Aggregate,
    /// It is to be looked at again until the reader says that it stays.
    FlagForReview,
}

/// What becomes of an answered placement when its source changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, Plain)]
#[graphql(remote = "dreamtree_content::OnChange")]
pub enum PrefillPolicy {
    /// It shows what is there now.
    Update,
    /// It shows what is there now, and is marked until the reader has looked at it again.
    Flag,
    /// It shows what was there when it was answered; `refreshSnapshot` takes what is there now.
    Snapshot,
}

/// What a connection carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, Plain)]
#[graphql(remote = "dreamtree_content::DataKind")]
pub enum PrefillData {
    /// The answer to a prompt.
    Answer,
    /// The items of a list.
    List,
    /// Skills, best first.
    Skills,
    /// SOARED stories.
    Stories,
    /// Entries of the flow log.
    Flow,
    /// The personality type.
    Personality,
    /// The life dashboard, or a part of it.
    Dashboard,
    /// The budget.
    Budget,
    /// Jobs, education and projects.
    Experiences,
    /// What matters at work and in life.
    Values,
    /// Paths under comparison.
    CareerOptions,
    /// Steps on the timeline.
    Milestones,
    /// Places to live.
    Locations,
    /// Companies worth a closer look.
    Companies,
    /// People to talk to.
    Contacts,
    /// Openings and applications.
    Jobs,
    /// A text of the profile.
    Profile,
    /// Competencies with the scores that the person gave themselves.
    Competencies,
    /// Trees of ideas.
    Ideas,
    /// What was filled in at a tool that is defined as data.
    Records,
    /// The skills that everybody can choose from.
    SkillsMaster,
}

/// Why there is nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, Plain)]
#[graphql(remote = "crate::Gap")]
pub enum PrefillGap {
    /// The source is not answered yet.
    NotAnswered,
    /// There is something, but it is private and the vault is locked.
    Locked,
    /// There is something, but nothing in it fits here.
    NothingFits,
    /// The person has nothing of the kind yet.
    NothingYet,
}

/// What a connection brings to this placement, and where it comes from.
#[derive(SimpleObject, Plain)]
pub struct BlockPrefill {
    /// The earlier placement that it comes from; null where it is whatever the person has, wherever it was made.
    pub source: Option<Gid<PlacementId>>,
    /// Where that placement stands; null without one.
    pub location: Option<Location>,
    /// The tool at that placement; null without one.
    pub tool: Option<Gid<ToolId>>,
    /// What that tool is called.
    pub tool_title: Option<String>,
    /// What is carried.
    pub data: PrefillData,
    /// What it is for.
    pub usage: PrefillUse,
    /// The data; null when there is none, but empty for a collection with nothing in it.
    pub value: Option<AnswerValue>,
    /// Why there is nothing; null when there is something.
    pub gap: Option<PrefillGap>,
    /// How many there were before the connection's filter; of collections only.
    pub total: Option<usize>,
    /// When the source last changed; null where that is not known.
    pub changed_at: Option<OffsetDateTime>,
    /// What becomes of this placement when the source changes.
    pub on_change: PrefillPolicy,
    /// True when the source has changed since the reader answered here or called `keepAnswer`.
    pub stale: bool,
    /// When the data was kept, where it is a snapshot; null where it is what is there now.
    pub taken_at: Option<OffsetDateTime>,
}

impl BlockPrefill {
    /// What the connection brings.
    pub(super) fn of(library: &Library, prefill: Prefill<'_>) -> Self {
        let tool = prefill.source.and_then(Placement::tool);
        let value = prefill.offer.data;
        Self {
            source: prefill.source.map(|source| Gid(source.id)),
            location: prefill.source.map(|source| source.location.into()),
            tool: tool.map(|at| Gid(at.tool.id)),
            tool_title: tool.map(|at| at.tool.title.clone()),
            data: prefill.connection.data.into(),
            usage: prefill.connection.usage.into(),
            value: value.map(|value| AnswerValue::carried(library, value)),
            gap: prefill.offer.gap.map(Into::into),
            total: prefill.total,
            changed_at: prefill.changed_at,
            on_change: prefill.connection.on_change.into(),
            stale: prefill.stale,
            taken_at: prefill.taken_at,
        }
    }
}
