//! Identity at the edge.

pub mod mutation;
pub mod query;
pub mod viewer;

pub use mutation::IdentityMutation;
pub use query::IdentityQuery;
pub use viewer::{Settings, VaultState, Viewer};
