//! The tools at the edge: a typed input and a typed answer each.

pub mod budget;
pub mod dashboard;
pub mod flow;
pub mod ideas;
pub mod list;
pub mod money;
pub mod personality;
pub mod ranking;
pub mod reframe;
pub mod skills;
pub mod story;
