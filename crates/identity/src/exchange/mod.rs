//! The exchange of the server's own keys for newer ones while servers run (`docs/decisions/0024-server-keys-are-exchanged-in-place.md`).
//!
//! The key file has both generations meanwhile, and everything is read with either. The database says which one is
//! written with ([`settle`], [`turn`]), and servers say in it which ones they know ([`announce`]), so that nothing is
//! written that a running server could not read. What the server has sealed itself is sealed anew ([`carry`]); what hangs
//! on a password changes when the person next gives it, and [`census`] counts who has not. [`spend`] is for those who never
//! do.

mod carry;
mod census;
mod people;
mod servers;
mod spend;
mod state;

pub use carry::{Carried, carry};
pub use census::{Census, census};
pub use servers::{Seen, announce, follow, leave, seen};
pub use spend::spend;
pub use state::{in_use, look, settle, turn, turned};

use dreamtree_types::UserId;
use sea_orm::DbErr;

/// Why keys cannot be used or exchanged.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// The database is used with a generation that the key file does not have.
    #[error("the database is used with keys of generation {0}, which the key file does not have")]
    Unknown(i32),
    /// The generation in use has other keys than the key file says.
    #[error(
        "the keys of generation {0} in the key file are not those that the database is used with"
    )]
    Others(i32),
    /// There is but one generation in the key file.
    #[error("the key file has one generation of keys: begin with `dreamtree keys rotate`")]
    Alone,
    /// The newer generation is not in use yet.
    #[error("the newer keys are not in use yet: run `dreamtree keys carry`")]
    NotInUse,
    /// So many servers run that do not know the newer keys, or do not write with them yet.
    #[error(
        "servers that run without the newer keys: {0}; give them the key file and start them again"
    )]
    Behind(usize),
    /// What is sealed for this account opens with neither generation.
    #[error("what the server has sealed for account {0} opens with none of its keys")]
    Sealed(UserId),
    /// A letter that waits opens with neither generation.
    #[error("a letter that waits opens with none of the server's keys")]
    Letter,
    /// The database failed.
    #[error("the database failed")]
    Database(#[from] DbErr),
    /// Something else did.
    #[error(transparent)]
    Other(#[from] crate::Error),
}

/// A generation as rows have it.
fn stored(generation: u32) -> i32 {
    i32::try_from(generation).unwrap_or(i32::MAX)
}
