//! Which generation of keys is in use: the newest row of a table, so that all servers agree.

use std::time::Duration as Pause;

use dreamtree_crypto::ServerKeys;
use dreamtree_database::Database;
use sea_orm::{ActiveValue::Set, DbErr, EntityTrait, QueryOrder, sea_query::OnConflict};
use tokio::time::sleep;

use super::{Fault, servers::seen, stored};
use crate::entity::server_keys::{ActiveModel, Column, Entity, Model};

/// How often to look whether all servers write with the newer keys, and how many times.
const LOOK: (Pause, u32) = (Pause::from_secs(1), 90);

/// The generation in use; `None` before the first server has begun.
pub async fn in_use(database: &Database) -> Result<Option<i32>, DbErr> {
    Ok(newest(database).await?.map(|row| row.generation))
}

/// Lets these keys agree with the database: turns to the generation in use, or takes the oldest into use where none is.
/// Keys that the database was not used with are refused, unless nothing depends on any yet.
pub async fn settle(
    database: &Database,
    keys: &ServerKeys,
    depended_on: bool,
) -> Result<(), Fault> {
    if !depended_on && agree(keys, newest(database).await?.as_ref()).is_err() {
        Entity::delete_many().exec(database.counters()).await?;
    }
    if newest(database).await?.is_none() {
        take(database, keys, keys.oldest()).await?;
    }
    agree(keys, newest(database).await?.as_ref())
}

/// Takes the newest generation of these keys into use. Refuses while a server runs that does not know it; waits until all
/// of them write with it. Again changes nothing.
pub async fn turn(database: &Database, keys: &ServerKeys) -> Result<(), Fault> {
    if keys.newest() == keys.oldest() {
        return Err(Fault::Alone);
    }
    let wanted = keys.newest();
    refuse_behind(database, |one| one.newest_keys < stored(wanted)).await?;
    take(database, keys, wanted).await?;
    agree(keys, newest(database).await?.as_ref())?;
    // One that has begun in between has seen the row above, or is seen here.
    refuse_behind(database, |one| one.newest_keys < stored(wanted)).await?;
    let (pause, times) = LOOK;
    let late = async || refuse_behind(database, |one| one.keys_in_use < stored(wanted)).await;
    for _ in 0..times {
        match late().await {
            Err(Fault::Behind(_)) => sleep(pause).await,
            other => return other,
        }
    }
    late().await
}

/// Refuses unless the newest of two generations is in use, here and on every server that runs.
pub async fn turned(database: &Database, keys: &ServerKeys) -> Result<(), Fault> {
    if keys.newest() == keys.oldest() {
        return Err(Fault::Alone);
    }
    let newest = stored(keys.newest());
    if in_use(database).await? != Some(newest) {
        return Err(Fault::NotInUse);
    }
    look(database, keys).await?;
    refuse_behind(database, |one| one.keys_in_use < newest).await
}

async fn refuse_behind(
    database: &Database,
    is_behind: impl Fn(&crate::entity::servers::Model) -> bool,
) -> Result<(), Fault> {
    match seen(database)
        .await?
        .iter()
        .filter(|one| is_behind(one))
        .count()
    {
        0 => Ok(()),
        count => Err(Fault::Behind(count)),
    }
}

async fn newest(database: &Database) -> Result<Option<Model>, DbErr> {
    Entity::find()
        .order_by_desc(Column::Generation)
        .one(database.shared())
        .await
}

/// Turns the keys to what the database says; those that it is not used with are refused.
pub async fn look(database: &Database, keys: &ServerKeys) -> Result<(), Fault> {
    match newest(database).await? {
        Some(row) if keys.in_use() == row.generation.unsigned_abs() => Ok(()),
        row => agree(keys, row.as_ref()),
    }
}

fn agree(keys: &ServerKeys, row: Option<&Model>) -> Result<(), Fault> {
    let Some(row) = row else { return Ok(()) };
    let generation = row.generation.unsigned_abs();
    match keys.fingerprint(generation) {
        None => Err(Fault::Unknown(row.generation)),
        Some(known) if known != row.fingerprint => Err(Fault::Others(row.generation)),
        Some(_) => {
            keys.turn_to(generation);
            Ok(())
        }
    }
}

async fn take(database: &Database, keys: &ServerKeys, generation: u32) -> Result<(), Fault> {
    let unknown = Fault::Unknown(stored(generation));
    let row = ActiveModel {
        generation: Set(stored(generation)),
        fingerprint: Set(keys.fingerprint(generation).ok_or(unknown)?),
        in_use_since: Set(database.clock().now()),
    };
    let again = OnConflict::column(Column::Generation)
        .do_nothing()
        .to_owned();
    Entity::insert(row)
        .on_conflict(again)
        .exec_without_returning(database.counters())
        .await?;
    Ok(())
}
