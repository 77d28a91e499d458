//! Results that can be shown elsewhere: an Open Badges 3.0 credential of a self-assessment (a W3C Verifiable Credential
//! 2.0), signed twice over: with a Data Integrity proof inside it ([`Claims::secure`], cryptosuite `eddsa-rdfc-2022`) and
//! as a token ([`token`], ES256).
//!
//! Whoever is shown one finds the keys in the issuer's document ([`document`], did:web) or key set ([`key_set`]), and
//! whether it was revoked in a signed list ([`StatusList`]). A credential says who assessed the person: they themselves.
//! Nothing here reads a file, a clock or the network. `docs/credentials.md` shows the whole of it.
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used))]

mod badge;
mod claims;
mod error;
mod instant;
mod issuer;
mod key;
mod node;
mod quads;
mod status;
mod subject;
mod term;
mod token;

pub use badge::{Competency, Level, SelfAssessment};
pub use claims::Claims;
pub use error::{Error, Result};
pub use issuer::{Issuer, document, key_set};
pub use key::{KeyFileFault, PublicKeys, SigningKeys};
pub use status::{LIST_SIZE, StatusEntry, StatusList};
pub use subject::Subject;
pub use token::token;
