//! The handle on the current library. Whoever needs content takes it once per request.

use std::{
    sync::{Arc, PoisonError, RwLock},
    time::Duration,
};

use dreamtree_database::Database;

use crate::{
    Library,
    error::ContentError,
    rows::{read_library, read_version},
};

/// Holds the current [`Library`]. Clones share it.
#[derive(Clone, Debug)]
pub struct Shelf(Arc<RwLock<Arc<Library>>>);

impl Shelf {
    /// Reads the content; a library of version 0 when nothing was ever loaded.
    pub async fn open(database: &Database) -> Result<Self, ContentError> {
        let library = read_library(database.shared()).await?;
        Ok(Self(Arc::new(RwLock::new(Arc::new(library)))))
    }

    /// The library as of now; it stays as it is while the shelf moves on.
    #[must_use]
    pub fn current(&self) -> Arc<Library> {
        Arc::clone(&self.0.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Looks whether another edition was loaded and reads it; true when there was one. One
    /// statement when there was not.
    pub async fn refresh(&self, database: &Database) -> Result<bool, ContentError> {
        let known = self.current().version();
        if read_version(database.shared()).await? == known {
            return Ok(false);
        }
        let library = read_library(database.shared()).await?;
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(library);
        Ok(true)
    }

    /// Refreshes for ever. A failure is logged and tried again after the next interval.
    pub async fn follow(self, database: Database, interval: Duration) {
        loop {
            tokio::time::sleep(interval).await;
            match self.refresh(&database).await {
                Ok(false) => {}
                Ok(true) => {
                    database.changes().all_heard();
                    tracing::info!(version = self.current().version(), "content was refreshed");
                }
                Err(error) => tracing::warn!(?error, "content could not be refreshed"),
            }
        }
    }
}
