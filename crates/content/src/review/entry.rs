//! Entries of the master list as they are kept.

use dreamtree_database::Scope;
use dreamtree_types::Instant;
use sea_orm::EntityTrait;

use super::{ReviewError, SkillOrigin};
use crate::{SkillCategory, SkillId, entity::skill::Entity};

/// An entry of the master list, also one that has left it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Stable.
    pub id: SkillId,
    /// As readers see it.
    pub name: String,
    /// Its group, if any.
    pub category: Option<SkillCategory>,
    /// How it has come to the list.
    pub origin: SkillOrigin,
    /// False once it has left the list.
    pub is_active: bool,
    /// The skill that counts in its place.
    pub merged_into: Option<SkillId>,
    /// When it came to the list.
    pub created_at: Option<Instant>,
}

/// The entry with this id. One statement.
pub async fn entry(scope: &Scope, id: SkillId) -> Result<Entry, ReviewError> {
    let row = Entity::find_by_id(id.uuid())
        .one(scope.connection())
        .await?;
    let row = row.ok_or(ReviewError::NotFound("id"))?;
    Ok(Entry {
        id,
        name: row.name,
        category: row.category.as_deref().and_then(SkillCategory::parse),
        origin: SkillOrigin::parse(&row.origin).ok_or(ReviewError::Corrupt("an origin"))?,
        is_active: row.is_active,
        merged_into: row.merged_into.map(SkillId::from),
        created_at: row.created_at,
    })
}
