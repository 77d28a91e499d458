//! The only door to rows that belong to somebody.

use std::{any::Any, pin::Pin, sync::Arc};

use dreamtree_types::{Id, Instant, Kind, SessionId, UserId};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbBackend, DbErr, EntityTrait, Select, TryIntoModel,
    sea_query::Expr,
};
use uuid::Uuid;

use crate::{
    Changes, Database, Fact, Transaction, Vault,
    among::{is_among, is_among_numbers},
    gather::Gather,
    memory::Memory,
    told::Ear,
};

/// On `PostgreSQL` an expression that is true when [`Scope::trying`] got the person's lock.
pub const LOCKED: &str = "current_setting('app.locked') = 'true'";

/// A transaction bound to one person. A repository function takes `&Scope` and begins its query with
/// `user_id = scope.user()`; on `PostgreSQL` row-level security holds the same line below it.
/// Dropping a scope rolls it back.
#[derive(Debug)]
pub struct Scope {
    transaction: Transaction,
    user: UserId,
    now: Instant,
    vault: Vault,
    session: Option<SessionId>,
    memory: Option<Memory>,
    changes: Changes,
    gather: Gather,
    ear: Ear,
}

impl Scope {
    /// One snapshot to read from.
    pub async fn read(database: &Database, user: UserId) -> Result<Self, DbErr> {
        let pool = database.shared();
        let transaction = if database.backend() == DbBackend::Postgres {
            let begin = format!(
                "BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY; SET LOCAL app.user_id = '{user}'"
            );
            Transaction::postgres(pool.get_postgres_connection_pool(), begin).await?
        } else {
            Transaction::sqlite(pool.get_sqlite_connection_pool(), "BEGIN").await?
        };
        Ok(Self {
            memory: Some(Memory::default()),
            ..Self::new(database, transaction, user)
        })
    }

    /// A transaction to write in. One person's writes wait for each other, so a use case may read,
    /// decide and write; different people's do not (on `PostgreSQL`; `SQLite` has one writer).
    pub async fn write(database: &Database, user: UserId) -> Result<Self, DbErr> {
        let name = format!("SET LOCAL app.user_id = '{user}'");
        let scope = Self::begin(database, user, &name).await?;
        scope.lock().await?;
        Ok(scope)
    }

    /// A transaction to write in that takes the person's lock if it is free: for whoever has yet to prove who they
    /// are, and must not wait in the person's line. On `PostgreSQL` [`LOCKED`] says whether it was; it is taken
    /// before anything is read, so what is read is not older than it.
    pub async fn trying(database: &Database, user: UserId) -> Result<Self, DbErr> {
        let name = format!(
            "SELECT set_config('app.user_id', '{user}', TRUE), \
             set_config('app.locked', pg_try_advisory_xact_lock({key})::text, TRUE)",
            key = lock_key(user)
        );
        Self::begin(database, user, &name).await
    }

    /// A transaction to write in what belongs to nobody, for people who have yet to say who they are: the rows of no
    /// person are seen in it.
    pub async fn nobody(database: &Database) -> Result<Self, DbErr> {
        Self::begin(database, Uuid::nil().into(), "SET LOCAL app.user_id = ''").await
    }

    async fn begin(database: &Database, user: UserId, name: &str) -> Result<Self, DbErr> {
        let pool = database.writer();
        let transaction = if database.backend() == DbBackend::Postgres {
            let begin = format!("BEGIN; {name}");
            Transaction::postgres(pool.get_postgres_connection_pool(), begin).await?
        } else {
            Transaction::sqlite(pool.get_sqlite_connection_pool(), "BEGIN IMMEDIATE").await?
        };
        Ok(Self::new(database, transaction, user))
    }

    fn new(database: &Database, transaction: Transaction, user: UserId) -> Self {
        Self {
            transaction,
            user,
            now: database.clock().now(),
            vault: Vault::Locked,
            session: None,
            memory: None,
            changes: database.changes().clone(),
            gather: Gather::default(),
            ear: database.ear().clone(),
        }
    }

    /// Waits for the person's lock. `SQLite` has one writer and needs no lock.
    async fn lock(&self) -> Result<(), DbErr> {
        if self.transaction.get_database_backend() == DbBackend::Postgres {
            let sql = format!("SELECT pg_advisory_xact_lock({})", lock_key(self.user));
            self.transaction.frame(&sql).await?;
        }
        Ok(())
    }

    /// The same scope with the person's key at hand.
    #[must_use]
    pub fn with_vault(mut self, vault: Vault) -> Self {
        self.vault = vault;
        self
    }

    /// The same scope, entered from this device.
    #[must_use]
    pub const fn with_session(mut self, session: SessionId) -> Self {
        self.session = Some(session);
        self
    }

    /// Takes a lock of this number beside others who share it, until the transaction ends. `SQLite` has one writer and
    /// needs none.
    pub async fn share(&self, number: i64) -> Result<(), DbErr> {
        if self.transaction.get_database_backend() == DbBackend::Postgres {
            let sql = format!("SELECT pg_advisory_xact_lock_shared({number})");
            self.transaction.frame(&sql).await?;
        }
        Ok(())
    }

    /// Takes a lock of this number alone, until the transaction ends.
    pub async fn alone(&self, number: i64) -> Result<(), DbErr> {
        if self.transaction.get_database_backend() == DbBackend::Postgres {
            let sql = format!("SELECT pg_advisory_xact_lock({number})");
            self.transaction.frame(&sql).await?;
        }
        Ok(())
    }

    /// What `read` finds. In a snapshot each type is read once, since nothing changes there; a transaction to write
    /// in reads anew. One type stands for one question: take a type of its own for each.
    #[must_use]
    pub fn once<'a, T, E>(
        &'a self,
        read: impl Future<Output = Result<T, E>> + Send + 'a,
    ) -> Pin<Box<dyn Future<Output = Result<Arc<T>, E>> + Send + 'a>>
    where
        T: Any + Send + Sync,
        E: Send + 'a,
    {
        // Boxed: whatever waits for it would be larger by all of it, several times over.
        Box::pin(async move {
            match &self.memory {
                Some(memory) => memory.once(read).await,
                None => read.await.map(Arc::new),
            }
        })
    }

    /// The rows of a select, in its order. What is asked at the same time, be it by the fields of a request or by a
    /// join of futures, is one statement; so ask before you wait for anything else.
    pub async fn gather<E: EntityTrait>(&self, select: Select<E>) -> Result<Vec<E::Model>, DbErr>
    where
        E::ActiveModel: TryIntoModel<E::Model>,
    {
        self.gather.all(&self.transaction, select).await
    }

    /// The same for a select that finds one row at most.
    pub async fn gather_one<E: EntityTrait>(
        &self,
        select: Select<E>,
    ) -> Result<Option<E::Model>, DbErr>
    where
        E::ActiveModel: TryIntoModel<E::Model>,
    {
        Ok(self.gather(select).await?.pop())
    }

    /// True where a column holds one of these ids; one text however many they are.
    #[must_use]
    pub fn among<K: Kind>(&self, column: impl ColumnTrait, wanted: &[Id<K>]) -> Expr {
        let wanted: Vec<_> = wanted.iter().map(|id| id.uuid()).collect();
        is_among(self.transaction.get_database_backend(), column, &wanted)
    }

    /// The same for numbers.
    #[must_use]
    pub fn among_numbers(&self, column: impl ColumnTrait, wanted: &[i32]) -> Expr {
        is_among_numbers(self.transaction.get_database_backend(), column, wanted)
    }

    /// Says what has happened, to whoever listens on a higher floor; what they write stands or falls with this
    /// transaction.
    pub async fn tell(&self, fact: Fact) -> Result<(), DbErr> {
        self.ear.hear(self, fact).await
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

    /// The device that the person came from; `None` for what no device asked for.
    #[must_use]
    pub const fn session(&self) -> Option<SessionId> {
        self.session
    }

    /// The person's key, or the lack of it.
    #[must_use]
    pub const fn vault(&self) -> &Vault {
        &self.vault
    }

    /// What statements run on.
    #[must_use]
    pub const fn connection(&self) -> &Transaction {
        &self.transaction
    }

    /// Makes what was written last, and lets whoever waits for it know.
    pub async fn commit(self) -> Result<(), DbErr> {
        self.transaction.commit().await?;
        self.changes.written(self.user);
        Ok(())
    }
}

/// Names the person of a transaction that is no scope, and waits for their lock: for whoever runs the server and owns
/// the tables.
pub async fn enter(connection: &impl ConnectionTrait, user: UserId) -> Result<(), DbErr> {
    if connection.get_database_backend() == DbBackend::Postgres {
        let sql = format!(
            "SELECT set_config('app.user_id', '{user}', TRUE); SELECT pg_advisory_xact_lock({key})",
            key = lock_key(user)
        );
        connection.execute_unprepared(&sql).await?;
    }
    Ok(())
}

/// What [`Scope::share`] does, on such a transaction.
pub async fn share(connection: &impl ConnectionTrait, number: i64) -> Result<(), DbErr> {
    if connection.get_database_backend() == DbBackend::Postgres {
        let sql = format!("SELECT pg_advisory_xact_lock_shared({number})");
        connection.execute_unprepared(&sql).await?;
    }
    Ok(())
}

/// The number of a person's advisory lock, held until the transaction ends.
fn lock_key(user: UserId) -> i64 {
    let (high, low) = user.uuid().as_u64_pair();
    (high ^ low).cast_signed()
}
