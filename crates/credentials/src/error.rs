//! What can go wrong with a credential.

/// The result of this crate's functions.
pub type Result<T> = std::result::Result<T, Error>;

/// What can go wrong with a credential; all of it is a fault of the server or of its set-up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// The address of the server is not an origin such as `https://dreamtree.example`.
    #[error("the server's address is no origin")]
    Origin,
    /// Text that is no public key.
    #[error("a public key was not understood")]
    PublicKey,
    /// A time before the year 0 or after the year 9999.
    #[error("a time lies outside of four-digit years")]
    Time,
    /// A level was chosen that the competency does not have.
    #[error("a level was chosen that its competency does not have")]
    Level,
    /// The name of a person that could not stand in an address.
    #[error("a person's name does not fit into an address")]
    Subject,
    /// The list has no such position.
    #[error("a status list has no such position")]
    Position,
    /// There was no randomness to be had for new keys.
    #[error("no random bytes")]
    Entropy,
    /// A list could not be compressed.
    #[error("a status list was not compressed")]
    Compression,
}
