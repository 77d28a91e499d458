//! What a person has and where they stand, through GraphQL, on both databases.
// The merged roots nest futures deeper than the default lets the compiler look.
#![recursion_limit = "256"]
#![allow(
    clippy::similar_names,
    reason = "a stage, its state and what was noted are told apart well enough"
)]
#![allow(clippy::expect_used, reason = "a test that cannot go on has failed")]

mod arranged;
mod blocks;
mod budget;
mod career;
mod collection;
mod company;
mod connections;
mod contact;
mod daily;
mod experience;
mod flow_log;
mod history;
mod idea;
mod instance;
mod job;
mod live;
mod location;
mod locked;
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
mod tag;
mod task;
mod toolbox;
mod values;
mod variants;
