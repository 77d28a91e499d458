//! Databases to test with: a file of its own on `SQLite`, a clone of a migrated template on `PostgreSQL`.
//! A missing `PostgreSQL` fails a test; it never skips one.

#![allow(
    clippy::expect_used,
    clippy::missing_panics_doc,
    reason = "a test that cannot set up its database has failed"
)]

use std::path::PathBuf;

use dreamtree_types::Clock;
use sea_orm::{ConnectionTrait, DatabaseConnection, DbErr};
use uuid::Uuid;

use crate::{Database, Options, connect};

pub use crate::statements::cut;

const ADMIN: &str = "TEST_POSTGRES_URL";
const ROLE: &str = "dreamtree_test_app";

/// A database that one test has for itself.
#[derive(Debug)]
pub struct TestDatabase {
    /// As the server sees it.
    pub database: Database,
    /// As the owner of the tables sees it.
    pub owner: DatabaseConnection,
    /// What the server would be given as `DATABASE_URL`.
    pub url: String,
    /// What the owner of the tables would be given.
    pub owner_url: String,
    rubbish: Rubbish,
}

#[derive(Debug)]
enum Rubbish {
    Folder(PathBuf),
    Postgres { admin: String, name: String },
}

impl TestDatabase {
    /// A migrated `SQLite` file in the system's folder for temporary files.
    pub async fn sqlite(clock: Clock) -> Self {
        let folder = std::env::temp_dir().join(format!("dreamtree-test-{}", Uuid::now_v7()));
        let url = format!("sqlite:{}", folder.join("test.db").display());
        let owner = connect::owner(&url).await.expect("SQLite opens");
        dreamtree_migration::migrate(&owner)
            .await
            .expect("SQLite migrates");
        let database = open(&url, clock).await;
        Self {
            database,
            owner,
            owner_url: url.clone(),
            url,
            rubbish: Rubbish::Folder(folder),
        }
    }

    /// A clone of the migrated template on the server that `TEST_POSTGRES_URL` names.
    pub async fn postgres(clock: Clock) -> Self {
        let admin = std::env::var(ADMIN).unwrap_or_else(|_| {
            panic!("{ADMIN} is not set; scripts/test starts a PostgreSQL and sets it")
        });
        let template = template(&admin).await.expect("the template is made");
        let name = format!("dreamtree_test_{}", Uuid::now_v7().simple());
        run(
            &admin,
            &format!("CREATE DATABASE {name} TEMPLATE {template}"),
        )
        .await
        .expect("the template is cloned");
        let owner_url = replace_database(&admin, &name);
        let url = replace_user(&owner_url, ROLE);
        let owner = connect::owner(&owner_url)
            .await
            .expect("the owner connects");
        let database = open(&url, clock).await;
        Self {
            database,
            owner,
            url,
            owner_url,
            rubbish: Rubbish::Postgres { admin, name },
        }
    }

    /// Takes the database away again.
    pub async fn remove(self) {
        self.database.close().await.expect("the connections close");
        self.owner
            .close()
            .await
            .expect("the owner's connection closes");
        match self.rubbish {
            Rubbish::Folder(folder) => std::fs::remove_dir_all(folder).expect("the folder goes"),
            Rubbish::Postgres { admin, name } => {
                run(&admin, &format!("DROP DATABASE {name} WITH (FORCE)"))
                    .await
                    .expect("the clone goes");
            }
        }
    }
}

async fn open(url: &str, clock: Clock) -> Database {
    let options = Options {
        url: url.to_owned(),
        connections: 4,
    };
    Database::connect(&options, clock)
        .await
        .expect("the database opens")
}

/// The migrated template, made by the first test that comes and kept for as long as the steps stay the same.
async fn template(admin: &str) -> Result<String, DbErr> {
    let name = format!("dreamtree_template_{}", dreamtree_migration::fingerprint());
    let connection = connect::owner(admin).await.expect("PostgreSQL answers");
    connection
        .execute_unprepared("SELECT pg_advisory_lock(7263548)")
        .await?;
    let exists = connection
        .query_one_raw(sea_orm::Statement::from_string(
            sea_orm::DbBackend::Postgres,
            format!("SELECT 1 FROM pg_database WHERE datname = '{name}' AND datistemplate"),
        ))
        .await?
        .is_some();
    if !exists {
        connection.execute_unprepared(&format!(
            "DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = '{ROLE}') THEN CREATE ROLE {ROLE} LOGIN; END IF; END $$"
        )).await?;
        connection
            .execute_unprepared(&format!("DROP DATABASE IF EXISTS {name}"))
            .await?;
        connection
            .execute_unprepared(&format!("CREATE DATABASE {name}"))
            .await?;
        let owner = connect::owner(&replace_database(admin, &name))
            .await
            .expect("the template opens");
        dreamtree_migration::migrate(&owner).await?;
        dreamtree_migration::grant(&owner, ROLE).await?;
        owner.close().await?;
        connection
            .execute_unprepared(&format!("ALTER DATABASE {name} IS_TEMPLATE true"))
            .await?;
    }
    connection.close().await?;
    Ok(name)
}

async fn run(url: &str, sql: &str) -> Result<(), DbErr> {
    let connection = connect::owner(url).await.expect("PostgreSQL answers");
    connection.execute_unprepared(sql).await?;
    connection.close().await
}

fn replace_database(url: &str, name: &str) -> String {
    let end = url.rfind('/').expect("the URL names a database");
    format!("{}/{name}", &url[..end])
}

fn replace_user(url: &str, user: &str) -> String {
    let (scheme, rest) = url.split_once("://").expect("the URL has a scheme");
    let host = rest.split_once('@').map_or(rest, |(_, host)| host);
    format!("{scheme}://{user}@{host}")
}

/// Runs one test body on both databases. The body is an `async fn(&TestDatabase)`.
#[macro_export]
macro_rules! on_both {
    ($($name:ident),+ $(,)?) => {$(
        mod $name {
            #[tokio::test]
            async fn sqlite() {
                let test = $crate::testing::TestDatabase::sqlite(super::clock()).await;
                super::$name(&test).await;
                test.remove().await;
            }

            #[tokio::test]
            async fn postgres() {
                let test = $crate::testing::TestDatabase::postgres(super::clock()).await;
                super::$name(&test).await;
                test.remove().await;
            }
        }
    )+};
}
