//! What a person takes elsewhere: credentials of results ([`credential`], and [`host`] for partners), pictures of them under a secret address
//! ([`share`], [`picture`]), what they have done as a résumé that other programs read ([`resume`]), and everything that is
//! kept of them as a file ([`export`]).
//!
//! Nothing sealed leaves through a credential or a picture. `docs/credentials.md` and `docs/pictures.md` show them.
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used))]

mod assessed;
pub mod credential;
pub mod entity;
mod error;
pub mod export;
pub mod graphql;
pub mod host;
pub mod picture;
pub mod resume;
pub mod share;
pub mod signer;
pub mod status;

pub use error::Error;
pub use signer::Signer;

dreamtree_types::ids! {
    /// A credential that was issued of a person's results.
    CredentialId = CredentialKind("credential");
    /// An address under which a person's results can be seen.
    ShareId = ShareKind("share");
}
