//! One entity per table.

pub mod audit_events;
pub mod audit_heads;
pub mod audit_log;
