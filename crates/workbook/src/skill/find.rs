//! The person's skills as they are kept.

use std::collections::HashMap;

use dreamtree_content::{Library, SkillCategory, SkillId};
use dreamtree_database::Scope;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, Select};
use tokio::try_join;

use super::{
    Skill,
    own::{Own, own},
};
use crate::{
    Error, UserSkillId,
    entity::user_skills::{Column, Entity, Model},
    tool::skills::retired_names,
};

/// The person's skills, the best first: ranked ones by rank, then by mastery, then in the order of their coming.
/// One statement; a second one when one of them is no longer in the master list.
pub async fn all(scope: &Scope, library: &Library) -> Result<Vec<Skill>, Error> {
    let mut skills = read(scope, library, mine(scope)).await?;
    skills.sort_by_key(|skill| {
        let mastery = skill.mastery.unwrap_or_default();
        (skill.rank.unwrap_or(i32::MAX), -mastery, skill.id)
    });
    Ok(skills)
}

/// The person's skill with this id.
pub(crate) async fn one(scope: &Scope, library: &Library, id: UserSkillId) -> Result<Skill, Error> {
    let skills = read(scope, library, mine(scope).filter(Column::Id.eq(id))).await?;
    skills
        .into_iter()
        .next()
        .ok_or_else(|| Error::missing("input.id"))
}

fn mine(scope: &Scope) -> Select<Entity> {
    Entity::find().filter(Column::UserId.eq(scope.user()))
}

async fn read(
    scope: &Scope,
    library: &Library,
    select: Select<Entity>,
) -> Result<Vec<Skill>, Error> {
    let rows = async { Ok(scope.gather(select).await?) };
    let (rows, own) = try_join!(rows, own(scope))?;
    let left = rows.iter().filter_map(|row| row.skill_id);
    let left = retired_names(scope, left.filter(|id| library.skill(*id).is_none())).await?;
    rows.into_iter()
        .map(|row| skill(library, &left, &own, row))
        .collect()
}

fn skill(
    library: &Library,
    left: &HashMap<SkillId, String>,
    own: &Own,
    row: Model,
) -> Result<Skill, Error> {
    let listed = row.skill_id.and_then(|id| library.skill(id));
    let custom = row.custom_skill_id.and_then(|id| own.get(id));
    let name = match row.skill_id {
        Some(id) => listed.map(|skill| &skill.name).or_else(|| left.get(&id)),
        None => custom.map(|custom| &custom.name),
    };
    let category = row.category.as_deref().and_then(SkillCategory::parse);
    Ok(Skill {
        id: row.id,
        listed: row.skill_id,
        custom: row.custom_skill_id,
        name: name
            .cloned()
            .ok_or(Error::Corrupt("a skill without a name"))?,
        category: listed.map_or(category, |skill| skill.category),
        mastery: row.mastery,
        evidence: row.evidence,
        rank: row.rank,
        review: custom.map(|custom| custom.review_status.clone()),
        revision: row.revision,
        created_at: row.created_at,
        updated_at: row.updated_at,
    })
}
