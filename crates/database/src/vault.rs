//! The key of a person's private values, while it is at hand.

use std::sync::Arc;

use dreamtree_crypto::{
    DataKey, FieldAddress, System, hex, keyed_hash, open_field, plain_hash, seal_field,
};
use dreamtree_types::{Private, UserId};
use serde_json::Value;
use thiserror::Error;

/// Why a private value could not be written.
#[derive(Debug, Error)]
pub enum VaultError {
    /// No key at hand: nothing private may be written, least of all in clear.
    #[error("the vault is locked")]
    Locked,
    /// The cipher failed.
    #[error("the value could not be sealed")]
    Sealing(#[from] dreamtree_crypto::Error),
}

/// A person's data key, or the lack of it.
#[derive(Clone, Debug, Default)]
pub enum Vault {
    /// No key at hand.
    #[default]
    Locked,
    /// The key of the person's present key generation.
    Open {
        /// The key; wiped when the last holder lets go.
        key: Arc<DataKey>,
        /// Counts the person's data keys, from 1.
        generation: i32,
        /// Keys of earlier generations that were unlocked again.
        earlier: Arc<[Earlier]>,
    },
}

/// A data key that a later one has taken the place of.
#[derive(Debug)]
pub struct Earlier {
    /// Which of the person's data keys it is, counted from 1.
    pub generation: i32,
    /// The key; wiped when the last holder lets go.
    pub key: DataKey,
}

impl Vault {
    /// The generation of the open key.
    pub fn generation(&self) -> Result<i32, VaultError> {
        match self {
            Self::Open { generation, .. } => Ok(*generation),
            Self::Locked => Err(VaultError::Locked),
        }
    }

    /// Seals a value for one place: user, table, column and row. It does not open anywhere else.
    pub fn seal(&self, place: Place<'_>, value: &Value) -> Result<String, VaultError> {
        match self {
            Self::Open { key, .. } => Ok(seal_field(key, &place.address(), value, &mut System)?),
            Self::Locked => Err(VaultError::Locked),
        }
    }

    /// The hash of private content: as [`content_hash`], but an HMAC under the person's key, since a bare hash of a
    /// short text could be guessed.
    pub fn content_hash(&self, bytes: &[u8]) -> Result<String, VaultError> {
        match self {
            Self::Open { key, .. } => Ok(hex(&keyed_hash(key, bytes))),
            Self::Locked => Err(VaultError::Locked),
        }
    }

    /// Whether values of this generation can be opened.
    #[must_use]
    pub fn opens(&self, wanted: i32) -> bool {
        match self {
            Self::Open {
                generation,
                earlier,
                ..
            } => *generation == wanted || earlier.iter().any(|one| one.generation == wanted),
            Self::Locked => false,
        }
    }

    /// The generations before the present one that cannot be opened.
    pub fn shut(&self) -> Result<Vec<i32>, VaultError> {
        let present = self.generation()?;
        Ok((1..present).filter(|one| !self.opens(*one)).collect())
    }

    /// Opens a sealed value. What does not open is shown as locked, never as an error for the whole page.
    #[must_use]
    pub fn open(&self, place: Place<'_>, envelope: Option<&str>) -> Private<Value> {
        match (self, envelope) {
            (_, None) => Private::Empty,
            (Self::Locked, Some(_)) => Private::Locked,
            (Self::Open { key, earlier, .. }, Some(envelope)) => {
                let address = place.address();
                let keys = std::iter::once(&**key).chain(earlier.iter().map(|one| &one.key));
                let opened = keys.map(|key| open_field(key, &address, envelope));
                opened.flatten().next().map_or_else(
                    || {
                        self.note_what_stays_shut(place);
                        Private::Locked
                    },
                    Private::Open,
                )
            }
        }
    }

    /// Something is wrong with a value that does not open although all keys are at hand. While a key is missing, it
    /// may be that key's.
    fn note_what_stays_shut(&self, place: Place<'_>) {
        if self.shut().is_ok_and(|shut| shut.is_empty()) {
            let Place { table, column, .. } = place;
            tracing::warn!(table, column, "a sealed value does not open");
        }
    }
}

/// The hash of content that is not private: SHA-256 in 64 lower-case hexadecimal digits.
#[must_use]
pub fn content_hash(bytes: &[u8]) -> String {
    hex(&plain_hash(bytes))
}

/// Where a sealed value lives.
#[derive(Clone, Copy, Debug)]
pub struct Place<'a> {
    /// Whose it is.
    pub user: UserId,
    /// The table.
    pub table: &'a str,
    /// The column.
    pub column: &'a str,
    /// The row's id; the user's id where a person has one row only.
    pub row: &'a str,
}

impl<'a> Place<'a> {
    fn address(self) -> FieldAddress<'a> {
        FieldAddress {
            user: self.user.uuid(),
            table: self.table,
            column: self.column,
            row: self.row,
        }
    }
}
