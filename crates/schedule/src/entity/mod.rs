//! One row type for each table.

pub mod scheduled_jobs;
