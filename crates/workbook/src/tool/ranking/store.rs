//! Where orders are kept: the positions of list items, the ranks of skills.

use dreamtree_database::Scope;
use sea_orm::{
    ColumnTrait, EntityTrait, ExprTrait, QueryFilter,
    sea_query::{CaseStatement, Expr},
};

use super::RankedId;
use crate::{
    Error, InstanceId, ListItemId, UserSkillId,
    entity::{user_list_items, user_lists, user_skills},
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

/// Ranks the chosen ones from 1 and takes the rank from the rest of what could be chosen, at once.
pub(super) async fn rank_skills(
    scope: &Scope,
    all: &[RankedId],
    chosen: &[RankedId],
) -> Result<(), Error> {
    use user_skills::{Column, Entity};
    let skill = |id: &RankedId| match id {
        RankedId::Skill(id) => Some(*id),
        RankedId::Item(_) => None,
    };
    let all: Vec<UserSkillId> = all.iter().filter_map(skill).collect();
    let mut rank = CaseStatement::new();
    for (number, id) in (1_i32..).zip(chosen.iter().filter_map(skill)) {
        rank = rank.case(Column::Id.eq(id), Expr::value(number));
    }
    let rank = if chosen.is_empty() {
        Expr::value(None::<i32>)
    } else {
        rank.into()
    };
    Entity::update_many()
        .col_expr(Column::Rank, rank)
        .col_expr(Column::UpdatedAt, Expr::value(scope.now()))
        .filter(Column::UserId.eq(scope.user()))
        .filter(Column::Id.is_in(all))
        .exec(scope.connection())
        .await?;
    Ok(())
}
