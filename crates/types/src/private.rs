//! A sealed value as its owner meets it.

use serde::{Deserialize, Serialize};

/// A private value: there, there but out of reach, or not there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Private<T> {
    /// Nothing was ever written.
    Empty,
    /// Something was written, but the vault is locked or the key is an older one.
    Locked,
    /// The value, readable.
    Open(T),
}

impl<T> Private<T> {
    /// The readable value turned into something else.
    pub fn map<U>(self, f: impl FnOnce(T) -> U) -> Private<U> {
        match self {
            Self::Empty => Private::Empty,
            Self::Locked => Private::Locked,
            Self::Open(value) => Private::Open(f(value)),
        }
    }
}
