//! A use of a tool as clients see it.

use async_graphql::{Enum, SimpleObject};
use dreamtree_api::{Gid, Plain, PrivateState, PrivateText};
use dreamtree_content::{
    Library, PlacementId,
    graphql::{Location, Tool},
};
use dreamtree_types::Private;
use time::OffsetDateTime;

use super::super::{tool::skills::TaggedSkill, value::AnswerValue};
use crate::{
    InstanceId, Value,
    instance::{Change, Details, Instance, Origin},
    tag::Target,
    tool::ToolData,
};

/// Where a use of a tool comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, Plain)]
#[graphql(remote = "Origin")]
pub enum ToolOrigin {
    /// The workbook: it belongs to a placement and cannot be taken away.
    Workbook,
    /// The caller, who can take it away.
    Standalone,
}

/// One use of a tool.
#[derive(SimpleObject, Plain)]
pub struct ToolInstance {
    /// The use; outside of the workbook `delete` takes it.
    pub id: Gid<InstanceId>,
    /// The tool.
    pub tool: Tool,
    /// Where it comes from.
    pub origin: ToolOrigin,
    /// The placement that it belongs to, perhaps one that the workbook has no longer; null outside of the workbook.
    pub placement: Option<Gid<PlacementId>>,
    /// Where the placement stands; null outside of the workbook, or when the workbook has it no longer.
    pub location: Option<Location>,
    /// What the caller calls it; at most 200 characters.
    pub title: PrivateText,
    /// A line to know it by, made of what it held when it was last saved; at most 200 characters. It is sealed where the
    /// tool is private, and empty where nothing in it has a name.
    pub summary: PrivateText,
    /// Of what it held when it was last saved, 64 hexadecimal digits: the same for the same content. For a private tool
    /// under the caller's key, else SHA-256. Null where it was saved without the key.
    pub content_hash: Option<String>,
    /// Counts the times it was saved, from 1; `expectedVersion` is compared with it.
    pub revision: i32,
    /// When it was made.
    pub created_at: OffsetDateTime,
    /// When it was last saved.
    pub updated_at: OffsetDateTime,
    /// What it holds now.
    pub data: ToolContent,
    /// The skills tagged on it, in their order. `tagSkills` tags.
    pub skills: Vec<TaggedSkill>,
    /// When what it holds has changed, the latest change first; 100 changes at most.
    pub history: Vec<ToolInstanceChange>,
}

/// What a use of a tool holds.
#[derive(SimpleObject, Plain)]
pub struct ToolContent {
    /// Whether it can be read now.
    pub state: PrivateState,
    /// What it is; null unless the state is UNLOCKED.
    pub value: Option<AnswerValue>,
}

/// A change of what a use of a tool holds.
#[derive(SimpleObject, Plain)]
pub struct ToolInstanceChange {
    /// The revision that brought it.
    pub revision: i32,
    /// When it was saved.
    pub changed_at: OffsetDateTime,
    /// Of what it held from then on, as `contentHash`.
    pub content_hash: Option<String>,
}

impl ToolInstance {
    /// A use with its details, which are taken out; `None` when its tool left the workbook.
    pub(super) fn of(library: &Library, details: &mut Details, one: &Instance) -> Option<Self> {
        let tool = library.tool(one.tool)?;
        let placement = one.placement;
        let there = placement.and_then(|placement| library.placement(placement));
        let data = details.data.remove(&one.id).unwrap_or(Private::Empty);
        let skills = details.skills.remove(&Target::Instance(one.id));
        let history = details.history.remove(&one.id).unwrap_or_default();
        let origin = placement.map_or(Origin::Standalone, |_| Origin::Workbook);
        Some(Self {
            id: Gid(one.id),
            tool: Tool::from(&**tool),
            origin: origin.into(),
            placement: placement.map(Gid),
            location: there.map(|there| there.location.into()),
            title: one.title.clone().into(),
            summary: one.summary.clone().into(),
            content_hash: one.content_hash.clone(),
            revision: one.revision,
            created_at: one.created_at,
            updated_at: one.updated_at,
            data: ToolContent::of(library, data),
            skills: skills.into_iter().flatten().map(Into::into).collect(),
            history: history.into_iter().map(Into::into).collect(),
        })
    }
}

impl ToolContent {
    fn of(library: &Library, data: Private<ToolData>) -> Self {
        let state = PrivateState::from(&data);
        let value = match data {
            Private::Open(data) => Some(AnswerValue::of(library, Value::Tool(data))),
            Private::Empty | Private::Locked => None,
        };
        Self { state, value }
    }
}

impl From<Change> for ToolInstanceChange {
    fn from(change: Change) -> Self {
        Self {
            revision: change.revision,
            changed_at: change.changed_at,
            content_hash: change.content_hash,
        }
    }
}
