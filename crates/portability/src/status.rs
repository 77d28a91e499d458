//! Where the status of credentials stands, and the lists that others ask.

use dreamtree_credentials::{LIST_SIZE, StatusEntry, StatusList, token};
use dreamtree_crypto::{Entropy, System};
use dreamtree_database::{Database, Scope};
use dreamtree_identity::credential_directory;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QuerySelect,
    TryInsertResult,
};
use serde_json::Value as Json;
use time::Duration;

use crate::{
    Error, Signer,
    entity::status_places::{ActiveModel, Column, Entity},
    signer::issuer,
};

/// So often a place at random may be taken already before the list counts as full.
const MOST_TRIES: usize = 24;

/// How long others may rely on a list that they have fetched.
const FRESH: Duration = Duration::hours(1);

/// A status list as it is published, signed in both ways.
#[derive(Clone, Debug)]
pub struct Published {
    /// The list as a credential with a proof.
    pub document: Json,
    /// The same as a token.
    pub token: String,
}

/// A place at random that nobody has had, which is the scope's person's now. Places say nothing about the order of
/// credentials.
pub(crate) async fn take(scope: &Scope) -> Result<StatusEntry, Error> {
    let mut list = newest(scope.connection()).await?.unwrap_or(1);
    loop {
        for _ in 0..MOST_TRIES {
            let position = draw()?;
            if insert(scope, list, position).await? {
                credential_directory::insert(scope, list, position).await?;
                return entry(list, position);
            }
        }
        list += 1;
    }
}

/// A row's place as credentials write it.
fn entry(list: i32, position: i32) -> Result<StatusEntry, Error> {
    let number = |value: i32| u32::try_from(value).map_err(|_| Error::Corrupt("a status place"));
    Ok(StatusEntry {
        list: number(list)?,
        position: number(position)?,
    })
}

/// A number of a place as it is stored.
pub(crate) fn number(value: u32) -> Result<i32, Error> {
    i32::try_from(value).map_err(|_| Error::Corrupt("a status place"))
}

fn draw() -> Result<i32, Error> {
    let mut bytes = [0; 4];
    System.fill(&mut bytes)?;
    // The size is a power of two, so every place is as likely as any other.
    let place = u32::from_be_bytes(bytes) % LIST_SIZE;
    i32::try_from(place).map_err(|_| Error::Corrupt("the size of a status list"))
}

async fn insert(scope: &Scope, list: i32, position: i32) -> Result<bool, DbErr> {
    let row = ActiveModel {
        status_list: Set(list),
        status_position: Set(position),
    };
    let inserted = Entity::insert(row)
        .on_conflict_do_nothing()
        .exec_without_returning(scope.connection())
        .await?;
    Ok(matches!(inserted, TryInsertResult::Inserted(rows) if rows > 0))
}

async fn newest(connection: &impl ConnectionTrait) -> Result<Option<i32>, DbErr> {
    let newest = Entity::find()
        .select_only()
        .column_as(Column::StatusList.max(), "newest")
        .into_tuple::<Option<i32>>()
        .one(connection)
        .await?;
    Ok(newest.flatten())
}

/// How many lists there are; they are numbered from 1. One statement.
pub async fn count(database: &Database) -> Result<u32, Error> {
    let newest = newest(database.shared()).await?.unwrap_or(0);
    u32::try_from(newest).map_err(|_| Error::Corrupt("a status place"))
}

/// The list of a number, which is one of those that there are, signed as of now. Two statements.
pub async fn list(
    database: &Database,
    signer: &Signer,
    origin: &str,
    number: u32,
) -> Result<Published, Error> {
    let issuer = issuer(origin)?;
    let list = self::number(number)?;
    let keys = signer.keys(database).await?;
    let in_force = credential_directory::in_force(database, list).await?;
    let positions = in_force
        .into_iter()
        .filter_map(|one| u32::try_from(one).ok());
    let now = database.clock().now();
    let claims = StatusList::new(number, positions)?.claims(&issuer, now, now + FRESH)?;
    let document = claims.secure(&issuer, keys, now)?;
    let token = token(&document, &issuer, keys)?;
    Ok(Published { document, token })
}
