//! Identity at the edge.

pub mod account;
pub mod appearance;
pub mod calendar;
pub mod consent;
mod counted;
pub mod devices;
pub mod diary;
pub mod farewell;
mod holder;
pub mod mutation;
pub mod operations;
pub mod passkey;
pub mod query;
pub mod rotation;
pub mod second_factor;
pub mod viewer;

pub use account::{AccountMutation, AccountQuery};
pub use calendar::{CalendarMutation, CalendarQuery};
pub use consent::{ConsentMutation, ConsentQuery};
pub use counted::counted;
pub use devices::{DevicesMutation, DevicesQuery};
pub use diary::{Diary, DiaryQuery};
pub use farewell::{DeleteAccountInput, DeleteAccountPayload, clear_cookie, confirm_farewell};
pub use mutation::IdentityMutation;
pub use operations::OperationsQuery;
pub use passkey::{PasskeyMutation, PasskeyQuery};
pub use query::{IdentityQuery, current_viewer};
pub use rotation::RotationMutation;
pub use second_factor::{SecondFactorMutation, SecondFactorQuery};
pub use viewer::{Role, Settings, VaultState, Viewer};
