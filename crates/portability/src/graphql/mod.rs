//! What people take elsewhere, at the edge.

pub mod credential;
mod document;
pub mod resume;
pub mod share;

pub use credential::{CredentialMutation, CredentialQuery};
pub use document::JsonDocument;
pub use resume::ResumeQuery;
pub use share::{ShareMutation, ShareQuery};
