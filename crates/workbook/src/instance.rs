//! Tool instances: one use of a tool at a placement.

use dreamtree_content::{Placement, ToolPlacement};
use dreamtree_database::Scope;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, DbErr, EntityTrait, ExprTrait, QueryFilter, sea_query::Expr,
};

use crate::{InstanceId, answered::Kept, entity::user_tool_instances};

/// Notes that a tool was saved at a placement: a new instance, or the known one with its next revision.
pub(crate) async fn save(
    scope: &Scope,
    placement: &Placement,
    tool: &ToolPlacement,
    known: Option<&Kept>,
) -> Result<InstanceId, DbErr> {
    use user_tool_instances::{ActiveModel, Column, Entity};
    if let Some(id) = known.map(|row| InstanceId::from(row.id)) {
        Entity::update_many()
            .col_expr(Column::Revision, Expr::col(Column::Revision).add(1))
            .col_expr(Column::UpdatedAt, Expr::value(scope.now()))
            .filter(Column::UserId.eq(scope.user()))
            .filter(Column::Id.eq(id))
            .exec(scope.connection())
            .await?;
        return Ok(id);
    }
    let id = InstanceId::new();
    let row = ActiveModel {
        user_id: Set(scope.user()),
        id: Set(id),
        tool_id: Set(tool.tool.id.0),
        stem_id: Set(Some(placement.id.0)),
        title: Set(None),
        revision: Set(1),
        created_at: Set(scope.now()),
        updated_at: Set(scope.now()),
    };
    Entity::insert(row)
        .exec_without_returning(scope.connection())
        .await?;
    Ok(id)
}
