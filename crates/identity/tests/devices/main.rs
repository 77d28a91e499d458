//! Sessions, their vaults, limits and the second factor, through the schema of identity and with a clock that moves when
//! told to, on both databases.
#![allow(clippy::expect_used, reason = "a test that cannot go on has failed")]

mod consents;
mod diary;
mod fresh;
mod housekeeping;
mod limits;
mod second_factor;
mod sessions;
mod stage;
mod vaults;
