//! Databases for one test each, and short ways to ask them.

use std::env;
use std::future::Future;
use std::process;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

use sea_orm_migration::DbErr;
use sea_orm_migration::sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, Statement, TryGetable,
};

/// Makes two tests, `sqlite` and `postgres`, of one body that takes an empty database.
macro_rules! on_both {
    ($name:ident) => {
        mod $name {
            #[tokio::test]
            async fn sqlite() -> Result<(), sea_orm_migration::DbErr> {
                crate::support::on_sqlite(super::$name).await
            }

            #[tokio::test]
            async fn postgres() -> Result<(), sea_orm_migration::DbErr> {
                crate::support::on_postgres(super::$name).await
            }
        }
    };
}
pub(crate) use on_both;

/// Runs `body` on an empty `SQLite` database in memory.
pub(crate) async fn on_sqlite<F, R>(body: F) -> Result<(), DbErr>
where
    F: FnOnce(DatabaseConnection) -> R,
    R: Future<Output = Result<(), DbErr>>,
{
    body(connect("sqlite::memory:", 1).await?).await
}

/// Runs `body` on an empty `PostgreSQL` database, which goes when the body ends or panics.
pub(crate) async fn on_postgres<F, R>(body: F) -> Result<(), DbErr>
where
    F: FnOnce(DatabaseConnection) -> R,
    R: Future<Output = Result<(), DbErr>> + Send + 'static,
{
    let admin = connect(&postgres_url()?, 1).await?;
    let name = unique("dreamtree_test");
    admin
        .execute_unprepared(&format!("CREATE DATABASE {name} TEMPLATE template0"))
        .await?;
    let db = connect(&with_database(&postgres_url()?, &name), 8).await?;
    let outcome = tokio::spawn(body(db)).await;
    admin
        .execute_unprepared(&format!("DROP DATABASE {name} WITH (FORCE)"))
        .await?;
    match outcome {
        Ok(result) => result,
        Err(broken) => std::panic::resume_unwind(broken.into_panic()),
    }
}

/// Opens at most `connections` connections to the database at `url`.
pub(crate) async fn connect(url: &str, connections: u32) -> Result<DatabaseConnection, DbErr> {
    let mut options = ConnectOptions::new(url);
    options.max_connections(connections).sqlx_logging(false);
    Database::connect(options).await
}

/// A name that no other test uses, also not one of another process.
pub(crate) fn unique(prefix: &str) -> String {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let now = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default()
        .subsec_nanos();
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    format!("{prefix}_{}_{now}_{count}", process::id())
}

/// The first column of every row that `sql` finds.
pub(crate) async fn column<T: TryGetable>(
    db: &impl ConnectionTrait,
    sql: &str,
) -> Result<Vec<T>, DbErr> {
    let statement = Statement::from_string(db.get_database_backend(), sql);
    let rows = db.query_all_raw(statement).await?;
    rows.iter().map(|row| row.try_get_by_index(0)).collect()
}

/// The number of rows in `table` that are visible on this connection.
pub(crate) async fn count(db: &impl ConnectionTrait, table: &str) -> Result<i64, DbErr> {
    let counts = column(db, &format!("SELECT count(*) FROM \"{table}\"")).await?;
    counts
        .first()
        .copied()
        .ok_or_else(|| DbErr::Custom("count found no row".to_owned()))
}

/// The superuser's address.
fn postgres_url() -> Result<String, DbErr> {
    env::var("TEST_POSTGRES_URL").map_err(|_| {
        DbErr::Custom(
            "TEST_POSTGRES_URL is not set: give the address of a superuser of a PostgreSQL \
             server for tests, such as postgres://postgres@127.0.0.1:5432/postgres"
                .to_owned(),
        )
    })
}

/// `url` with another database's name.
fn with_database(url: &str, name: &str) -> String {
    let (address, options) = url.split_once('?').unwrap_or((url, ""));
    let server = address
        .rsplit_once('/')
        .map_or(address, |(server, _)| server);
    if options.is_empty() {
        format!("{server}/{name}")
    } else {
        format!("{server}/{name}?{options}")
    }
}
