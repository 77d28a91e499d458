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
