//! One entity per table.

pub mod auth;
pub mod credential_directory;
pub mod emails;
pub mod housekeeping;
pub mod login_directory;
pub mod operators;
pub mod passkey_challenges;
pub mod passkey_directory;
pub mod passkey_registrations;
pub mod passkeys;
pub mod pending_addresses;
pub mod rate_limits;
pub mod sessions;
pub mod sign_in_challenges;
pub mod user_backup_codes;
pub mod user_calendar_feeds;
pub mod user_earlier_keys;
pub mod user_former_passwords;
pub mod user_keys;
pub mod user_mail_tokens;
pub mod user_settings;
pub mod user_terms;
pub mod user_totp;
pub mod users;
pub mod visits;
