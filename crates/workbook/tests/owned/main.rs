//! Things of a person's own, through GraphQL, on both databases.
#![allow(clippy::expect_used, reason = "a test that cannot go on has failed")]

mod budget;
mod career;
mod company;
mod contact;
mod experience;
mod flow_log;
mod idea;
mod job;
mod location;
mod milestone;
mod reframe;
mod skill;
mod story;
mod support;
