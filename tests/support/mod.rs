//! What the end-to-end tests share: the real binary as a process, a client, and somebody who answers.

pub mod client;
pub mod reader;
pub mod server;
