//! Rows of several people at once: those that they let somebody else read.
//!
//! A `Scope` is one person's. Whoever reads what many people have lent would need a transaction for each; here one
//! snapshot names all of them (`docs/decisions/0026-lent-rows.md`).

use dreamtree_types::{Id, Instant, Kind, UserId};
use sea_orm::{ColumnTrait, ConnectionTrait, DbBackend, DbErr, sea_query::Expr};
use uuid::Uuid;

use crate::{Database, Transaction, among::is_among};

/// One snapshot to read from, in which nobody's rows are seen until [`Lent::by`] names them. Who may be named, only the
/// caller can know.
#[derive(Debug)]
pub struct Lent {
    transaction: Transaction,
    now: Instant,
}

impl Lent {
    /// Begins the snapshot.
    pub async fn read(database: &Database) -> Result<Self, DbErr> {
        let pool = database.shared();
        let transaction = if database.backend() == DbBackend::Postgres {
            let begin =
                "BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY; SET LOCAL app.user_id = ''";
            Transaction::postgres(pool.get_postgres_connection_pool(), begin.to_owned()).await?
        } else {
            Transaction::sqlite(pool.get_sqlite_connection_pool(), "BEGIN").await?
        };
        Ok(Self {
            transaction,
            now: database.clock().now(),
        })
    }

    /// When the snapshot began.
    #[must_use]
    pub const fn now(&self) -> Instant {
        self.now
    }

    /// What statements about nobody's rows run on.
    #[must_use]
    pub const fn connection(&self) -> &Transaction {
        &self.transaction
    }

    /// True where a column holds one of these ids; one text however many they are.
    #[must_use]
    pub fn among<K: Kind>(&self, column: impl ColumnTrait, wanted: &[Id<K>]) -> Expr {
        let wanted: Vec<Uuid> = wanted.iter().map(|id| id.uuid()).collect();
        is_among(self.transaction.get_database_backend(), column, &wanted)
    }

    /// From now on the rows of these people are seen in the tables that can be lent, and those of nobody else.
    pub async fn by(&self, people: &[UserId]) -> Result<Lenders<'_>, DbErr> {
        let people: Vec<Uuid> = people.iter().map(|user| user.uuid()).collect();
        if self.transaction.get_database_backend() == DbBackend::Postgres {
            let names: Vec<String> = people.iter().map(Uuid::to_string).collect();
            let sql = format!("SET LOCAL app.lenders = '{}'", names.join(","));
            self.transaction.frame(&sql).await?;
        }
        Ok(Lenders { lent: self, people })
    }
}

/// People whose lent rows are read. A function that reads them begins with `user_id` among these.
#[derive(Debug)]
pub struct Lenders<'a> {
    lent: &'a Lent,
    people: Vec<Uuid>,
}

impl Lenders<'_> {
    /// True where a column names one of them; one text however many they are.
    #[must_use]
    pub fn among(&self, column: impl ColumnTrait) -> Expr {
        let backend = self.lent.transaction.get_database_backend();
        is_among(backend, column, &self.people)
    }

    /// When the snapshot began.
    #[must_use]
    pub const fn now(&self) -> Instant {
        self.lent.now
    }

    /// What statements run on.
    #[must_use]
    pub const fn connection(&self) -> &Transaction {
        &self.lent.transaction
    }
}
