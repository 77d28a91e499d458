//! Several servers on one `PostgreSQL`: each tells the others whose rows it has written.
//!
//! A `NOTIFY` takes a lock of the whole cluster until its transaction is on the disk. One in each write would let
//! writes commit only one after the other, so what was written in a short while is told at once, by a transaction of
//! its own that does not wait for the disk.

use std::{convert::Infallible, time::Duration};

use dreamtree_types::UserId;
use sea_orm::{
    ConnectionTrait, DbBackend, DbErr, Statement,
    sqlx::{
        Error, PgPool,
        postgres::{PgListener, PgPoolOptions},
    },
};
use tokio::time::sleep;
use uuid::Uuid;

use crate::{Changes, Database, presence};

/// What servers tell each other on.
const CHANNEL: &str = "dreamtree_changes";

/// How long writes are gathered before they are told.
const GATHERED: Duration = Duration::from_millis(50);

/// The pause before a failure is tried again.
const PAUSE: Duration = Duration::from_secs(2);

/// Persons in one message: `PostgreSQL` takes less than 8,000 bytes, and an id has 32.
const MOST: usize = 200;

/// Tells other servers on the same database whose rows this one writes, and hears it from them, until it is dropped.
/// Takes one connection beside those of the pool, and looks once a second whether the others are there still. Does nothing
/// on `SQLite`, which has one server.
pub async fn relay(database: Database) {
    if database.backend() != DbBackend::Postgres {
        return;
    }
    let changes = database.changes();
    changes.begin_relay();
    let own = Uuid::new_v4().simple().to_string();
    let pool = database.writer().get_postgres_connection_pool();
    tokio::join!(
        tell(&database, &own),
        hear(pool, changes, &own),
        presence::watch(&database)
    );
}

/// Sends what was written here.
async fn tell(database: &Database, own: &str) -> Infallible {
    let changes = database.changes();
    loop {
        changes.some_written().await;
        sleep(GATHERED).await;
        let users = changes.take_written();
        if let Err(error) = send(database, own, &users).await {
            tracing::warn!(%error, "other servers could not be told of changes");
            changes.put_back(users);
            sleep(PAUSE).await;
        }
    }
}

async fn send(database: &Database, own: &str, users: &[UserId]) -> Result<(), DbErr> {
    let sql = "SELECT set_config('synchronous_commit', 'off', TRUE), pg_notify($1, $2)";
    for some in users.chunks(MOST) {
        let values = [CHANNEL.into(), message(own, some).into()];
        let statement = Statement::from_sql_and_values(DbBackend::Postgres, sql, values);
        database.writer().execute_raw(statement).await?;
    }
    Ok(())
}

/// Passes on what other servers have written.
async fn hear(pool: &PgPool, changes: &Changes, own: &str) -> Infallible {
    let options = PgPoolOptions::new()
        .max_connections(1)
        .max_lifetime(None)
        .idle_timeout(None);
    let own_name = (*pool.connect_options())
        .clone()
        .application_name(presence::LISTENER);
    let pool = options.connect_lazy_with(own_name);
    loop {
        let Err(error) = follow(&pool, changes, own).await;
        tracing::warn!(%error, "changes of other servers are not heard of");
        sleep(PAUSE).await;
    }
}

async fn follow(pool: &PgPool, changes: &Changes, own: &str) -> Result<Infallible, Error> {
    let mut listener = PgListener::connect_with(pool).await?;
    listener.listen(CHANNEL).await?;
    // Something may have been written since the last connection.
    changes.all_heard();
    loop {
        if let Some(notification) = listener.try_recv().await? {
            for user in others(own, notification.payload()) {
                changes.heard(user);
            }
        } else {
            tracing::info!("the connection for changes of other servers was made anew");
            changes.all_heard();
        }
    }
}

/// The sender and the persons.
fn message(own: &str, users: &[UserId]) -> String {
    let ids: Vec<String> = users
        .iter()
        .map(|user| user.uuid().simple().to_string())
        .collect();
    format!("{own} {}", ids.join(","))
}

/// The persons of a message that somebody else has sent.
fn others<'a>(own: &str, message: &'a str) -> impl Iterator<Item = UserId> + use<'a> {
    let (sender, users) = message.split_once(' ').unwrap_or_default();
    let users = if sender == own { "" } else { users };
    users
        .split(',')
        .filter_map(|id| Uuid::try_parse(id).ok())
        .map(UserId::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_reaches_others_and_not_its_sender() {
        let users: Vec<UserId> = (0..MOST).map(|_| UserId::new()).collect();
        let sent = message(&Uuid::nil().simple().to_string(), &users);
        assert!(sent.len() < 8_000, "{} bytes", sent.len());
        assert_eq!(others("me", &sent).collect::<Vec<_>>(), users);
        let own = Uuid::nil().simple().to_string();
        assert_eq!(others(&own, &sent).count(), 0);
        assert_eq!(others("me", "nonsense").count(), 0);
    }
}
