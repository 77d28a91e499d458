//! The floor between the domains and SQL: how to connect, the [`Scope`] that owned rows are reached
//! through, what a database error means, and databases to test with.

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used))]

mod among;
mod changes;
mod connect;
mod error;
mod finish;
mod gather;
mod lent;
mod memory;
mod presence;
mod relay;
mod scope;
mod statements;
#[cfg(feature = "testing")]
pub mod testing;
mod told;
mod transaction;
mod vault;

pub use among::numbers;
pub use changes::{Changes, Listening};
pub use connect::{ConnectError, Database, Options, owner};
pub use error::{fault_of, is_unique_violation};
pub use lent::{Lenders, Lent};
pub use relay::relay;
pub use scope::{LOCKED, Scope, enter, share};
pub use statements::{counted, total as statements_total};
pub use told::{Fact, Listener};
pub use transaction::Transaction;
pub use vault::{Earlier, Place, Vault, VaultError, content_hash};
