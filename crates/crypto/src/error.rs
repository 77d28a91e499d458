//! How a cryptographic step can fail, told apart only where a caller acts differently.

/// What went wrong. The texts are fixed: none of them repeats an input.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// The text is not of the form this crate writes; no key was tried on it.
    #[error("not in the expected form")]
    Malformed,
    /// The form is right, but the key or the associated data does not fit, or the bytes were altered.
    #[error("refused: wrong key, wrong place or altered")]
    Refused,
    /// The source of randomness gave nothing.
    #[error("no randomness available")]
    Entropy,
    /// Password cost parameters outside the accepted range.
    #[error("password cost parameters out of range")]
    Profile,
    /// The memory a password run needs could not be had; trying again later may work.
    #[error("not enough memory for a password run")]
    Memory,
    /// A plaintext beyond what the cipher takes (about 256 GiB).
    #[error("plaintext too long")]
    TooLong,
}

/// A result of this crate.
pub type Result<T> = std::result::Result<T, Error>;
