//! Key schedule, envelopes and tokens.
//!
//! Everything a person keeps private is sealed under a data key of their own ([`DataKey`]), and that key is
//! stored only wrapped ([`wrap()`]): under what the password gives ([`Stretched::kek`]), under the recovery code
//! ([`RecoveryCode::kek`]), under what a passkey yields ([`PrfOutput::kek`]) or under the session token
//! ([`SessionToken::kek`]). What the server keeps for itself
//! stands in [`ServerKeys`]; a [`FeedToken`] opens nothing and only names a calendar. Nothing here reads a file, a clock or the network, and randomness is passed in
//! ([`Entropy`]), so every result can be checked: `tests/vectors.json` holds known answers and
//! `tests/vectors.py` recomputes them with other libraries.
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used))]

pub mod aad;
pub mod backup_code;
pub mod challenge;
pub mod content_hash;
pub mod device;
pub mod earlier;
pub mod email;
pub mod entropy;
pub mod envelope;
pub mod error;
pub mod feed;
pub mod field;
pub mod key;
pub mod limit;
pub mod mail;
pub mod partner;
pub mod password;
pub mod prf;
pub mod recovery;
pub mod server_keys;
pub mod session;
pub mod share;
pub mod totp;
pub mod webhook;
pub mod wrap;

mod derive;
mod hex;
mod secret;
mod token;
#[cfg(test)]
mod vectors;

pub use aad::associated;
pub use backup_code::BackupCode;
pub use challenge::ChallengeToken;
pub use content_hash::{keyed_hash, plain_hash};
pub use device::DeviceToken;
pub use earlier::{unwrap_earlier, wrap_earlier};
pub use email::{EmailAddress, EmailFault};
#[cfg(any(test, feature = "testing"))]
pub use entropy::Seeded;
pub use entropy::{Entropy, System};
pub use error::{Error, Result};
pub use feed::FeedToken;
pub use field::{FieldAddress, open_field, seal_field};
pub use hex::encode as hex;
pub use key::{DataKey, Kek, Pepper};
pub use limit::limit_bucket;
pub use mail::{MailPurpose, MailToken, open_letter, reseal_letter, seal_letter};
pub use partner::{
    PartnerPurpose, PartnerToken, consent_mark, is_consent_mark, pairwise_subject, pkce_challenge,
};
pub use password::{
    Password, PasswordFault, PasswordRecord, Profile, Stretched, Workspace, stretch,
};
pub use prf::PrfOutput;
pub use recovery::RecoveryCode;
pub use server_keys::{KeyFileFault, ServerKeys};
pub use session::SessionToken;
pub use share::ShareToken;
pub use totp::TotpSecret;
pub use webhook::WebhookSecret;
pub use wrap::{Method, unwrap_key, wrap};
