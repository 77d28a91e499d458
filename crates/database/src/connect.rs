//! Opening a database, `SQLite` or `PostgreSQL`, the way it is safe to use.

use std::{path::Path, sync::Arc, time::Duration};

use dreamtree_types::Clock;
use sea_orm::{
    ConnectOptions, ConnectionTrait, DatabaseConnection, DbBackend, DbErr, Statement,
    sqlx::sqlite::{SqliteJournalMode, SqliteSynchronous},
};
use thiserror::Error;

use crate::{Changes, Listener, statements, told::Ear};

/// Where the database is and how many connections it may have.
#[derive(Clone, Debug)]
pub struct Options {
    /// `sqlite:path/to/file` or `postgres://role@host/name`.
    pub url: String,
    /// Connections for reading (`SQLite`) or for everything (`PostgreSQL`).
    pub connections: u32,
}

/// Why a database could not be opened.
#[derive(Debug, Error)]
pub enum ConnectError {
    /// Neither `sqlite:` nor `postgres:`.
    #[error("the database URL must begin with sqlite: or postgres:")]
    Scheme,
    /// The folder of the `SQLite` file could not be made.
    #[error("the folder of the database file could not be made")]
    Folder(#[source] std::io::Error),
    /// The role could read past row-level security.
    #[error(
        "the role of the database URL {0}; use a role that neither owns the tables nor bypasses row-level security"
    )]
    Role(&'static str),
    /// The database did not answer as expected.
    #[error("the database could not be opened")]
    Database(#[from] DbErr),
}

/// An open database. Cloning is cheap and shares the connections.
#[derive(Clone, Debug)]
pub struct Database {
    read: DatabaseConnection,
    write: DatabaseConnection,
    clock: Clock,
    changes: Changes,
    ear: Ear,
}

impl Database {
    /// Opens the database for the server: on `SQLite` a pool for reading and one connection for writing.
    pub async fn connect(options: &Options, clock: Clock) -> Result<Self, ConnectError> {
        if let Some(file) = options.url.strip_prefix("sqlite:") {
            make_folder(file)?;
            let mut write = sqlite(&options.url, 1, false).await?;
            let mut read = sqlite(&options.url, options.connections, true).await?;
            statements::watch(&mut write);
            statements::watch(&mut read);
            Ok(Self {
                read,
                write,
                clock,
                changes: Changes::default(),
                ear: Ear::default(),
            })
        } else if is_postgres(&options.url) {
            let mut pool = postgres(&options.url, options.connections).await?;
            refuse_powerful_role(&pool).await?;
            statements::watch(&mut pool);
            Ok(Self {
                read: pool.clone(),
                write: pool,
                clock,
                changes: Changes::default(),
                ear: Ear::default(),
            })
        } else {
            Err(ConnectError::Scheme)
        }
    }

    /// The same database, with somebody who hears what [`crate::Scope::tell`] says.
    #[must_use]
    pub fn heard_by(mut self, listener: Arc<dyn Listener>) -> Self {
        self.ear = Ear::of(listener);
        self
    }

    pub(crate) const fn ear(&self) -> &Ear {
        &self.ear
    }

    /// Which of the two databases this is.
    #[must_use]
    pub fn backend(&self) -> DbBackend {
        self.read.get_database_backend()
    }

    /// For rows that belong to nobody: content, reference data.
    #[must_use]
    pub fn shared(&self) -> &DatabaseConnection {
        &self.read
    }

    /// For rows that belong to nobody and that the server writes itself: what it counts and has yet to do. A statement
    /// on it waits for every transaction of this process on `SQLite`, so hold none meanwhile.
    #[must_use]
    pub const fn counters(&self) -> &DatabaseConnection {
        &self.write
    }

    pub(crate) fn writer(&self) -> &DatabaseConnection {
        &self.write
    }

    /// Where "now" comes from.
    #[must_use]
    pub fn clock(&self) -> &Clock {
        &self.clock
    }

    /// Who is told when a person's rows were written.
    #[must_use]
    pub const fn changes(&self) -> &Changes {
        &self.changes
    }

    /// Asks the database for a sign of life.
    pub async fn ping(&self) -> Result<(), DbErr> {
        self.read
            .query_one_raw(Statement::from_string(self.backend(), "SELECT 1"))
            .await
            .map(drop)
    }

    /// Waits for running statements and closes all connections.
    pub async fn close(self) -> Result<(), DbErr> {
        self.read.close().await?;
        self.write.close().await
    }
}

/// Opens one connection for work on the schema and on content: on `PostgreSQL` as the role that owns the tables.
pub async fn owner(url: &str) -> Result<DatabaseConnection, ConnectError> {
    if let Some(file) = url.strip_prefix("sqlite:") {
        make_folder(file)?;
        sqlite(url, 1, false).await
    } else if is_postgres(url) {
        postgres(url, 1).await
    } else {
        Err(ConnectError::Scheme)
    }
}

fn is_postgres(url: &str) -> bool {
    url.starts_with("postgres:") || url.starts_with("postgresql:")
}

fn make_folder(file: &str) -> Result<(), ConnectError> {
    let path = file
        .split('?')
        .next()
        .unwrap_or(file)
        .trim_start_matches("//");
    match Path::new(path).parent() {
        Some(folder) if !folder.as_os_str().is_empty() => {
            std::fs::create_dir_all(folder).map_err(ConnectError::Folder)
        }
        _ => Ok(()),
    }
}

fn quiet(url: &str, connections: u32) -> ConnectOptions {
    let mut options = ConnectOptions::new(url);
    options
        .max_connections(connections)
        .acquire_timeout(Duration::from_secs(5))
        .sqlx_logging(false)
        .record_stmt_in_spans(false)
        .test_before_acquire_if_idle_for(Duration::from_secs(30));
    options
}

/// `synchronous = FULL` in WAL mode: what was acknowledged is on the disk.
async fn sqlite(
    url: &str,
    connections: u32,
    read_only: bool,
) -> Result<DatabaseConnection, ConnectError> {
    let mut options = quiet(url, connections);
    options.map_sqlx_sqlite_opts(move |sqlite| {
        let sqlite = sqlite
            .busy_timeout(Duration::from_secs(5))
            .foreign_keys(true)
            .synchronous(SqliteSynchronous::Full);
        if read_only {
            sqlite.read_only(true)
        } else {
            sqlite
                .create_if_missing(true)
                .journal_mode(SqliteJournalMode::Wal)
        }
    });
    Ok(sea_orm::Database::connect(options).await?)
}

async fn postgres(url: &str, connections: u32) -> Result<DatabaseConnection, ConnectError> {
    let url = url.replacen("postgresql:", "postgres:", 1);
    let mut options = quiet(&url, connections);
    // Every statement begins with the person's id: one plan fits all, and planning anew costs more than it finds. What
    // is read is small, so nothing is gained by reading it in parallel, and the branches of a union stay in order.
    options.map_sqlx_postgres_opts(|postgres| {
        postgres.options([
            ("plan_cache_mode", "force_generic_plan"),
            ("max_parallel_workers_per_gather", "0"),
        ])
    });
    Ok(sea_orm::Database::connect(options).await?)
}

/// Row-level security is the net below [`crate::Scope`]; a role that it does not hold has no net.
async fn refuse_powerful_role(pool: &DatabaseConnection) -> Result<(), ConnectError> {
    let sql = "SELECT rolsuper OR rolbypassrls AS bypasses, \
               EXISTS (SELECT 1 FROM pg_class WHERE relowner = pg_roles.oid AND relkind = 'r') AS owns \
               FROM pg_roles WHERE rolname = current_user";
    let row = pool
        .query_one_raw(Statement::from_string(DbBackend::Postgres, sql))
        .await?;
    let Some(row) = row else {
        return Err(ConnectError::Role("does not exist"));
    };
    if row.try_get::<bool>("", "bypasses")? {
        return Err(ConnectError::Role("bypasses row-level security"));
    }
    if row.try_get::<bool>("", "owns")? {
        return Err(ConnectError::Role("owns tables"));
    }
    Ok(())
}
