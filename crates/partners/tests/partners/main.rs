//! Partners on both databases: who may ask, what a code is worth, and what is read of whom.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod case;
mod codes;
mod consent;
mod pages;
mod proof;
mod receiver;
mod refresh;
mod stage;
mod webhooks;
