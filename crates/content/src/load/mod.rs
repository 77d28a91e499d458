//! Writing an edition into the shared tables: all of it or nothing.

mod clear;
mod coaching;
mod keep;
mod skills;
mod upsert;

use dreamtree_types::Instant;
use sea_orm::{
    ActiveValue::Set, ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr,
    EntityTrait, SqliteTransactionMode, TransactionOptions, TransactionTrait,
    sea_query::OnConflict,
};
use thiserror::Error;

use crate::{Edition, entity::content_version};

/// The number of our advisory lock: "content" in ASCII.
pub(crate) const LOCK: i64 = 0x0063_6f6e_7465_6e74;

/// What loading did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loaded {
    /// The version that servers now see.
    pub version: i64,
    /// False when the database held this edition already.
    pub changed: bool,
    /// How many rows of each table the edition has.
    pub counts: Vec<(&'static str, usize)>,
}

/// Why an edition could not be loaded. Nothing was written.
#[derive(Debug, Error)]
pub enum LoadError {
    /// The edition could not be told from others.
    #[error("the edition could not be written as JSON")]
    Fingerprint(#[from] serde_json::Error),
    /// A prompt that people may have answered would take another kind of answer, or become private.
    #[error(
        "the prompt {0} cannot take another kind of answer or become private: give it a new id"
    )]
    Prompt(i32),
    /// Terms that people may have accepted would say something else.
    #[error(
        "the terms of version {0} were published with another text: give the new one a new version"
    )]
    Terms(i32),
    /// A consent that people may have given would say something else.
    #[error(
        "version {1} of the consent {0} was published with another text: give the new one a new version"
    )]
    Consent(String, i32),
    /// A tool that people may have used would capture something else.
    #[error(
        "the tool {0} cannot change what it captures, nor the type or the privacy of a field: give tool or field a new name"
    )]
    Tool(i32),
    /// The database did not answer as expected.
    #[error("the edition could not be written to the database")]
    Database(#[from] DbErr),
}

/// Makes the database hold exactly this edition, over the connection of the owner of the tables.
/// Rows that the edition no longer has stay, retired, because answers hang on them. An edition that
/// is loaded already changes nothing.
pub async fn load(
    connection: &DatabaseConnection,
    edition: &Edition,
    now: Instant,
) -> Result<Loaded, LoadError> {
    let fingerprint = edition.fingerprint()?;
    let counts = edition.counts();
    let transaction = begin_alone(connection).await?;
    let present = content_version::Entity::find_by_id(1)
        .one(&transaction)
        .await?;
    if let Some(present) = present
        .as_ref()
        .filter(|one| one.fingerprint == fingerprint)
    {
        return Ok(Loaded {
            version: present.version,
            changed: false,
            counts,
        });
    }
    let version = present.map_or(0, |present| present.version) + 1;
    keep::check(&transaction, edition.rows()).await?;
    clear::clear(&transaction, edition.rows()).await?;
    upsert::all(&transaction, edition.rows(), now).await?;
    coaching::replace(&transaction, &edition.rows().coaching).await?;
    skills::settle(&transaction).await?;
    note(&transaction, version, fingerprint, now).await?;
    transaction.commit().await?;
    Ok(Loaded {
        version,
        changed: true,
        counts,
    })
}

/// A transaction that no other loader runs beside.
async fn begin_alone(connection: &DatabaseConnection) -> Result<DatabaseTransaction, DbErr> {
    let options = TransactionOptions {
        sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
        ..TransactionOptions::default()
    };
    let transaction = connection.begin_with_options(options).await?;
    if connection.get_database_backend() == DbBackend::Postgres {
        let sql = format!("SELECT pg_advisory_xact_lock({LOCK})");
        transaction.execute_unprepared(&sql).await?;
    }
    Ok(transaction)
}

async fn note(
    transaction: &DatabaseTransaction,
    version: i64,
    fingerprint: String,
    now: Instant,
) -> Result<(), DbErr> {
    use content_version::Column::{Fingerprint, Id, LoadedAt, Version};
    let row = content_version::ActiveModel {
        id: Set(1),
        version: Set(version),
        fingerprint: Set(fingerprint),
        loaded_at: Set(now),
    };
    let replace = OnConflict::column(Id)
        .update_columns([Version, Fingerprint, LoadedAt])
        .to_owned();
    content_version::Entity::insert(row)
        .on_conflict(replace)
        .exec_without_returning(transaction)
        .await?;
    Ok(())
}
