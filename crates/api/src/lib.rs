//! What the GraphQL of every domain has in common: who calls, global ids, refusals, private values.

// The derive names this crate by its name, here too.
extern crate self as dreamtree_api;

mod caller;
mod conflict;
mod cursor;
mod door;
mod gid;
mod live;
mod patch;
pub mod plain;
mod private;
mod refusal;
mod site;

pub use caller::{Caller, caller};
pub use conflict::add_conflict;
pub use cursor::Cursor;
pub use door::{Door, Entered};
pub use dreamtree_api_derive::Plain;
pub use gid::{Gid, Global};
pub use live::{Look, MostStreams, View, live};
pub use patch::patch;
pub use plain::{Plain, PlainObject, Plan, Ready, TakesJson};
pub use private::{PrivateState, PrivateText};
pub use refusal::{Refusal, refused};
pub use site::{Site, address};

/// What a list that has no pages weighs: as much as so many of its entries.
pub const UNPAGED: usize = 10;

/// What a resolver returns.
pub type Answer<T> = Result<T, Refusal>;

/// What the resolver of a nullable field returns: a refusal leaves the rest of the answer alone, as the
/// GraphQL specification has it. `Answer<Option<T>>` would take the whole parent away with it.
pub type Nullable<T> = Option<Answer<T>>;
