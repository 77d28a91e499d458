//! The servers that run, each with a row of its own that it renews.

use std::time::Duration as Pause;

use dreamtree_crypto::ServerKeys;
use dreamtree_database::Database;
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, DbErr, EntityTrait, QueryFilter,
    sea_query::{ExprTrait, OnConflict},
};
use time::Duration;
use tokio::time::sleep;
use uuid::Uuid;

use super::{Fault, state, stored};
use crate::entity::servers::{ActiveModel, Column, Entity, Model};

/// How often a server says that it is there, and looks which keys are in use.
const RENEWAL: Pause = Pause::from_secs(5);

/// A server that has said nothing for so long is gone.
const GONE: Duration = Duration::seconds(30);

/// A server that is there.
pub type Seen = Model;

/// Says that this server is there and which keys it knows; then lets the keys agree with what the database says.
pub async fn announce(database: &Database, keys: &ServerKeys, id: Uuid) -> Result<(), Fault> {
    let row = ActiveModel {
        id: Set(id),
        newest_keys: Set(stored(keys.newest())),
        keys_in_use: Set(stored(keys.in_use())),
        seen_at: Set(database.clock().now()),
    };
    let again = OnConflict::column(Column::Id)
        .update_columns([Column::NewestKeys, Column::KeysInUse, Column::SeenAt])
        .to_owned();
    Entity::insert(row)
        .on_conflict(again)
        .exec_without_returning(database.counters())
        .await?;
    state::look(database, keys).await
}

/// Says so again and again; ends when the database is used with keys that this server does not know.
pub async fn follow(database: &Database, keys: &ServerKeys, id: Uuid) -> Fault {
    loop {
        match announce(database, keys, id).await {
            Ok(()) => {}
            Err(fault @ (Fault::Unknown(_) | Fault::Others(_))) => return fault,
            Err(error) => {
                let cause = std::error::Error::source(&error).map(ToString::to_string);
                tracing::warn!(%error, cause, "the keys in use cannot be looked at");
            }
        }
        sleep(RENEWAL).await;
    }
}

/// Says that this server ends, and takes away the rows of those that were killed.
pub async fn leave(database: &Database, id: Uuid) -> Result<(), DbErr> {
    let gone = Column::SeenAt.lte(database.clock().now() - GONE);
    Entity::delete_many()
        .filter(Column::Id.eq(id).or(gone))
        .exec(database.counters())
        .await?;
    Ok(())
}

/// The servers that are there.
pub async fn seen(database: &Database) -> Result<Vec<Seen>, DbErr> {
    Entity::find()
        .filter(Column::SeenAt.gt(database.clock().now() - GONE))
        .all(database.shared())
        .await
}
