//! How a caller can be wrong about who they are.

use dreamtree_crypto::{EmailFault, PasswordFault};
use dreamtree_database::{VaultError, fault_of};
use dreamtree_types::{ClientError, Code, Fault};
use sea_orm::DbErr;
use thiserror::Error;

/// How a caller can be wrong about who they are.
#[derive(Debug, Error)]
pub enum Error {
    /// The address is not one.
    #[error("the e-mail address was refused")]
    Email(#[from] EmailFault),
    /// The password breaks a rule.
    #[error("the password was refused")]
    Password(#[from] PasswordFault),
    /// The password is the address.
    #[error("the password resembles the address")]
    PasswordIsAddress,
    /// The token of a mail is used, has ended, is another's or none: these look alike.
    #[error("the token was refused")]
    Token,
    /// The password is not that of the account.
    #[error("the password is wrong")]
    WrongPassword {
        /// The input field.
        field: &'static str,
    },
    /// The text is no recovery code: somebody has made a slip.
    #[error("the recovery code has a slip")]
    RecoveryCodeSlip,
    /// The recovery code opens nothing that is locked.
    #[error("the recovery code is wrong")]
    WrongRecoveryCode,
    /// Nothing is locked by a reset.
    #[error("nothing is locked")]
    NothingLocked,
    /// The address is the one in use.
    #[error("the address is in use by the same person")]
    SameAddress,
    /// The account is claimed already.
    #[error("the account is claimed already")]
    AlreadyClaimed,
    /// Address and password do not belong together, or there is no such address: the two look alike.
    #[error("the credentials were refused")]
    Credentials,
    /// Signing in would leave an anonymous visitor's work behind.
    #[error("anonymous work would be left behind")]
    AnonymousWork,
    /// Nobody signs in with this address.
    #[error("nobody signs in with this address")]
    NoAccount,
    /// The terms of another version are due.
    #[error("these terms are not due")]
    NotDue,
    /// Too many passwords are being checked.
    #[error("too many passwords are being checked")]
    Busy,
    /// A setting breaks a rule.
    #[error("a setting was refused")]
    Setting {
        /// The input field.
        field: &'static str,
        /// The rule, in a sentence.
        rule: String,
    },
    /// The key of private values is not at hand.
    #[error("the vault is locked")]
    Vault(#[from] VaultError),
    /// The person's rows are gone.
    #[error("the account is gone")]
    Gone,
    /// A cipher or a key failed.
    #[error("a cipher or a key failed")]
    Crypto(#[from] dreamtree_crypto::Error),
    /// A letter could not be put into the outbox.
    #[error("a letter could not be written")]
    Mail(#[from] dreamtree_mail::Error),
    /// The thread that checks passwords broke.
    #[error("a background task broke")]
    Task(#[from] tokio::task::JoinError),
    /// The database failed.
    #[error("the database failed")]
    Database(#[from] DbErr),
}

impl ClientError for Error {
    fn fault(&self) -> Option<Fault> {
        match self {
            Self::Email(fault) => Some(Fault::field(
                Code::InvalidInput,
                "input.email",
                fault.to_string(),
            )),
            Self::Password(fault) => Some(Fault::field(
                Code::InvalidInput,
                "input.password",
                fault.to_string(),
            )),
            Self::PasswordIsAddress => Some(Fault::field(
                Code::InvalidInput,
                "input.password",
                "The password must not be the address or the part before its @.",
            )),
            Self::Token => Some(Fault::field(
                Code::TokenRefused,
                "input.token",
                "This link does not work, or not any more. Ask for a new one.",
            )),
            Self::WrongPassword { field } => Some(Fault::field(
                Code::CredentialsRefused,
                *field,
                "That is not the password.",
            )),
            Self::RecoveryCodeSlip => Some(Fault::field(
                Code::InvalidInput,
                "input.code",
                "is not a recovery code: a character is wrong, missing or too many",
            )),
            Self::WrongRecoveryCode => Some(Fault::field(
                Code::CredentialsRefused,
                "input.code",
                "That recovery code opens nothing that is locked.",
            )),
            Self::NothingLocked => Some(Fault::new(Code::NotFound, "Nothing is locked.")),
            Self::SameAddress => Some(Fault::field(
                Code::InvalidInput,
                "input.email",
                "is the address that you use already",
            )),
            Self::AlreadyClaimed => Some(Fault::new(
                Code::AlreadyClaimed,
                "This work has an owner with an address already.",
            )),
            Self::Credentials => Some(Fault::new(
                Code::CredentialsRefused,
                "The address and the password do not belong together.",
            )),
            Self::NoAccount => Some(Fault::new(
                Code::NotFound,
                "Nobody signs in with this address.",
            )),
            Self::NotDue => Some(Fault::field(
                Code::InvalidInput,
                "input.version",
                "is not the version of the terms that counts now; read them again",
            )),
            Self::AnonymousWork => Some(Fault::field(
                Code::AnonymousWork,
                "input.leaveAnonymous",
                "You have begun as a visitor. Claim that work, or say leaveAnonymous: true to sign in without it.",
            )),
            Self::Busy => Some(Fault::new(
                Code::Busy,
                "Many people are signing in. Try again in a moment.",
            )),
            Self::Setting { field, rule } => Some(Fault::field(Code::InvalidInput, *field, rule)),
            Self::Vault(VaultError::Locked) => Some(Fault::new(
                Code::VaultLocked,
                "Your private values are locked. Sign in again to open them.",
            )),
            Self::Gone => Some(Fault::new(
                Code::SessionExpired,
                "This session has ended. Sign in again.",
            )),
            Self::Database(error) | Self::Mail(dreamtree_mail::Error::Database(error)) => {
                fault_of(error)
            }
            Self::Vault(VaultError::Sealing(_))
            | Self::Crypto(_)
            | Self::Mail(_)
            | Self::Task(_) => None,
        }
    }
}
