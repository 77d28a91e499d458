//! People made up by the thousand, to measure with: each has a session, a data key, and about as much of
//! everything as somebody who has worked for some weeks. The same seed makes the same rows, ids and sealed
//! values included.
//!
//! A person depends on the seed and their number alone, so two fills of fifty make the same hundred people as
//! one. All of a fill is one transaction, written by the owner of the tables.
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used))]

mod copy;
mod dice;
mod error;
mod fill;
mod guards;
mod person;
mod rows;
mod sink;
mod words;

pub use error::Error;
pub use fill::{Filled, Plan, fill};
