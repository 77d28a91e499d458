//! One entity per table.

pub mod auth;
pub mod emails;
pub mod login_directory;
pub mod operators;
pub mod pending_addresses;
pub mod sessions;
pub mod user_calendar_feeds;
pub mod user_earlier_keys;
pub mod user_former_passwords;
pub mod user_keys;
pub mod user_mail_tokens;
pub mod user_settings;
pub mod user_terms;
pub mod users;
