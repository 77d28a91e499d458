//! Identity at the edge.

pub mod account;
pub mod appearance;
pub mod calendar;
pub mod mutation;
pub mod query;
pub mod viewer;

pub use account::{AccountMutation, AccountQuery};
pub use calendar::{CalendarMutation, CalendarQuery};
pub use mutation::IdentityMutation;
pub use query::{IdentityQuery, current_viewer};
pub use viewer::{Role, Settings, VaultState, Viewer};
