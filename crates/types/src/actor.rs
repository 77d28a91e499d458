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
        /// When they last proved who they are in this session; `None` for a visitor, who has nothing to prove it with.
        authenticated_at: Option<Instant>,
    },
}

impl Actor {
    /// The session of a person.
    #[must_use]
    pub const fn session(&self) -> Option<SessionId> {
        match self {
            Self::User { session, .. } => Some(*session),
            Self::Visitor | Self::Expired => None,
        }
    }
}

/// What somebody may do beside their own work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Nothing.
    Person,
    /// Keep what is the same for everybody, by what people propose.
    Operator,
}

impl Role {
    /// The role of somebody who was named an operator, or was not.
    #[must_use]
    pub const fn of(is_operator: bool) -> Self {
        if is_operator {
            Self::Operator
        } else {
            Self::Person
        }
    }
}
