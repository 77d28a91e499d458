//! Tool instances: one use of a tool at a placement.

use dreamtree_content::{Library, Module, Placement, PlacementId, ToolPlacement};
use dreamtree_database::Scope;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, DbErr, EntityTrait, ExprTrait, QueryFilter, sea_query::Expr,
};

use crate::{
    Error, InstanceId,
    answered::Kept,
    entity::user_tool_instances::{ActiveModel, Column, Entity},
    progress,
};

/// Notes that a tool was saved at a placement: a new instance, or the known one with its next revision.
pub(crate) async fn save(
    scope: &Scope,
    placement: &Placement,
    tool: &ToolPlacement,
    known: Option<&Kept>,
) -> Result<InstanceId, DbErr> {
    if let Some(id) = known.map(|row| InstanceId::from(row.id)) {
        count(scope, id).await?;
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

/// Notes that what a tool captured was changed elsewhere than at its placement.
pub(crate) async fn touch(scope: &Scope, library: &Library, id: InstanceId) -> Result<(), DbErr> {
    count(scope, id).await?;
    let row = Entity::find_by_id((scope.user(), id))
        .one(scope.connection())
        .await?;
    let placement = row.and_then(|row| row.stem_id).map(PlacementId);
    let index = placement.and_then(|placement| library.index_of(placement));
    let holds = |index| move |module: &&Module| module.span.contains(&index);
    match index.and_then(|index| library.modules().iter().find(holds(index))) {
        Some(module) => progress::note_change(scope, module).await,
        None => Ok(()),
    }
}

/// Refuses to take away what belongs to a placement.
pub(crate) fn refuse(instance: Option<InstanceId>) -> Result<(), Error> {
    match instance {
        Some(_) => Err(Error::invalid(
            "input.id",
            "belongs to an exercise of the workbook; change it there, it cannot be taken away",
        )),
        None => Ok(()),
    }
}

async fn count(scope: &Scope, id: InstanceId) -> Result<(), DbErr> {
    Entity::update_many()
        .col_expr(Column::Revision, Expr::col(Column::Revision).add(1))
        .col_expr(Column::UpdatedAt, Expr::value(scope.now()))
        .filter(Column::UserId.eq(scope.user()))
        .filter(Column::Id.eq(id))
        .exec(scope.connection())
        .await?;
    Ok(())
}
