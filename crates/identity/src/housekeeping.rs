//! What has to be taken away in time although nobody asks: data keys of sessions that are not used, sessions and
//! challenges that have ended, counters that say nothing any more.
//!
//! Row-level security lets nobody look over all sessions. So a table without it says whom to look after next, one row a
//! person, and nothing else about them. The row is only written when a session begins and when it was looked after: a
//! session in use moves on without it, and is found alive at its next look.

use dreamtree_database::{Database, Scope};
use dreamtree_types::{Instant, SessionId, UserId};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{CaseStatement, Expr, ExprTrait, OnConflict},
};
use time::Duration;

use crate::{
    entity::{
        housekeeping::{ActiveModel, Column, Entity},
        sessions, sign_in_challenges, user_keys,
    },
    keyring, limit, session,
};

/// When a new session is looked after for the first time.
pub(crate) const SOON: Duration = Duration::hours(1);

/// People whose rows are asked for at once.
const MOST: u64 = 100;

/// What a round has done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Swept {
    /// People whose sessions were looked after.
    pub people: u64,
    /// Counters that were taken away.
    pub counters: u64,
}

/// One round: everybody who is due, and the counters. Several servers may do it beside each other; whoever comes second
/// finds nothing to do.
pub async fn sweep(database: &Database, vault_idle: Duration) -> Result<Swept, DbErr> {
    let mut swept = Swept::default();
    loop {
        let due = Entity::find()
            .filter(Column::DueAt.lte(database.clock().now()))
            .order_by_asc(Column::DueAt)
            .limit(MOST)
            .all(database.shared())
            .await?;
        if due.is_empty() {
            break;
        }
        for row in due {
            look_after(database, row.user_id, vault_idle).await?;
            swept.people += 1;
        }
    }
    swept.counters = limit::forget(database).await?;
    Ok(swept)
}

/// Takes away what has had its time, and notes when to look again.
async fn look_after(database: &Database, user: UserId, vault_idle: Duration) -> Result<(), DbErr> {
    let scope = Scope::write(database, user).await?;
    let (connection, now) = (scope.connection(), scope.now());
    sign_in_challenges::Entity::delete_many()
        .filter(sign_in_challenges::Column::UserId.eq(user))
        .filter(sign_in_challenges::Column::ExpiresAt.lte(now))
        .exec(connection)
        .await?;
    keyring::take_from_idle(&scope, None, now - vault_idle).await?;
    sessions::Entity::delete_many()
        .filter(sessions::Column::UserId.eq(user))
        .filter(
            sessions::Column::ExpiresAt
                .lte(now)
                .or(sessions::Column::LastSeenAt.lte(now - session::IDLE)),
        )
        .exec(connection)
        .await?;
    match next(&scope, vault_idle).await? {
        // Never at once: what two databases hold of a moment may differ in its last digits.
        Some(due) => {
            Entity::update_many()
                .col_expr(
                    Column::DueAt,
                    Expr::value(Ord::max(due, now + Duration::MINUTE)),
                )
                .filter(Column::UserId.eq(user))
                .exec(connection)
                .await?;
        }
        None => {
            Entity::delete_by_id(user).exec(connection).await?;
        }
    }
    scope.commit().await
}

/// When something of this person has had its time next; `None` for somebody without sessions and challenges.
async fn next(scope: &Scope, vault_idle: Duration) -> Result<Option<Instant>, DbErr> {
    let connection = scope.connection();
    let sessions = sessions::Entity::find()
        .filter(sessions::Column::UserId.eq(scope.user()))
        .all(connection)
        .await?;
    let open: Vec<SessionId> = user_keys::Entity::find()
        .select_only()
        .column(user_keys::Column::SessionId)
        .filter(user_keys::Column::UserId.eq(scope.user()))
        .filter(user_keys::Column::SessionId.is_not_null())
        .into_tuple()
        .all(connection)
        .await?;
    let waiting: Vec<Instant> = sign_in_challenges::Entity::find()
        .select_only()
        .column(sign_in_challenges::Column::ExpiresAt)
        .filter(sign_in_challenges::Column::UserId.eq(scope.user()))
        .into_tuple()
        .all(connection)
        .await?;
    let closes = |one: &sessions::Model| {
        let clocked = one.authenticated_at.is_some() && open.contains(&one.id);
        clocked.then(|| one.last_seen_at + vault_idle)
    };
    let ends = sessions.iter().map(|one| {
        closes(one).map_or(session::ends_at(one), |at| {
            Ord::min(at, session::ends_at(one))
        })
    });
    Ok(ends.chain(waiting).min())
}

/// Asks to look after the scope's person at this time or sooner.
pub(crate) async fn look_again(scope: &Scope, at: Instant) -> Result<(), DbErr> {
    let row = ActiveModel {
        user_id: Set(scope.user()),
        due_at: Set(at),
    };
    let known = (Entity, Column::DueAt);
    let sooner = CaseStatement::new()
        .case(Expr::col(known).gt(at), Expr::value(at))
        .finally(Expr::col(known));
    let again = OnConflict::column(Column::UserId)
        .value(Column::DueAt, sooner)
        .to_owned();
    Entity::insert(row)
        .on_conflict(again)
        .exec_without_returning(scope.connection())
        .await?;
    Ok(())
}

/// Looks after the scope's person no more.
pub(crate) async fn forget(scope: &Scope) -> Result<(), DbErr> {
    Entity::delete_by_id(scope.user())
        .exec(scope.connection())
        .await?;
    Ok(())
}
