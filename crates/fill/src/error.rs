//! Why a database could not be filled.

use sea_orm::{DbErr, sqlx};
use thiserror::Error;

/// Why a database could not be filled. Nothing was written.
#[derive(Debug, Error)]
pub enum Error {
    /// There are people already, and nobody said that more may join them.
    #[error("the database has {0} people already; say that more may join them")]
    Inhabited(u64),
    /// What people answer and which skills they have comes from the content.
    #[error("the content has too few {0}; load some first")]
    Content(&'static str),
    /// A column of a type that rows are not written in.
    #[error("a column of a type that cannot be copied: {0}")]
    Column(String),
    /// A time that has no text.
    #[error("a time cannot be written")]
    Time(#[from] time::error::Format),
    /// The cipher failed.
    #[error("a value could not be sealed")]
    Sealing(#[from] dreamtree_crypto::Error),
    /// People could not be made beside the writing of others.
    #[error("the work was broken off")]
    Work(#[from] tokio::task::JoinError),
    /// The database did not answer as expected.
    #[error("the database did not take the rows")]
    Database(#[from] DbErr),
    /// The same, from the driver.
    #[error("the database did not take the rows")]
    Driver(#[from] sqlx::Error),
}
