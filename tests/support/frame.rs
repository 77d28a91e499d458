//! What a test's server stands in: a folder and a database of its own, on either database.

use std::path::{Path, PathBuf};

use dreamtree_database::testing::TestDatabase;
use dreamtree_types::Clock;
use sea_orm::{ConnectionTrait, DbBackend};

use super::server::Setup;

/// A folder, and a database that a server is told of. [`Frame::remove`] takes both away; after a test that has failed they
/// stay, to be looked at.
pub(crate) struct Frame {
    setup: Setup,
    /// The clone of a template; on `SQLite` the server makes its file itself.
    postgres: Option<TestDatabase>,
}

impl Frame {
    /// An empty folder; the server makes its `test.db` there.
    pub(crate) fn sqlite() -> Self {
        let folder = folder();
        Self {
            setup: Setup {
                url: format!("sqlite:{}", folder.join("test.db").display()),
                folder,
                owner_url: None,
            },
            postgres: None,
        }
    }

    /// An empty folder, and a migrated database with the server's role of its own.
    pub(crate) async fn postgres() -> Self {
        let test = TestDatabase::postgres(Clock::System).await;
        Self {
            setup: on(&test, folder()),
            postgres: Some(test),
        }
    }

    /// An empty folder beside a database that the test looks into itself.
    pub(crate) fn beside(test: &TestDatabase) -> Self {
        Self {
            setup: on(test, folder()),
            postgres: None,
        }
    }

    /// What to start a server with.
    pub(crate) fn setup(&self) -> Setup {
        self.setup.clone()
    }

    /// The same for one of several servers on one database, which has a folder of this name for itself.
    pub(crate) fn setup_of(&self, name: &str) -> Setup {
        Setup {
            folder: self.setup.folder.join(name),
            ..self.setup()
        }
    }

    /// The folder.
    pub(crate) fn folder(&self) -> &Path {
        &self.setup.folder
    }

    /// The database of a frame on `PostgreSQL`.
    pub(crate) fn database(&self) -> &TestDatabase {
        self.postgres.as_ref().expect("a frame on PostgreSQL")
    }

    /// Runs what talks to a server beside the tasks of the database.
    pub(crate) async fn run<T: Send + 'static>(
        &self,
        body: impl FnOnce(Setup) -> T + Send + 'static,
    ) -> T {
        let setup = self.setup();
        apart(move || body(setup)).await
    }

    /// All that the files of these names in the folder hold, those that are there.
    pub(crate) fn files<const N: usize>(&self, names: [&str; N]) -> Vec<u8> {
        let files = names.map(|name| self.folder().join(name));
        let bytes = files.iter().filter_map(|file| std::fs::read(file).ok());
        bytes.flatten().collect()
    }

    /// Takes folder and database away. No server may run on them any more.
    pub(crate) async fn remove(self) {
        std::fs::remove_dir_all(&self.setup.folder).expect("the folder goes");
        if let Some(test) = self.postgres {
            test.remove().await;
        }
    }
}

/// Runs what waits beside the tasks of the test.
pub(crate) async fn apart<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    tokio::task::spawn_blocking(work).await.expect("the work")
}

fn folder() -> PathBuf {
    std::env::temp_dir().join(format!("dreamtree-server-{}", uuid::Uuid::now_v7()))
}

fn on(test: &TestDatabase, folder: PathBuf) -> Setup {
    let postgres = test.owner.get_database_backend() == DbBackend::Postgres;
    Setup {
        folder,
        url: test.url.clone(),
        owner_url: postgres.then(|| test.owner_url.clone()),
    }
}

/// Runs a test body, a `fn(Setup)`, on both databases.
macro_rules! with_servers {
    ($($name:ident),+ $(,)?) => {$(
        mod $name {
            use super::support::frame::Frame;

            #[tokio::test]
            async fn sqlite() {
                let frame = Frame::sqlite();
                frame.run(super::$name).await;
                frame.remove().await;
            }

            #[tokio::test]
            async fn postgres() {
                let frame = Frame::postgres().await;
                frame.run(super::$name).await;
                frame.remove().await;
            }
        }
    )+};
}
pub(crate) use with_servers;
