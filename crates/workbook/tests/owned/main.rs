//! Things of a person's own, through GraphQL, on both databases.
#![allow(clippy::expect_used, reason = "a test that cannot go on has failed")]

mod location;
mod settings;
mod support;
