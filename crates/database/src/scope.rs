//! The only door to rows that belong to somebody.

use dreamtree_types::{Instant, UserId};
use sea_orm::{
    ConnectionTrait, DatabaseTransaction, DbBackend, DbErr, SqliteTransactionMode,
    TransactionOptions, TransactionTrait,
};

use crate::{Database, Vault};

/// A transaction bound to one person. A repository function takes `&Scope` and begins its query with
/// `user_id = scope.user()`; on `PostgreSQL` row-level security holds the same line below it.
/// Dropping a scope rolls it back.
#[derive(Debug)]
pub struct Scope {
    transaction: DatabaseTransaction,
    user: UserId,
    now: Instant,
    vault: Vault,
}

impl Scope {
    /// One snapshot to read from.
    pub async fn read(database: &Database, user: UserId) -> Result<Self, DbErr> {
        let transaction = database.shared().begin().await?;
        if transaction.get_database_backend() == DbBackend::Postgres {
            transaction.execute_unprepared(&format!(
                "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY; SET LOCAL app.user_id = '{user}'"
            )).await?;
        }
        Ok(Self::new(database, transaction, user))
    }

    /// A transaction to write in. One person's writes wait for each other, so a use case may read,
    /// decide and write; different people's do not (on `PostgreSQL`; `SQLite` has one writer).
    pub async fn write(database: &Database, user: UserId) -> Result<Self, DbErr> {
        let options = TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        let transaction = database.writer().begin_with_options(options).await?;
        if transaction.get_database_backend() == DbBackend::Postgres {
            let (high, low) = user.uuid().as_u64_pair();
            let key = (high ^ low).cast_signed();
            transaction
                .execute_unprepared(&format!(
                    "SET LOCAL app.user_id = '{user}'; SELECT pg_advisory_xact_lock({key})"
                ))
                .await?;
        }
        Ok(Self::new(database, transaction, user))
    }

    fn new(database: &Database, transaction: DatabaseTransaction, user: UserId) -> Self {
        Self {
            transaction,
            user,
            now: database.clock().now(),
            vault: Vault::Locked,
        }
    }

    /// The same scope with the person's key at hand.
    #[must_use]
    pub fn with_vault(mut self, vault: Vault) -> Self {
        self.vault = vault;
        self
    }

    /// Whose rows these are.
    #[must_use]
    pub const fn user(&self) -> UserId {
        self.user
    }

    /// When this transaction began; every row it writes carries this time.
    #[must_use]
    pub const fn now(&self) -> Instant {
        self.now
    }

    /// The person's key, or the lack of it.
    #[must_use]
    pub const fn vault(&self) -> &Vault {
        &self.vault
    }

    /// What statements run on.
    #[must_use]
    pub const fn connection(&self) -> &DatabaseTransaction {
        &self.transaction
    }

    /// Makes what was written last.
    pub async fn commit(self) -> Result<(), DbErr> {
        self.transaction.commit().await
    }
}
