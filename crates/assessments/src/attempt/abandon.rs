//! Giving an attempt up.

use dreamtree_database::Scope;
use sea_orm::{ColumnTrait, DbErr, EntityTrait, QueryFilter, sea_query::Expr};

use super::{Attempt, Status, read::get_attempt};
use crate::{
    AttemptId, Error,
    entity::user_attempts::{Column, Entity},
    score::moment,
};

/// Gives an open attempt up, so that another can begin; one that was given up already stays as it is.
pub async fn abandon(scope: &Scope, id: AttemptId) -> Result<Attempt, Error> {
    let attempt = get_attempt(scope, id).await?;
    if attempt.status == Status::Abandoned {
        return Ok(attempt);
    }
    attempt.check_open()?;
    end(scope, id, Status::Abandoned).await?;
    Ok(Attempt {
        status: Status::Abandoned,
        ended_at: Some(moment(scope)),
        ..attempt
    })
}

/// Ends an attempt without a result; one statement.
pub(super) async fn end(scope: &Scope, id: AttemptId, status: Status) -> Result<(), DbErr> {
    Entity::update_many()
        .col_expr(Column::Status, Expr::value(status.as_str()))
        .col_expr(Column::EndedAt, Expr::value(moment(scope)))
        .filter(Column::UserId.eq(scope.user()))
        .filter(Column::Id.eq(id))
        .filter(Column::Status.eq(Status::InProgress.as_str()))
        .exec(scope.connection())
        .await
        .map(drop)
}
