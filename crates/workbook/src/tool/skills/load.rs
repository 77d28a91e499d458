//! Tagged skills, read many instances at a time.

use std::collections::HashMap;

use dreamtree_content::{Library, SkillCategory, SkillId, entity::skill};
use dreamtree_database::Scope;
use dreamtree_types::Private;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use super::{super::ToolData, Choice, Skills, Tag};
use crate::{
    CustomSkillId, Error, InstanceId, UserSkillId,
    entity::{user_custom_skills, user_skill_tags, user_skills},
};

/// The skills tagged at these instances, in three statements; a fourth one when one of them is no
/// longer in the master list.
pub(crate) async fn load(
    scope: &Scope,
    library: &Library,
    instances: &[InstanceId],
) -> Result<HashMap<InstanceId, Private<ToolData>>, Error> {
    let mut tagged: HashMap<InstanceId, Skills> = instances
        .iter()
        .map(|instance| (*instance, Skills::default()))
        .collect();
    let rows = user_skill_tags::Entity::find()
        .filter(user_skill_tags::Column::UserId.eq(scope.user()))
        .filter(user_skill_tags::Column::InstanceId.is_in(instances.iter().copied()))
        .order_by_asc(user_skill_tags::Column::Position)
        .all(scope.connection())
        .await?;
    let known = find(scope, library, rows.iter().map(|row| row.user_skill_id)).await?;
    for row in rows {
        if let (Some(skills), Some(tag)) = (
            tagged.get_mut(&row.instance_id),
            known.get(&row.user_skill_id),
        ) {
            skills.skills.push(tag.clone());
        }
    }
    Ok(tagged
        .into_iter()
        .map(|(instance, skills)| (instance, Private::Open(ToolData::Skills(skills))))
        .collect())
}

async fn find(
    scope: &Scope,
    library: &Library,
    ids: impl Iterator<Item = UserSkillId>,
) -> Result<HashMap<UserSkillId, Tag>, Error> {
    use user_skills::{Column, Entity};
    let rows = Entity::find()
        .filter(Column::UserId.eq(scope.user()))
        .filter(Column::Id.is_in(ids))
        .all(scope.connection())
        .await?;
    let own = own_names(scope, rows.iter().filter_map(|row| row.custom_skill_id)).await?;
    let left = rows
        .iter()
        .filter_map(|row| row.skill_id)
        .filter(|id| library.skill(*id).is_none());
    let left = retired_names(scope, left).await?;
    let mut tags = HashMap::new();
    for row in rows {
        let mut category = row.category.as_deref().and_then(SkillCategory::parse);
        let (choice, name) = if let Some(id) = row.skill_id {
            let listed = library.skill(id);
            category = listed.map_or(category, |skill| skill.category);
            let name = listed.map(|skill| &skill.name).or_else(|| left.get(&id));
            (Choice::Master(id), name.cloned())
        } else {
            let name = row.custom_skill_id.and_then(|id| own.get(&id)).cloned();
            (Choice::Custom(name.clone().unwrap_or_default()), name)
        };
        let tag = Tag {
            id: Some(row.id),
            choice,
            name: name.ok_or(Error::Corrupt("a skill without a name"))?,
            category,
            mastery: row.mastery,
            evidence: row.evidence,
            rank: row.rank,
        };
        tags.insert(row.id, tag);
    }
    Ok(tags)
}

async fn own_names(
    scope: &Scope,
    ids: impl Iterator<Item = CustomSkillId>,
) -> Result<HashMap<CustomSkillId, String>, Error> {
    use user_custom_skills::{Column, Entity};
    let rows = Entity::find()
        .filter(Column::UserId.eq(scope.user()))
        .filter(Column::Id.is_in(ids))
        .all(scope.connection())
        .await?;
    Ok(rows.into_iter().map(|row| (row.id, row.name)).collect())
}

/// The names of skills that are no longer in the master list; a shared table, nobody's rows.
async fn retired_names(
    scope: &Scope,
    ids: impl Iterator<Item = SkillId>,
) -> Result<HashMap<SkillId, String>, Error> {
    let ids: Vec<_> = ids.map(SkillId::uuid).collect();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = skill::Entity::find()
        .filter(skill::Column::Id.is_in(ids))
        .all(scope.connection())
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| (SkillId::from(row.id), row.name))
        .collect())
}
