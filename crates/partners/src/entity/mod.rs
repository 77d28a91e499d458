//! One entity per table.

pub mod partner_codes;
pub mod partner_credentials;
pub mod partner_grants;
pub mod partner_tokens;
pub mod partner_webhooks;
pub mod partners;
pub mod webhook_deliveries;
