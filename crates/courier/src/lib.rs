//! Messages to servers of others, whose addresses other people have named: the place where this server could be made to
//! knock at doors that only it can reach.
//!
//! An address is looked at when it is written down ([`Target`]) and again at every message, when its name has become
//! numbers: all of them have to be public ([`is_public`]), and the connection goes to exactly those, so that a name which
//! means something else a moment later changes nothing. Nothing is followed: no redirect, no proxy of the environment, no
//! second look-up. Of the answer only its status is read, and how long to wait ([`Reply`]).
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used))]

mod address;
mod courier;
mod error;
mod exchange;
mod resolve;
mod target;
#[cfg(test)]
mod tests;
mod tls;

pub use address::is_public;
pub use courier::{Courier, Message};
pub use error::Unsent;
pub use exchange::Reply;
pub use resolve::{Resolve, SystemResolver};
pub use target::{LONGEST, Reach, Target, TargetFault};
