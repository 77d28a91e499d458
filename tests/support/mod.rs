//! What the end-to-end tests share: the real binary as a process, a client, and somebody who answers.

#![allow(dead_code, reason = "each test uses a part of it")]

pub(crate) mod client;
pub(crate) mod reader;
pub(crate) mod server;
