//! Sealed values at the edge: a value with a state, never a magic string.

use async_graphql::{Enum, SimpleObject};
use dreamtree_types::Private;

use crate::Plain;

/// Whether a private value can be read now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, Plain)]
pub enum PrivateState {
    /// The value is readable.
    Unlocked,
    /// There is a value, but the key to it is not at hand.
    Locked,
    /// Nothing has been written.
    Empty,
}

impl<T> From<&Private<T>> for PrivateState {
    fn from(value: &Private<T>) -> Self {
        match value {
            Private::Empty => Self::Empty,
            Private::Locked => Self::Locked,
            Private::Open(_) => Self::Unlocked,
        }
    }
}

/// A private text, sealed with its owner's key.
#[derive(Clone, Debug, SimpleObject, Plain)]
pub struct PrivateText {
    /// Whether the text can be read now.
    pub state: PrivateState,
    /// The text; null unless the state is UNLOCKED.
    pub value: Option<String>,
}

impl From<Private<String>> for PrivateText {
    fn from(private: Private<String>) -> Self {
        let state = PrivateState::from(&private);
        let value = match private {
            Private::Open(value) => Some(value),
            Private::Empty | Private::Locked => None,
        };
        Self { state, value }
    }
}
