//! Who somebody is: a visit makes a person with a session and a data key of their own; claiming adds an
//! address and a password; signing in brings them back, with their key, on another device.

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used))]

pub mod address;
pub mod appearance;
pub mod calendar_feed;
mod claim;
mod cookie;
pub mod door;
pub mod entity;
mod error;
pub mod graphql;
mod keyring;
mod login;
mod mail_token;
pub mod operator;
mod password;
mod password_change;
mod proof;
mod recovery;
mod reset;
mod session;
pub mod settings;
mod sign_in;
mod terms;
pub mod unlock;
mod viewer;
mod visit;

pub use claim::{Claimed, Credentials, claim};
pub use cookie::CookiePolicy;
pub use door::Sessions;
pub use error::Error;
pub use password::Stretcher;
pub use password_change::{NewPassword, change_password};
pub use recovery::replace_recovery_code;
pub use reset::{request_reset, reset_password};
pub use session::{Opened, sign_out};
pub use sign_in::sign_in;
pub use viewer::Viewer;
pub use visit::visit;

use std::sync::Arc;

use dreamtree_crypto::ServerKeys;

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
