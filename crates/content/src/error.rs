//! What can go wrong with content that is loaded already.

use dreamtree_database::fault_of;
use dreamtree_types::{ClientError, Fault};
use sea_orm::DbErr;
use thiserror::Error;

use crate::library::RowError;

/// Why the content could not be read from the database.
#[derive(Debug, Error)]
pub enum ContentError {
    /// A row was written by another version of this program.
    #[error("the content in the database does not fit this program")]
    Row(#[from] RowError),
    /// The database did not answer as expected.
    #[error("the content could not be read")]
    Database(#[from] DbErr),
}

impl ClientError for ContentError {
    fn fault(&self) -> Option<Fault> {
        match self {
            Self::Database(error) => fault_of(error),
            Self::Row(_) => None,
        }
    }
}
