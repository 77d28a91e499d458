//! The person's skills as they are kept.

use std::collections::HashMap;

use dreamtree_content::{Library, SkillCategory, SkillId, Verdict, review::ReviewStatus};
use dreamtree_database::Scope;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, Select};
use tokio::try_join;

use super::{
    Skill,
    counted::{counts_as, fold},
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
    if library.has_decisions() {
        // Adopting will keep the entry that stands under the listed skill already.
        skills.sort_by_key(|(is_moved, skill)| (*is_moved, skill.id));
    }
    let mut skills = fold(skills.into_iter().map(|(_, skill)| skill));
    skills.sort_by_key(|skill| {
        let mastery = skill.mastery.unwrap_or_default();
        (skill.rank.unwrap_or(i32::MAX), -mastery, skill.id)
    });
    Ok(skills)
}

/// The person's skill with this id.
pub(crate) async fn one(scope: &Scope, library: &Library, id: UserSkillId) -> Result<Skill, Error> {
    let skills = read(scope, library, mine(scope).filter(Column::Id.eq(id))).await?;
    let first = skills.into_iter().next();
    first
        .map(|(_, skill)| skill)
        .ok_or_else(|| Error::missing("input.id"))
}

fn mine(scope: &Scope) -> Select<Entity> {
    Entity::find().filter(Column::UserId.eq(scope.user()))
}

/// Each skill, and whether it counts as another one than it is kept as.
async fn read(
    scope: &Scope,
    library: &Library,
    select: Select<Entity>,
) -> Result<Vec<(bool, Skill)>, Error> {
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
) -> Result<(bool, Skill), Error> {
    let category = row.category.as_deref().and_then(SkillCategory::parse);
    let custom = row.custom_skill_id.and_then(|id| own.get(id));
    let named = custom.map(|custom| (custom.name.as_str(), category));
    let heir = counts_as(library, row.skill_id, named);
    let listed = heir.or_else(|| library.skill(row.skill_id?));
    let name = match row.skill_id.and_then(|id| left.get(&id)) {
        Some(former) => Some(former.as_str()),
        None => named.map(|(name, _)| name),
    };
    let name = listed.map(|skill| skill.name.as_str()).or(name);
    let skill = Skill {
        id: row.id,
        listed: listed.map(|skill| skill.id).or(row.skill_id),
        custom: row.custom_skill_id,
        name: name
            .ok_or(Error::Corrupt("a skill without a name"))?
            .to_owned(),
        category: listed.map_or(category, |skill| skill.category),
        mastery: row.mastery,
        evidence: row.evidence,
        rank: row.rank,
        review: review(library, listed.map_or(named, |_| None)),
        revision: row.revision,
        created_at: row.created_at,
        updated_at: row.updated_at,
    };
    Ok((heir.is_some(), skill))
}

/// How far the review of a skill of the person's own has come.
fn review(library: &Library, own: Option<(&str, Option<SkillCategory>)>) -> Option<ReviewStatus> {
    let (name, category) = own?;
    Some(match library.verdict(name, category) {
        Some(Verdict::Rejected) => ReviewStatus::Rejected,
        Some(Verdict::Listed(_)) | None => ReviewStatus::Pending,
    })
}
