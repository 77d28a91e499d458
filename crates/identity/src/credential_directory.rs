//! The directory of credentials in force: which place of which status list is whose. It stands
//! here because an account's entries go with the account, which revokes its credentials.

use dreamtree_database::{Database, Scope};
use sea_orm::{ActiveValue::Set, ColumnTrait, DbErr, EntityTrait, QueryFilter, QuerySelect};

use crate::entity::credential_directory::{ActiveModel, Column, Entity};

/// Gives a place that nobody has had to the scope's person.
pub async fn insert(scope: &Scope, list: i32, position: i32) -> Result<(), DbErr> {
    let row = ActiveModel {
        status_list: Set(list),
        status_position: Set(position),
        user_id: Set(scope.user()),
    };
    Entity::insert(row)
        .exec_without_returning(scope.connection())
        .await?;
    Ok(())
}

/// Takes a place from the scope's person.
pub async fn free(scope: &Scope, list: i32, position: i32) -> Result<(), DbErr> {
    Entity::delete_many()
        .filter(Column::UserId.eq(scope.user()))
        .filter(Column::StatusList.eq(list))
        .filter(Column::StatusPosition.eq(position))
        .exec(scope.connection())
        .await?;
    Ok(())
}

/// The places of a list whose credentials are in force; one statement.
pub async fn in_force(database: &Database, list: i32) -> Result<Vec<i32>, DbErr> {
    Entity::find()
        .select_only()
        .column(Column::StatusPosition)
        .filter(Column::StatusList.eq(list))
        .into_tuple()
        .all(database.shared())
        .await
}

/// Takes all places from the scope's person.
pub(crate) async fn forget(scope: &Scope) -> Result<(), DbErr> {
    Entity::delete_many()
        .filter(Column::UserId.eq(scope.user()))
        .exec(scope.connection())
        .await?;
    Ok(())
}
