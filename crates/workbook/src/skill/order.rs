//! The order of the best skills of a group.

use std::collections::{HashMap, HashSet};

use dreamtree_content::{Library, SkillCategory};
use dreamtree_database::Scope;
use sea_orm::{
    ColumnTrait, EntityTrait, ExprTrait, QueryFilter,
    sea_query::{CaseStatement, Expr},
};

use super::{Skill, adopt::adopt, find::all};
use crate::{
    Error, UserSkillId,
    entity::user_skills::{Column, Entity},
};

/// Ranks these skills of one group from 1 and takes the rank from all others of the group.
pub(crate) async fn rank(
    scope: &Scope,
    library: &Library,
    ids: &[UserSkillId],
) -> Result<(), Error> {
    let adopted = adopt(scope, library).await?;
    let ids: Vec<_> = ids.iter().map(|id| adopted.now(*id)).collect();
    let skills = all(scope, library).await?;
    check(&skills, &ids)?;
    // Without any, those of all groups lose their rank.
    let group = skills.iter().find(|skill| ids.first() == Some(&skill.id));
    let group = group.map(|skill| skill.category);
    let places: HashMap<UserSkillId, i32> = ids.iter().copied().zip(1..).collect();
    let moved = skills
        .iter()
        .filter(|skill| group.is_none_or(|group| group == skill.category))
        .map(|skill| (skill, places.get(&skill.id).copied()))
        .filter(|(skill, place)| skill.rank != *place)
        .map(|(skill, place)| (skill.id, place));
    place(scope, &moved.collect::<Vec<_>>()).await
}

/// Numbers the ranked skills of each group anew, in their order, where a number is missing or there twice; no
/// statement but the first where all is well.
pub(super) async fn close_gaps(scope: &Scope, library: &Library) -> Result<(), Error> {
    let mut next: HashMap<Option<SkillCategory>, i32> = HashMap::new();
    let mut moved = Vec::new();
    // `all` comes ordered by rank.
    for skill in all(scope, library).await? {
        let Some(rank) = skill.rank else { continue };
        let number = next.entry(skill.category).or_insert(0);
        *number += 1;
        if rank != *number {
            moved.push((skill.id, Some(*number)));
        }
    }
    place(scope, &moved).await
}

/// Gives skills another rank, or none, as a change of theirs; one statement, none without skills.
pub(crate) async fn place(
    scope: &Scope,
    moved: &[(UserSkillId, Option<i32>)],
) -> Result<(), Error> {
    if moved.is_empty() {
        return Ok(());
    }
    let mut rank = CaseStatement::new();
    for (id, number) in moved {
        rank = rank.case(Column::Id.eq(*id), Expr::value(*number));
    }
    Entity::update_many()
        .col_expr(Column::Rank, rank.into())
        .col_expr(Column::Revision, Expr::col(Column::Revision).add(1))
        .col_expr(Column::UpdatedAt, Expr::value(scope.now()))
        .filter(Column::UserId.eq(scope.user()))
        .filter(Column::Id.is_in(moved.iter().map(|(id, _)| *id)))
        .exec(scope.connection())
        .await?;
    Ok(())
}

fn check(skills: &[Skill], ids: &[UserSkillId]) -> Result<(), Error> {
    let groups: HashMap<_, _> = skills.iter().map(|one| (one.id, one.category)).collect();
    let mut seen = HashSet::new();
    for (index, id) in ids.iter().enumerate() {
        let field = format!("input.ids[{index}]");
        let Some(group) = groups.get(id) else {
            return Err(Error::missing(field));
        };
        if !seen.insert(*id) {
            return Err(Error::twice(field));
        }
        if groups.get(&ids[0]) != Some(group) {
            return Err(Error::invalid(field, "is of another group than the first"));
        }
    }
    Ok(())
}
