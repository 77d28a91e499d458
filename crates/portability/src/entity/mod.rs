//! One entity per table.

pub mod signing_keys;
pub mod status_places;
pub mod user_credentials;
pub mod user_shares;
