//! Visitors who never came back.

use dreamtree_database::{Database, Scope};
use dreamtree_types::{Instant, UserId};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::Expr,
};
use time::Duration;

use crate::entity::{
    sessions, users,
    visits::{ActiveModel, Column, Entity},
};

/// Days after which a session that was not used has ended, so that a visitor cannot come back: nobody goes before.
const EARLIEST: Duration = Duration::days(31);

/// Remembers a new visitor.
pub(crate) async fn remember(scope: &Scope) -> Result<(), DbErr> {
    let row = ActiveModel {
        user_id: Set(scope.user()),
        look_on: Set((scope.now() + EARLIEST).date()),
    };
    Entity::insert(row)
        .exec_without_returning(scope.connection())
        .await?;
    Ok(())
}

/// Forgets that the scope's person is a visitor.
pub(crate) async fn forget(scope: &Scope) -> Result<(), DbErr> {
    Entity::delete_by_id(scope.user())
        .exec(scope.connection())
        .await?;
    Ok(())
}

/// Visitors to look at by now, the first ones first; at most `most`.
pub async fn candidates(database: &Database, most: u64) -> Result<Vec<UserId>, DbErr> {
    let rows = Entity::find()
        .filter(Column::LookOn.lte(database.clock().now().date()))
        .order_by_asc(Column::LookOn)
        .order_by_asc(Column::UserId)
        .limit(most)
        .all(database.shared())
        .await?;
    Ok(rows.into_iter().map(|row| row.user_id).collect())
}

/// True when the scope's person is a visitor still who was not here for so many days. Otherwise the day of the next
/// look is set.
pub async fn is_stale(scope: &Scope, days: u16) -> Result<bool, DbErr> {
    let connection = scope.connection();
    let user = users::Entity::find_by_id(scope.user())
        .one(connection)
        .await?;
    let Some(user) = user.filter(|user| user.is_anonymous) else {
        return forget(scope).await.map(|()| false);
    };
    let seen = sessions::Entity::find()
        .filter(sessions::Column::UserId.eq(scope.user()))
        .order_by_desc(sessions::Column::LastSeenAt)
        .one(connection)
        .await?;
    let seen: Instant = seen.map_or(user.created_at, |session| session.last_seen_at);
    let until = seen + Duration::days(days.into());
    if until <= scope.now() {
        return Ok(true);
    }
    // Tomorrow at the earliest: nobody is looked at twice in one sweep.
    let next = until.date().max(scope.now().date() + Duration::days(1));
    Entity::update_many()
        .col_expr(Column::LookOn, Expr::value(next))
        .filter(Column::UserId.eq(scope.user()))
        .exec(connection)
        .await?;
    Ok(false)
}
