//! Where orders are kept: the positions of list items, the ranks of skills.

use dreamtree_database::Scope;
use sea_orm::{
    ColumnTrait, EntityTrait, ExprTrait, QueryFilter,
    sea_query::{CaseStatement, Expr},
};

use super::RankedId;
use crate::{
    Error, InstanceId, ListItemId,
    entity::{user_list_items, user_lists},
    skill,
    tool::skills::Skills,
};

/// Writes the list's new order down: these are all of its items.
pub(super) async fn order_items(
    scope: &Scope,
    instance: InstanceId,
    ids: &[RankedId],
) -> Result<(), Error> {
    let items = ids.iter().filter_map(|id| match id {
        RankedId::Item(id) => Some(*id),
        RankedId::Skill(_) => None,
    });
    let items: Vec<ListItemId> = items.collect();
    if items.is_empty() {
        return Ok(());
    }
    let mut position = CaseStatement::new();
    for (index, id) in (0_i32..).zip(&items) {
        position = position.case(user_list_items::Column::Id.eq(*id), Expr::value(index));
    }
    user_list_items::Entity::update_many()
        .col_expr(user_list_items::Column::Position, position.into())
        .filter(user_list_items::Column::UserId.eq(scope.user()))
        .filter(user_list_items::Column::Id.is_in(items))
        .exec(scope.connection())
        .await?;
    user_lists::Entity::update_many()
        .col_expr(
            user_lists::Column::Revision,
            Expr::col(user_lists::Column::Revision).add(1),
        )
        .col_expr(user_lists::Column::UpdatedAt, Expr::value(scope.now()))
        .filter(user_lists::Column::UserId.eq(scope.user()))
        .filter(user_lists::Column::InstanceId.eq(instance))
        .exec(scope.connection())
        .await?;
    Ok(())
}

/// Ranks the chosen ones from 1 and takes the rank from the rest of what could be chosen; one whose rank is another
/// one by that counts a change.
pub(super) async fn rank_skills(
    scope: &Scope,
    skills: &Skills,
    all: &[RankedId],
    chosen: &[RankedId],
) -> Result<(), Error> {
    let place_of = |id| {
        let mut numbered = (1_i32..).zip(chosen);
        let found = numbered.find(|(_, one)| **one == id);
        found.map(|(number, _)| number)
    };
    let moved = skills.skills.iter().filter_map(|tag| {
        let id = tag.id.filter(|id| all.contains(&RankedId::Skill(*id)))?;
        let number = place_of(RankedId::Skill(id));
        (tag.rank != number).then_some((id, number))
    });
    skill::place(scope, &moved.collect::<Vec<_>>()).await
}
