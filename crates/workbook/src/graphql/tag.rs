//! Skills tagged on answers and on uses of tools, at the edge.

use async_graphql::{Context, ID, InputObject, Object, SimpleObject};
use dreamtree_api::{Answer, Caller, Gid, Global, Plain, Ready, caller};
use dreamtree_content::{
    Library, PlacementId, ToolId,
    graphql::{Location, library},
};

use super::tool::skills::{SkillTagInput, TaggedSkill, tags};
use crate::{
    Error, InstanceId, ResponseId,
    tag::{self, Name, Tagged, Target},
};

/// The skills that showed in something.
#[derive(InputObject)]
pub struct TagSkillsInput {
    /// What they showed in: the placement of an answer, or a use of a tool. A skill tagger is itself a choice of skills
    /// and takes no others.
    pub target: ID,
    /// First to last, each skill once, at most 30; they take the place of those that were tagged there.
    pub skills: Vec<SkillTagInput>,
}

/// The skills of something as they are now.
#[derive(SimpleObject, Plain)]
pub struct TagSkillsPayload {
    /// What they are tagged on.
    pub target: String,
    /// In their order.
    pub skills: Vec<TaggedSkill>,
}

/// Something that a skill is tagged on.
#[derive(SimpleObject, Plain)]
pub struct SkillPlace {
    /// The use of a tool; null for an answer to a prompt.
    pub instance: Option<Gid<InstanceId>>,
    /// The answer to a prompt; null for a use of a tool.
    pub response: Option<Gid<ResponseId>>,
    /// The tool; null for an answer to a prompt.
    pub tool: Option<Gid<ToolId>>,
    /// Where in the workbook it stands, perhaps no longer; null outside of it.
    pub placement: Option<Gid<PlacementId>>,
    /// The place there; null outside of the workbook, or when the workbook has the place no longer.
    pub location: Option<Location>,
}

/// What can be done with tags.
#[derive(Clone, Copy, Debug, Default)]
pub struct TagMutation;

#[Object]
impl TagMutation {
    /// Says which skills showed in an answer or in a use of a tool. What the caller does not have yet joins their skills.
    async fn tag_skills(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What, and which skills.")] input: TagSkillsInput,
    ) -> Answer<Ready<TagSkillsPayload>> {
        let scope = caller(ctx)?.write().await?;
        let name = name(&input.target)?;
        let skills = tags("input.skills", input.skills)?;
        let tagged = tag::set(&scope, library(ctx)?, name, skills).await?;
        Caller::commit(scope).await?;
        Ok(Ready(TagSkillsPayload {
            target: input.target.0,
            skills: tagged.into_iter().map(Into::into).collect(),
        }))
    }
}

/// What an id names that skills can be tagged on.
fn name(id: &ID) -> Result<Name, Error> {
    let (kind, key) = id.split_once(':').unwrap_or_default();
    let placement = || PlacementId::from_key(key).filter(|_| kind == PlacementId::kind());
    let instance = || InstanceId::from_key(key).filter(|_| kind == InstanceId::kind());
    let name = placement().map(Name::Placement);
    let name = name.or_else(|| instance().map(Name::Instance));
    name.ok_or_else(|| Error::missing("input.target"))
}

impl SkillPlace {
    pub(super) fn of(library: &Library, tagged: Tagged) -> Self {
        let Tagged {
            target,
            placement,
            tool,
        } = tagged;
        let there = placement.and_then(|placement| library.placement(placement));
        Self {
            instance: Target::instance(target).map(Gid),
            response: Target::response(target).map(Gid),
            tool: tool.map(Gid),
            placement: placement.map(Gid),
            location: there.map(|there| there.location.into()),
        }
    }
}
