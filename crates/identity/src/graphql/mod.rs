//! Identity at the edge.

pub mod appearance;
pub mod mutation;
pub mod query;
pub mod viewer;

pub use mutation::IdentityMutation;
pub use query::{IdentityQuery, current_viewer};
pub use viewer::{Role, Settings, VaultState, Viewer};
