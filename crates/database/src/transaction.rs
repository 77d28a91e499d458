//! A transaction that begins and names its person in one message to the database.

use std::fmt;

use sea_orm::{
    ConnectionTrait, DbBackend, DbErr, ExecResult, QueryResult, RuntimeErr, Statement,
    sea_query::Values,
    sqlx::{self, AssertSqlSafe, Connection, Executor, PgPool, Postgres, Sqlite, SqlitePool},
};
use sea_query_sqlx::SqlxValues;
use tokio::sync::Mutex;

use crate::{finish::Finish, statements};

/// A transaction. Dropping it rolls it back. Its statements wait for each other.
pub struct Transaction {
    backend: DbBackend,
    inner: Mutex<Inner>,
}

enum Inner {
    Postgres(sqlx::Transaction<'static, Postgres>),
    Sqlite(sqlx::Transaction<'static, Sqlite>),
}

/// Runs `$call` on the connection below, whichever it is.
macro_rules! on_either {
    ($self:ident, $statement:ident => $call:ident, $fault:expr, $shape:expr) => {{
        statements::count();
        #[cfg(feature = "testing")]
        statements::halt().await;
        let values = SqlxValues($statement.values.unwrap_or(Values(Vec::new())));
        let sql = AssertSqlSafe($statement.sql);
        match &mut *$self.inner.lock().await {
            Inner::Postgres(inner) => {
                let done = sqlx::query_with(sql, values).$call(&mut **inner).await;
                done.map($shape).map_err($fault)
            }
            Inner::Sqlite(inner) => {
                let done = sqlx::query_with(sql, values).$call(&mut **inner).await;
                done.map($shape).map_err($fault)
            }
        }
    }};
}

impl Transaction {
    /// Begins on `PostgreSQL` with these statements, the first of which is a `BEGIN`. A caller who gives up
    /// half-way leaves no connection behind that has begun without the driver's knowing: it begins all the
    /// same, and is rolled back.
    pub(crate) async fn postgres(pool: &PgPool, begin: String) -> Result<Self, DbErr> {
        let pool = pool.clone();
        let work = Finish::new(async move { pool.begin_with(AssertSqlSafe(begin)).await });
        let inner = work.await.map_err(conn)?;
        Ok(Self {
            backend: DbBackend::Postgres,
            inner: Mutex::new(Inner::Postgres(inner)),
        })
    }

    /// Begins on `SQLite` with this statement.
    pub(crate) async fn sqlite(pool: &SqlitePool, begin: &'static str) -> Result<Self, DbErr> {
        let inner = match pool.begin_with(begin).await {
            Err(sqlx::Error::InvalidSavePointStatement) => {
                drop_stuck(pool).await?;
                pool.begin_with(begin).await
            }
            other => other,
        };
        let inner = inner.map_err(conn)?;
        Ok(Self {
            backend: DbBackend::Sqlite,
            inner: Mutex::new(Inner::Sqlite(inner)),
        })
    }

    /// Runs what belongs to the frame of the transaction and is not counted as a statement.
    pub(crate) async fn frame(&self, sql: &str) -> Result<ExecResult, DbErr> {
        let sql = AssertSqlSafe(sql);
        match &mut *self.inner.lock().await {
            Inner::Postgres(inner) => {
                let done = inner.execute(sqlx::raw_sql(sql)).await;
                done.map(Into::into).map_err(exec)
            }
            Inner::Sqlite(inner) => {
                let done = inner.execute(sqlx::raw_sql(sql)).await;
                done.map(Into::into).map_err(exec)
            }
        }
    }

    /// Makes what was written last.
    pub(crate) async fn commit(self) -> Result<(), DbErr> {
        match self.inner.into_inner() {
            Inner::Postgres(inner) => inner.commit().await.map_err(exec),
            Inner::Sqlite(inner) => inner.commit().await.map_err(exec),
        }
    }
}

/// `SQLite` ends a transaction by itself when the disk is full. The driver does not notice and believes the
/// connection to be inside that transaction for ever; a new connection takes its place.
async fn drop_stuck(pool: &SqlitePool) -> Result<(), DbErr> {
    for _ in 0..pool.size() {
        let connection = pool.acquire().await.map_err(conn)?;
        if connection.is_in_transaction() {
            connection.close().await.map_err(conn)?;
        }
    }
    Ok(())
}

impl fmt::Debug for Transaction {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_tuple("Transaction")
            .field(&self.backend)
            .finish()
    }
}

#[async_trait::async_trait]
impl ConnectionTrait for Transaction {
    fn get_database_backend(&self) -> DbBackend {
        self.backend
    }

    async fn execute_raw(&self, statement: Statement) -> Result<ExecResult, DbErr> {
        on_either!(self, statement => execute, exec, Into::into)
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        statements::count();
        #[cfg(feature = "testing")]
        statements::halt().await;
        self.frame(sql).await
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        on_either!(self, statement => fetch_optional, query, |row| row.map(Into::into))
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        on_either!(self, statement => fetch_all, query, |rows| rows
            .into_iter()
            .map(Into::into)
            .collect())
    }
}

fn conn(error: sqlx::Error) -> DbErr {
    DbErr::Conn(RuntimeErr::SqlxError(error.into()))
}

fn exec(error: sqlx::Error) -> DbErr {
    DbErr::Exec(RuntimeErr::SqlxError(error.into()))
}

fn query(error: sqlx::Error) -> DbErr {
    DbErr::Query(RuntimeErr::SqlxError(error.into()))
}
