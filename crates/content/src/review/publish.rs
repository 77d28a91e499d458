//! A change of the master list on its way to all servers.

use dreamtree_database::Scope;
use sea_orm::{ConnectionTrait, DbBackend, EntityTrait, ExprTrait, sea_query::Expr};

use super::ReviewError;
use crate::{
    entity::content_version::{Column, Entity},
    load::LOCK,
};

/// Waits until nobody else changes content. `SQLite` has one writer and needs no lock.
pub(super) async fn alone(scope: &Scope) -> Result<(), ReviewError> {
    let connection = scope.connection();
    if connection.get_database_backend() == DbBackend::Postgres {
        let sql = format!("SELECT pg_advisory_xact_lock({LOCK})");
        connection.execute_unprepared(&sql).await?;
    }
    Ok(())
}

/// Lets all servers read the content anew.
pub(super) async fn publish(scope: &Scope) -> Result<(), ReviewError> {
    let raised = Entity::update_many()
        .col_expr(Column::Version, Expr::col(Column::Version).add(1))
        .exec(scope.connection())
        .await?;
    if raised.rows_affected == 0 {
        return Err(ReviewError::Corrupt("there is no content"));
    }
    Ok(())
}
