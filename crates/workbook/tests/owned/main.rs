//! What a person has and where they stand, through GraphQL, on both databases.
// The merged roots nest futures deeper than the default lets the compiler look.
#![recursion_limit = "256"]
#![allow(clippy::expect_used, reason = "a test that cannot go on has failed")]

mod arranged;
mod blocks;
mod budget;
mod career;
mod collection;
mod company;
mod contact;
mod daily;
mod experience;
mod flow_log;
mod history;
mod idea;
mod job;
mod location;
mod milestone;
mod profile;
mod question;
mod record;
mod reframe;
mod review;
mod settings;
mod skill;
mod story;
mod support;
mod task;
mod values;
