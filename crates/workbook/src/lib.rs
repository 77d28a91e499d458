//! What a person writes, and how far they have come: answers to prompts, the tools' own tables,
//! position and progress, and earlier answers carried forward.

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used))]

mod answer;
mod answered;
mod block;
pub mod contents;
pub mod entity;
mod error;
pub mod graphql;
pub mod history;
mod ids;
mod instance;
pub mod location;
mod owned;
mod position;
mod prefill;
pub mod profile;
mod progress;
mod rank;
mod response;
mod sealed;
pub mod settings;
mod stored;
pub mod tool;
mod value;
pub mod values;

pub use answer::{Entry, Outcome, answer};
pub use answered::Answered;
pub use block::{Bookmark, Page, Side, Stretch, View, Wanted, page};
pub use contents::ExerciseState;
pub use error::Error;
pub use ids::*;
pub use owned::Saved;
pub use position::{Position, State};
pub use prefill::{Offer, Prefill};
pub use progress::{Count, ModuleProgress, PartProgress, Progress};
pub use stored::Stored;
pub use value::Value;
