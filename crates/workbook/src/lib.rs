//! What a person writes, and how far they have come: answers to prompts, the tools' own tables,
//! position and progress, and earlier answers carried forward.

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used))]

mod answer;
mod answered;
mod block;
pub mod calendar;
pub mod career;
pub mod company;
pub mod contact;
pub mod contents;
pub mod daily;
pub mod entity;
mod error;
pub mod experience;
pub mod farewell;
mod field;
pub mod flow_log;
pub mod graphql;
pub mod history;
pub mod idea;
mod ids;
pub mod instance;
pub mod job;
mod link;
pub mod location;
pub mod locked;
pub mod milestone;
mod owned;
mod position;
mod prefill;
pub mod profile;
mod progress;
pub mod question;
mod rank;
pub mod reframe;
mod response;
mod sealed;
pub mod settings;
pub mod skill;
mod status;
mod stored;
pub mod story;
pub mod tag;
mod text;
pub mod tool;
pub mod toolbox;
mod value;
pub mod values;
mod variants;
mod word;

pub use answer::{Entry, Outcome, answer};
pub use answered::Answered;
pub use block::{Bookmark, Page, Side, Stretch, View, Wanted, page};
pub use contents::ExerciseState;
pub use error::Error;
pub use ids::*;
pub use owned::Saved;
pub use position::{Position, State};
pub use prefill::{
    Aggregate, Carried, Figure, Gap, Kept, Measure, Offer, Prefill, Rated, Review, Stale, keep,
    refresh, reviews, snapshots, stale,
};
pub use progress::{Count, ModuleProgress, PartProgress, Progress};
pub use status::Change;
pub use stored::Stored;
pub use value::Value;
pub use variants::{People, Tally, VariantReport};
pub use word::Word;
