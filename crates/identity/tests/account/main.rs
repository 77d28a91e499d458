//! Accounts that are lost and found again, on both databases.
#![allow(clippy::expect_used, reason = "a test that cannot go on has failed")]

mod addresses;
mod alike;
mod cut;
mod door;
mod exchange;
mod passwords;
mod retired;
mod stage;
mod statements;
