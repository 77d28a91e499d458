//! Who somebody is: a visit makes a person with a session and a data key of their own; claiming adds an
//! address and a password; signing in brings them back, with their key, on another device.

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used))]

pub mod account;
pub mod address;
pub mod appearance;
pub mod calendar_feed;
mod checked;
mod claim;
mod client;
pub mod consent;
mod cookie;
pub mod credential_directory;
mod device;
pub mod door;
pub mod earlier;
pub mod entity;
mod error;
pub mod exchange;
pub mod fresh;
pub mod graphql;
pub mod housekeeping;
mod keyring;
pub mod limit;
mod login;
mod mail_token;
pub mod operations;
pub mod operator;
pub mod passkey;
mod password;
mod password_change;
mod recovery;
mod reset;
pub mod rotation;
mod second_factor;
mod session;
pub mod settings;
mod sign_in;
pub mod stale;
mod terms;
mod unlock;
mod viewer;
mod visit;

pub use claim::{Claimed, Credentials, claim};
pub use client::Client;
pub use cookie::CookiePolicy;
pub use door::Sessions;
pub use error::Error;
pub use password::Stretcher;
pub use password_change::{NewPassword, change_password};
pub use recovery::replace_recovery_code;
pub use reset::{request_reset, reset_password};
pub use second_factor::{Challenge, complete as complete_sign_in};
pub use session::{Opened, sign_out};
pub use sign_in::{Entry, SignedIn, sign_in};
pub use viewer::Viewer;
pub use visit::visit;

use std::sync::Arc;

use dreamtree_crypto::{DeviceToken, ServerKeys, System};
use dreamtree_types::UserId;

/// What identity needs besides a database: the server's keys, a limit on password work, the cookie's shape.
#[derive(Clone, Debug)]
pub struct Identity {
    keys: Arc<ServerKeys>,
    stretcher: Stretcher,
    cookie: CookiePolicy,
}

impl Identity {
    /// Identity for a server with these keys.
    #[must_use]
    pub fn new(keys: ServerKeys, stretcher: Stretcher, cookie: CookiePolicy) -> Self {
        Self {
            keys: Arc::new(keys),
            stretcher,
            cookie,
        }
    }

    /// A token that tells a device of this person from a stranger's.
    fn remember(&self, user: UserId) -> Result<DeviceToken, Error> {
        Ok(DeviceToken::generate(&self.keys, user.uuid(), &mut System)?)
    }

    /// The server's own keys.
    #[must_use]
    pub fn keys(&self) -> Arc<ServerKeys> {
        Arc::clone(&self.keys)
    }

    /// The cookie that carries a session.
    #[must_use]
    pub const fn cookie(&self) -> CookiePolicy {
        self.cookie
    }
}
