//! What happened to an account: who came, who changed how it is opened, who decided something about it.
//!
//! Each person's events are a chain: every row's hash covers the row before ([`record()`]), and a head beside it says
//! how far it goes. What is nobody's, such as that an account is gone, stands in a log of the same make ([`tombstone`]).
//! A [`checkpoint()`] in the log covers all heads at once, so that a chain that was cut off together with its head is
//! missed as well. [`verify()`] walks all of it.

mod chain;
mod checkpoint;
mod diary;
pub mod entity;
mod event;
mod log;
mod record;
mod tombstone;
mod verify;

pub use checkpoint::{Checkpoint, checkpoint};
pub use diary::{Entry, Page, page};
pub use event::{By, Event};
pub use log::{LogHead, NoHead};
pub use record::{record, record_on};
pub use tombstone::{Gone, tombstone};
pub use verify::{Break, Verified, verify};
