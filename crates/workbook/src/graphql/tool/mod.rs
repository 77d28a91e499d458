//! The tools at the edge: a typed input and a typed answer each.

pub mod bucket;
pub mod budget;
pub mod collection;
pub mod dashboard;
pub mod flow;
pub mod ideas;
pub mod list;
pub mod money;
pub mod personality;
pub mod ranking;
pub mod record;
pub mod reframe;
pub mod skills;
pub mod story;
