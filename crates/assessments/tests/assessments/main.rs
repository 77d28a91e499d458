//! Assessments on both databases, through the crate and through its part of the schema.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod coaching;
mod edge;
mod scores;
mod support;
