//! The order of the best skills of a group.

use std::collections::{HashMap, HashSet};

use dreamtree_content::{Library, SkillCategory};
use dreamtree_database::Scope;
use sea_orm::{
    ColumnTrait, EntityTrait, QueryFilter,
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
    let group = skills.iter().find(|skill| ids.first() == Some(&skill.id));
    let group = group.map(|skill| skill.category);
    let unranked = skills
        .iter()
        .filter(|skill| Some(skill.category) == group && !ids.contains(&skill.id));
    let mut place = CaseStatement::new();
    for (number, id) in (1_i32..).zip(&ids) {
        place = place.case(Column::Id.eq(*id), Expr::value(number));
    }
    let touched = unranked.map(|skill| skill.id).chain(ids.iter().copied());
    Entity::update_many()
        .col_expr(Column::Rank, place.into())
        .col_expr(Column::UpdatedAt, Expr::value(scope.now()))
        .filter(Column::UserId.eq(scope.user()))
        .filter(Column::Id.is_in(touched))
        .exec(scope.connection())
        .await?;
    Ok(())
}

/// Numbers the ranked skills of each group anew, in their order, where a number is missing or there twice; no
/// statement but the first where all is well.
pub(super) async fn close_gaps(scope: &Scope, library: &Library) -> Result<(), Error> {
    let mut next: HashMap<Option<SkillCategory>, i32> = HashMap::new();
    let mut place = CaseStatement::new();
    let mut moved = Vec::new();
    // `all` comes ordered by rank.
    for skill in all(scope, library).await? {
        let Some(rank) = skill.rank else { continue };
        let number = next.entry(skill.category).or_insert(0);
        *number += 1;
        if rank != *number {
            place = place.case(Column::Id.eq(skill.id), Expr::value(*number));
            moved.push(skill.id);
        }
    }
    if moved.is_empty() {
        return Ok(());
    }
    Entity::update_many()
        .col_expr(Column::Rank, place.into())
        .filter(Column::UserId.eq(scope.user()))
        .filter(Column::Id.is_in(moved))
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
