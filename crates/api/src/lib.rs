//! What the GraphQL of every domain has in common: who calls, global ids, refusals, private values.

mod caller;
mod gid;
mod private;
mod refusal;

pub use caller::{Caller, caller};
pub use gid::{Gid, Global};
pub use private::{PrivateState, PrivateText};
pub use refusal::{Refusal, refused};

/// What a resolver returns.
pub type Answer<T> = Result<T, Refusal>;

/// What the resolver of a nullable field returns: a refusal leaves the rest of the answer alone, as the
/// GraphQL specification has it. `Answer<Option<T>>` would take the whole parent away with it.
pub type Nullable<T> = Option<Answer<T>>;
