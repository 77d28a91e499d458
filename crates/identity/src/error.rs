//! How a caller can be wrong about who they are.

use dreamtree_crypto::{EmailFault, PasswordFault};
use dreamtree_database::{VaultError, fault_of};
use dreamtree_types::{ClientError, Code, Fault};
use sea_orm::DbErr;
use thiserror::Error;

use crate::passkey;

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
    /// The recovery code opens nothing that is locked.
    #[error("the recovery code is wrong")]
    WrongRecoveryCode,
    /// Nothing is locked by a reset.
    #[error("nothing is locked")]
    NothingLocked,
    /// Something depends on a generation of the server's keys that is not in the key file; a fault of ours.
    #[error("the server's keys of generation {0} are not in the key file")]
    ServerKeys(u32),
    /// The address is the one in use.
    #[error("the address is in use by the same person")]
    SameAddress,
    /// The account is claimed already.
    #[error("the account is claimed already")]
    AlreadyClaimed,
    /// Address and password do not belong together, or there is no such address: the two look alike.
    #[error("the credentials were refused")]
    Credentials,
    /// The password or the recovery code of somebody with a session is not right.
    #[error("the password or the recovery code was refused")]
    WrongSecret,
    /// A text is no recovery code: somebody has made a slip.
    #[error("the recovery code was refused")]
    RecoveryCode {
        /// The input field.
        field: &'static str,
    },
    /// There are no codes of a phone that backup codes could stand in for.
    #[error("there is no second factor")]
    NoSecondFactor,
    /// The work has no owner with an address and a password yet.
    #[error("the account is not claimed")]
    NotClaimed,
    /// It is too long since the person has proved who they are.
    #[error("fresh authentication is needed")]
    Stale,
    /// The code of the second factor is not right, or was used already.
    #[error("the code was refused")]
    Code,
    /// This was tried too often.
    #[error("tried too often")]
    RateLimited {
        /// Seconds until it is worth trying again.
        seconds: u64,
    },
    /// There is no such session.
    #[error("no such session")]
    NoSession,
    /// Signing in would leave an anonymous visitor's work behind.
    #[error("anonymous work would be left behind")]
    AnonymousWork,
    /// No person signs in with this passkey, or what it says is not right: the two look alike.
    #[error("the passkey was refused")]
    PasskeyRefused,
    /// The passkey's counter did not go on.
    #[error("the passkey may have been copied")]
    PasskeyCopied,
    /// The challenge is too old, was answered already, or never was.
    #[error("the challenge has expired")]
    ChallengeExpired,
    /// The server is reached under an address that passkeys cannot belong to.
    #[error("the server has no domain name")]
    NoDomain,
    /// The person has no such passkey.
    #[error("there is no such passkey")]
    NoPasskey,
    /// Nothing else would open the vault.
    #[error("nothing else would open the vault")]
    LastKey,
    /// The check of passkeys failed, or what is stored of one cannot be read.
    #[error("the check of a passkey failed")]
    Passkey(#[from] passkey::Broken),
    /// Nobody signs in with this address.
    #[error("nobody signs in with this address")]
    NoAccount,
    /// Somebody who operates the server cannot go before they gave the role back.
    #[error("an operator cannot delete their account")]
    Operates,
    /// There is no such consent to be asked for.
    #[error("no such consent")]
    NoConsent,
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
            Self::WrongRecoveryCode => Some(Fault::field(
                Code::CredentialsRefused,
                "input.code",
                "That recovery code opens nothing that is locked.",
            )),
            Self::SameAddress => Some(Fault::field(
                Code::InvalidInput,
                "input.email",
                "is the address that you use already",
            )),
            Self::NoPasskey => Some(Fault::field(
                Code::NotFound,
                "input.id",
                "There is no such passkey.",
            )),
            Self::RecoveryCode { field } => Some(Fault::field(
                Code::InvalidInput,
                *field,
                "A recovery code has eight groups of four letters and digits, and one more; look for a slip.",
            )),
            Self::Code => Some(Fault::field(
                Code::CodeRefused,
                "input.code",
                "This code is not right, or was used already.",
            )),
            Self::RateLimited { seconds } => Some(
                Fault::new(
                    Code::RateLimited,
                    "This was tried too often. Wait a little, then try again.",
                )
                .after(*seconds),
            ),
            Self::NoConsent => Some(Fault::field(
                Code::NotFound,
                "input.kind",
                "There is no such consent.",
            )),
            Self::AnonymousWork => Some(Fault::field(
                Code::AnonymousWork,
                "input.leaveAnonymous",
                "You have begun as a visitor. Claim that work, or say leaveAnonymous: true to sign in without it.",
            )),
            Self::Setting { field, rule } => Some(Fault::field(Code::InvalidInput, *field, rule)),
            Self::Database(error) | Self::Mail(dreamtree_mail::Error::Database(error)) => {
                fault_of(error)
            }
            _ => self.words().map(|(code, words)| Fault::new(code, words)),
        }
    }
}

impl Error {
    /// The code and the words of what no field of the input is to blame for; `None` for a fault of ours.
    const fn words(&self) -> Option<(Code, &'static str)> {
        Some(match self {
            Self::AlreadyClaimed => (
                Code::AlreadyClaimed,
                "This work has an owner with an address already.",
            ),
            Self::Credentials => (
                Code::CredentialsRefused,
                "The address and the password do not belong together.",
            ),
            Self::PasskeyRefused => (
                Code::CredentialsRefused,
                "This passkey does not sign in here.",
            ),
            Self::PasskeyCopied => (
                Code::PasskeyCopied,
                "This passkey may have been copied. Sign in otherwise, remove it and make a new one.",
            ),
            Self::ChallengeExpired => (
                Code::ChallengeExpired,
                "This took too long or was sent twice. Begin anew.",
            ),
            Self::NoDomain => (
                Code::OriginRefused,
                "Passkeys belong to a domain name: come by one, such as localhost.",
            ),
            Self::LastKey => (
                Code::LastKey,
                "Nothing else would open your private values.",
            ),
            Self::WrongSecret => (
                Code::CredentialsRefused,
                "This password or recovery code is not right.",
            ),
            Self::NothingLocked => (Code::NotFound, "Nothing is locked."),
            Self::NoSecondFactor => (
                Code::NotFound,
                "There is no second factor that backup codes could stand in for.",
            ),
            Self::NotClaimed => (
                Code::NotClaimed,
                "This work has no password yet. Claim it first.",
            ),
            Self::Stale => (
                Code::FreshAuthenticationRequired,
                "This needs your password again: authenticateAgain, then repeat.",
            ),
            Self::NoSession => (Code::NotFound, "There is no such session."),
            Self::NoAccount => (Code::NotFound, "Nobody signs in with this address."),
            Self::Operates => (
                Code::InvalidInput,
                "You are an operator. Have the role taken from you first, then delete the account.",
            ),
            Self::Busy => (
                Code::Busy,
                "Many people are signing in. Try again in a moment.",
            ),
            Self::Gone => (
                Code::SessionExpired,
                "This session has ended. Sign in again.",
            ),
            Self::Vault(VaultError::Locked) => (
                Code::VaultLocked,
                "Your private values are locked. Open them with unlockVault, or sign in again.",
            ),
            _ => return None,
        })
    }
}
