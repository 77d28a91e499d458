//! What is done again and again although nobody asks for it, by one server at a time.
//!
//! Each job has a row that says when it is due. Whoever finds it due takes a lease on it, which is renewed while the work
//! goes on, and says afterwards when it is due again. A server that dies holds it until the lease runs out. The work has to
//! be made of parts that are whole in themselves: it may be given up between any two of them, and it may happen, after a
//! long sleep of a server, that two are at it for a moment.

pub mod entity;
mod figures;
mod job;
mod lease;

pub use job::{Done, Failed, Job, run};
pub use lease::LEASE;
