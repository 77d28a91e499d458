//! One entity per table.

pub mod auth;
pub mod emails;
pub mod login_directory;
pub mod operators;
pub mod sessions;
pub mod user_calendar_feeds;
pub mod user_keys;
pub mod user_settings;
pub mod user_terms;
pub mod users;
pub mod visits;
