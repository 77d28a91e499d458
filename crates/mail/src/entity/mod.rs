//! One row type for each table.

pub mod outbox;
