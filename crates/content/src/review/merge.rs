//! Two skills of the master list become one.

use dreamtree_audit::{Event, record};
use dreamtree_database::Scope;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter,
    sea_query::Expr,
};

use super::{
    ReviewError,
    decide::listed,
    publish::{alone, publish},
};
use crate::{
    SkillId,
    entity::skill::{Column, Entity},
};

/// Takes `from` out of the master list; `into` counts in its place, also for those that were merged into `from`
/// before. What people keep of it follows when they next change their skills.
pub async fn merge(scope: &Scope, from: SkillId, into: SkillId) -> Result<(), ReviewError> {
    alone(scope).await?;
    if from == into {
        return Err(ReviewError::Twice);
    }
    let gone = listed(scope, from, "input.from").await?;
    listed(scope, into, "input.into").await?;
    let mut row = gone.into_active_model();
    row.merged_into = Set(Some(into.uuid()));
    row.is_active = Set(false);
    row.update(scope.connection()).await?;
    Entity::update_many()
        .col_expr(Column::MergedInto, Expr::value(into.uuid()))
        .filter(Column::MergedInto.eq(from.uuid()))
        .exec(scope.connection())
        .await?;
    record(scope, Event::SkillMerged(from.uuid())).await?;
    publish(scope).await
}
