//! Codes on paper, each good for one sign-in.

use dreamtree_crypto::{BackupCode, ServerKeys, System};
use dreamtree_database::Scope;
use dreamtree_types::Instant;
use sea_orm::{ActiveValue::Set, ColumnTrait, DbErr, EntityTrait, QueryFilter, sea_query::Expr};
use uuid::Uuid;

use crate::{
    Error,
    entity::user_backup_codes::{ActiveModel, Column, Entity},
};

/// How many there are at first.
const COUNT: usize = 10;

/// How many are left, and when they were made.
pub(super) async fn left(scope: &Scope) -> Result<(usize, Option<Instant>), DbErr> {
    let unused = Entity::find()
        .filter(Column::UserId.eq(scope.user()))
        .filter(Column::UsedAt.is_null());
    let rows = scope.gather(unused).await?;
    Ok((rows.len(), rows.iter().map(|row| row.created_at).max()))
}

/// Makes ten, in the place of those that there were.
pub(super) async fn replace(scope: &Scope, keys: &ServerKeys) -> Result<Vec<BackupCode>, Error> {
    remove(scope).await?;
    let made = (0..COUNT).map(|_| BackupCode::generate(&mut System));
    let codes: Vec<BackupCode> = made.collect::<Result<_, _>>()?;
    let rows = codes.iter().map(|code| ActiveModel {
        user_id: Set(scope.user()),
        id: Set(Uuid::now_v7()),
        code_hash: Set(code.hash(keys, scope.user().uuid())),
        used_at: Set(None),
        created_at: Set(scope.now()),
    });
    Entity::insert_many(rows)
        .exec_without_returning(scope.connection())
        .await?;
    Ok(codes)
}

/// Uses one up; false when there is no such code, or it was used.
pub(super) async fn take(
    scope: &Scope,
    keys: &ServerKeys,
    code: &BackupCode,
) -> Result<bool, DbErr> {
    let used = Entity::update_many()
        .col_expr(Column::UsedAt, Expr::value(scope.now()))
        .filter(Column::UserId.eq(scope.user()))
        .filter(Column::CodeHash.is_in(code.hashes(keys, scope.user().uuid())))
        .filter(Column::UsedAt.is_null())
        .exec(scope.connection())
        .await?;
    Ok(used.rows_affected == 1)
}

/// Takes all of them away.
pub(super) async fn remove(scope: &Scope) -> Result<(), DbErr> {
    Entity::delete_many()
        .filter(Column::UserId.eq(scope.user()))
        .exec(scope.connection())
        .await?;
    Ok(())
}
