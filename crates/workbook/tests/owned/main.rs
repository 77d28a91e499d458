//! Things of a person's own, through GraphQL, on both databases.
#![allow(clippy::expect_used, reason = "a test that cannot go on has failed")]

mod company;
mod contact;
mod experience;
mod job;
mod location;
mod reframe;
mod story;
mod support;
