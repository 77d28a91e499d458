//! Things of a person's own, through GraphQL, on both databases.
#![allow(clippy::expect_used, reason = "a test that cannot go on has failed")]

mod budget;
mod career;
mod flow_log;
mod idea;
mod location;
mod milestone;
mod skill;
mod support;
