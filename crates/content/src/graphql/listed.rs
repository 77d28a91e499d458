//! The master list of skills as operators see it, with what has left it.

use async_graphql::{Context, Object, SimpleObject};
use dreamtree_api::{Answer, Gid, Plain, Ready, caller};
use time::OffsetDateTime;

use super::words::{SkillCategory, SkillOrigin};
use crate::{SkillId, review};

/// A skill of the master list as it is kept, also one that has left it.
#[derive(Clone, Debug, SimpleObject, Plain)]
pub struct ListedSkill {
    /// Stable, also after it has left the list.
    pub id: Gid<SkillId>,
    /// What it is called.
    pub name: String,
    /// Which group it belongs to, if any.
    pub category: Option<SkillCategory>,
    /// How it has come to the list.
    pub origin: SkillOrigin,
    /// False once it has left the list.
    pub active: bool,
    /// The skill that counts in its place since `mergeListedSkills`; null for one that was not merged.
    pub merged_into: Option<Gid<SkillId>>,
    /// When it came to the list.
    pub created_at: Option<OffsetDateTime>,
}

/// What operators can ask about the list.
#[derive(Clone, Copy, Debug, Default)]
pub struct ListedQuery;

#[Object]
impl ListedQuery {
    /// For operators: a skill of the master list as it is kept, also one that was merged into another one or has left the
    /// authors' files.
    async fn listed_skill(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The skill.")] id: Gid<SkillId>,
    ) -> Answer<Ready<ListedSkill>> {
        let scope = caller(ctx)?.read_as_operator().await?;
        let entry = review::entry(&scope, id.0).await?;
        Ok(Ready(entry.into()))
    }
}

impl From<review::Entry> for ListedSkill {
    fn from(entry: review::Entry) -> Self {
        Self {
            id: Gid(entry.id),
            name: entry.name,
            category: entry.category.map(Into::into),
            origin: entry.origin.into(),
            active: entry.is_active,
            merged_into: entry.merged_into.map(Gid),
            created_at: entry.created_at,
        }
    }
}
