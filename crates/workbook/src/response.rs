//! Answers to prompts: held to the prompt's rules, sealed where the prompt is private.

mod rules;
mod store;

pub(crate) use rules::check;
pub(crate) use store::{load, save};
