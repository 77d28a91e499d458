//! How far a person has come: modules, the whole workbook, and the rows that remember it.

use std::collections::BTreeSet;

use dreamtree_content::{Library, Module, ToolId};
use dreamtree_database::Scope;
use dreamtree_identity::entity::users;
use dreamtree_types::Instant;
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, DbErr, EntityTrait, QueryFilter,
    sea_query::{Expr, Func, OnConflict},
};

use crate::{
    Answered, Position,
    entity::user_modules::{ActiveModel, Column, Entity, Model},
};

/// How far a person has come in one module.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ModuleProgress {
    /// Such as `1.1`.
    pub module: String,
    /// The module's title.
    pub title: String,
    /// Required placements in it.
    pub required: usize,
    /// Required placements that are answered.
    pub answered: usize,
    /// When the last required placement got its first answer; never changes afterwards.
    pub first_completed_at: Option<Instant>,
    /// When anything in the module was last saved.
    pub last_modified_at: Option<Instant>,
}

/// How far a person has come.
#[derive(Clone, Debug)]
pub struct Progress {
    /// Where they stand.
    pub position: Position,
    /// All modules in the order of reading.
    pub modules: Vec<ModuleProgress>,
}

impl Progress {
    /// The progress of the scope's person, in two statements.
    pub async fn find(scope: &Scope, library: &Library) -> Result<Self, DbErr> {
        let answered = Answered::find(scope).await?;
        let rows = Entity::find()
            .filter(Column::UserId.eq(scope.user()))
            .all(scope.connection())
            .await?;
        let modules = library.modules().iter().map(|module| {
            let row = rows.iter().find(|row| row.module_id == module.id);
            count(library, module, &answered, row)
        });
        Ok(Self {
            position: Position::of(library, &answered),
            modules: modules.collect(),
        })
    }
}

fn count(
    library: &Library,
    module: &Module,
    answered: &Answered,
    row: Option<&Model>,
) -> ModuleProgress {
    let required = || {
        library.placements()[module.span.clone()]
            .iter()
            .filter(|one| one.required)
    };
    ModuleProgress {
        module: module.id.clone(),
        title: module.title.clone(),
        required: required().count(),
        answered: required().filter(|one| answered.contains(one.id)).count(),
        first_completed_at: row.and_then(|row| row.first_completed_at),
        last_modified_at: row.map(|row| row.last_modified_at),
    }
}

/// Notes that these modules were worked on. A module that is complete for the first time is marked so, for good.
pub(crate) async fn touch(
    scope: &Scope,
    library: &Library,
    answered: &Answered,
    modules: &[&Module],
) -> Result<Vec<ModuleProgress>, DbErr> {
    let rows = modules.iter().map(|module| {
        let progress = count(library, module, answered, None);
        let complete = progress.answered == progress.required;
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
    let progress = modules.iter().map(|module| {
        let row = saved.iter().find(|row| row.module_id == module.id);
        count(library, module, answered, row)
    });
    Ok(progress.collect())
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

/// The tools that a step from one position to another unlocks.
pub(crate) fn unlocked(library: &Library, before: Position, after: Position) -> BTreeSet<ToolId> {
    let open = |position: Position, tool| {
        library
            .first_placement_of(tool)
            .is_some_and(|index| position.opens(index))
    };
    let tools = library.tools().iter().map(|tool| tool.id);
    tools
        .filter(|tool| open(after, *tool) && !open(before, *tool))
        .collect()
}
