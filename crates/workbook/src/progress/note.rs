//! The rows that remember how far a person has come.

use dreamtree_content::{Library, Module};
use dreamtree_database::Scope;
use dreamtree_identity::entity::users;
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, DbErr, EntityTrait, QueryFilter,
    sea_query::{Expr, Func, OnConflict},
};

use super::{Count, ModuleProgress};
use crate::{
    Answered, Position,
    entity::user_modules::{ActiveModel, Column, Entity},
};

/// Notes that these modules were worked on. A module that is complete for the first time is marked so, for good.
pub(crate) async fn touch(
    scope: &Scope,
    library: &Library,
    answered: &Answered,
    modules: &[&Module],
) -> Result<Vec<ModuleProgress>, DbErr> {
    let rows = modules.iter().map(|module| {
        let complete = is_complete(library, module, answered);
        ActiveModel {
            user_id: Set(scope.user()),
            module_id: Set(module.id.clone()),
            first_completed_at: Set(complete.then(|| scope.now())),
            last_modified_at: Set(scope.now()),
        }
    });
    let first = Func::coalesce([
        Expr::col((Entity, Column::FirstCompletedAt)),
        Expr::col(("excluded", Column::FirstCompletedAt)),
    ]);
    let again = OnConflict::columns([Column::UserId, Column::ModuleId])
        .update_column(Column::LastModifiedAt)
        .value(Column::FirstCompletedAt, first)
        .to_owned();
    let saved = Entity::insert_many(rows)
        .on_conflict(again)
        .exec_with_returning(scope.connection())
        .await?;
    catch_up(scope, library, answered, modules).await?;
    let progress = modules.iter().map(|module| {
        let row = saved.iter().find(|row| row.module_id == module.id);
        ModuleProgress::of(library, module, answered, row)
    });
    Ok(progress.collect())
}

/// Marks what a change of content has completed in the meantime, beside the modules that were just worked on.
async fn catch_up(
    scope: &Scope,
    library: &Library,
    answered: &Answered,
    touched: &[&Module],
) -> Result<(), DbErr> {
    let modules = answered.noted_incomplete().iter();
    let complete: Vec<&str> = modules
        .filter_map(|id| library.module(id))
        .filter(|module| touched.iter().all(|one| one.id != module.id))
        .filter(|module| is_complete(library, module, answered))
        .map(|module| module.id.as_str())
        .collect();
    if complete.is_empty() {
        return Ok(());
    }
    Entity::update_many()
        .col_expr(Column::FirstCompletedAt, Expr::value(scope.now()))
        .filter(Column::UserId.eq(scope.user()))
        .filter(Column::ModuleId.is_in(complete))
        .exec(scope.connection())
        .await?;
    Ok(())
}

fn is_complete(library: &Library, module: &Module, answered: &Answered) -> bool {
    Count::of(&library.placements()[module.span.clone()], answered).is_complete()
}

/// Notes that an answer in this module was changed elsewhere than at its placement.
pub(crate) async fn note_change(scope: &Scope, module: &Module) -> Result<(), DbErr> {
    Entity::update_many()
        .col_expr(Column::LastModifiedAt, Expr::value(scope.now()))
        .filter(Column::UserId.eq(scope.user()))
        .filter(Column::ModuleId.eq(&module.id))
        .exec(scope.connection())
        .await?;
    Ok(())
}

/// Writes down whether anything required is left.
pub(crate) async fn note_completion(scope: &Scope, position: Position) -> Result<(), DbErr> {
    let complete = position == Position::Complete;
    users::Entity::update_many()
        .col_expr(users::Column::WorkbookComplete, Expr::value(complete))
        .col_expr(users::Column::UpdatedAt, Expr::value(scope.now()))
        .filter(users::Column::Id.eq(scope.user()))
        .exec(scope.connection())
        .await?;
    Ok(())
}
