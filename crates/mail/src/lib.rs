//! Letters, and the way they take: written into the outbox in the transaction of what they tell of, carried out of
//! it by a postman in the background. A letter is never lost by a crash; it may arrive twice, with the same
//! Message-ID.

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used))]

mod carrier;
pub mod entity;
mod error;
mod letter;
pub mod outbox;
mod page;
mod postman;

pub use carrier::{Carrier, Credentials, Relay, Tls};
pub use error::Error;
pub use letter::Letter;
pub use postman::{Postman, Sender};

/// An address to send from, perhaps with a name: `DreamTree <hello@dreamtree.example>`.
pub use lettre::message::Mailbox;
