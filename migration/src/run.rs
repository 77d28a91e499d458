//! Runs all pending steps as one, also when several servers start at the same time.

use sea_orm_migration::sea_orm::{
    ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, SqliteTransactionMode,
    TransactionOptions, TransactionTrait,
};
use sea_orm_migration::{DbErr, MigratorTrait};

use crate::Migrator;

/// The number of our advisory lock: "dreamtre" in ASCII, so that no other program takes it.
const LOCK: i64 = 0x6472_6561_6d74_7265;

/// Applies all pending steps and returns how many those were.
///
/// All of them run in one transaction that holds the lock, so a pool of any size will do, a
/// second server waits and then finds nothing to do, and a failed step leaves no trace.
pub async fn migrate(db: &DatabaseConnection) -> Result<u32, DbErr> {
    let transaction = begin_alone(db).await?;
    let pending = Migrator::get_pending_migrations(&transaction).await?.len();
    Migrator::up(&transaction, None).await?;
    transaction.commit().await?;
    u32::try_from(pending).map_err(|error| DbErr::Custom(error.to_string()))
}

/// Takes every step back, with all data, so that the database is empty again; for tests.
pub async fn revert_all(db: &DatabaseConnection) -> Result<(), DbErr> {
    let transaction = begin_alone(db).await?;
    Migrator::reset(&transaction).await?;
    transaction.commit().await
}

/// Opens a transaction that no other migration can run beside.
///
/// On `SQLite` the write lock is enough. On `PostgreSQL` the advisory lock ends with the
/// transaction, also when the connection breaks.
async fn begin_alone(db: &DatabaseConnection) -> Result<DatabaseTransaction, DbErr> {
    let options = TransactionOptions {
        sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
        ..TransactionOptions::default()
    };
    let transaction = db.begin_with_options(options).await?;
    if db.get_database_backend() == DbBackend::Postgres {
        let sql = format!("SELECT pg_advisory_xact_lock({LOCK})");
        transaction.execute_unprepared(&sql).await?;
    }
    Ok(transaction)
}
