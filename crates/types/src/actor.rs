//! Who asks, as far as their session proves it; what else a client says about itself counts for nothing.

use crate::{Instant, SessionId, UserId};

/// Who asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Actor {
    /// Somebody without a session.
    Visitor,
    /// Somebody whose session has ended, expired or never existed.
    Expired,
    /// A person with a session.
    User {
        /// The person.
        user: UserId,
        /// The device.
        session: SessionId,
        /// When the session ends at the latest.
        expires_at: Instant,
    },
}
