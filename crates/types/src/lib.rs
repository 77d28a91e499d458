//! What every floor above agrees on: typed ids, the clock, who asks, how a caller can be wrong, and
//! the state of a private value. Nothing here reads or writes.

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used))]

mod actor;
mod clock;
mod fault;
mod id;
mod patch;
mod private;
mod text;
mod zone;

pub use actor::{Actor, Role};
pub use clock::Clock;
pub use fault::{ClientError, Code, Fault};
pub use id::{Id, Kind};
pub use patch::Patch;
pub use private::Private;
pub use text::{TextFault, clean};
pub use zone::{UnknownZone, Zone};

/// A point in time, UTC, microseconds.
pub type Instant = time::OffsetDateTime;

/// Declares the kinds of rows that a domain gives ids to: the marker, its name at the edge, the id.
#[macro_export]
macro_rules! ids {
    ($($(#[$doc:meta])* $id:ident = $marker:ident($name:literal);)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $marker {}
        impl $crate::Kind for $marker {
            const NAME: &'static str = $name;
        }
        $(#[$doc])*
        pub type $id = $crate::Id<$marker>;
    )*};
}

ids! {
    /// A person, from the first visit on.
    UserId = User("user");
    /// An address under which a person's calendar can be read.
    CalendarFeedId = CalendarFeed("calendar_feed");
    /// A person's leave for a partner to read.
    GrantId = Grant("grant");
    /// An organization whose program reads what people let it read.
    PartnerId = Partner("partner");
    /// A passkey that a person signs in with.
    PasskeyId = Passkey("passkey");
    /// One device of a person.
    SessionId = Session("session");
}
