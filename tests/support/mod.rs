//! What the end-to-end tests share: the real binary as a process, a client, and somebody who answers.

#![allow(
    dead_code,
    unused_imports,
    unused_macros,
    reason = "each test uses a part of it"
)]
#![allow(
    clippy::needless_pass_by_value,
    reason = "json!({ … }) at the call reads best"
)]

pub(crate) mod account;
pub(crate) mod belongings;
pub(crate) mod client;
pub(crate) mod columns;
pub(crate) mod dump;
pub(crate) mod frame;
pub(crate) mod live;
pub(crate) mod partner;
pub(crate) mod promise;
pub(crate) mod reader;
pub(crate) mod readers;
pub(crate) mod receiver;
pub(crate) mod scene;
pub(crate) mod selection;
pub(crate) mod server;
