//! Identity at the edge.

pub mod appearance;
pub mod calendar;
pub mod mutation;
pub mod passkey;
pub mod query;
pub mod viewer;

pub use calendar::{CalendarMutation, CalendarQuery};
pub use mutation::IdentityMutation;
pub use passkey::{PasskeyMutation, PasskeyQuery};
pub use query::{IdentityQuery, current_viewer};
pub use viewer::{Role, Settings, VaultState, Viewer};
