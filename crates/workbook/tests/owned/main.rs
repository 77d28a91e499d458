//! What a person has and where they stand, through GraphQL, on both databases.
#![allow(clippy::expect_used, reason = "a test that cannot go on has failed")]

mod blocks;
mod history;
mod location;
mod profile;
mod settings;
mod support;
mod values;
