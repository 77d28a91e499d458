//! What the server writes to people, and what is sealed of it while it waits.

use dreamtree_crypto::EmailAddress;
use serde::{Deserialize, Serialize};

/// A letter. Tokens are secrets of the addressee.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Letter {
    /// Somebody says that this address is theirs: a link to show that it is.
    ConfirmAddress {
        /// What the link carries.
        token: String,
    },
    /// Somebody wanted to begin with this address, which has an account already.
    AddressTaken,
    /// The account has another address now; to the one before.
    AddressChanged,
    /// A link to set a new password.
    ResetPassword {
        /// What the link carries.
        token: String,
    },
    /// Somebody asked for such a link, and no account has this address.
    NoAccount,
    /// The account has another password now.
    PasswordChanged,
    /// The server's keys were exchanged, and what hung on the old ones has ended.
    KeysReplaced {
        /// The password.
        password: bool,
        /// A password from before a reset.
        former: bool,
        /// Backup codes.
        codes: bool,
    },
}

impl Letter {
    /// The name of its kind, as the row keeps it.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::ConfirmAddress { .. } => "confirm_address",
            Self::AddressTaken => "address_taken",
            Self::AddressChanged => "address_changed",
            Self::ResetPassword { .. } => "reset_password",
            Self::NoAccount => "no_account",
            Self::PasswordChanged => "password_changed",
            Self::KeysReplaced { .. } => "keys_replaced",
        }
    }
}

impl std::fmt::Debug for Letter {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "Letter({})", self.kind())
    }
}

/// A letter with its addressee: what is sealed.
#[derive(Serialize, Deserialize)]
pub(crate) struct Addressed {
    pub(crate) to: String,
    pub(crate) letter: Letter,
}

impl Addressed {
    pub(crate) fn new(to: &EmailAddress, letter: Letter) -> Self {
        Self {
            to: to.as_str().to_owned(),
            letter,
        }
    }
}
