//! Values that only their owner can read.

use std::fmt::Display;

use dreamtree_database::{Place, Scope};
use dreamtree_types::{Patch, Private, clean};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::json;

use crate::Error;

/// A row with sealed columns.
pub(crate) struct Row<'a> {
    scope: &'a Scope,
    table: &'static str,
    id: String,
}

/// Something in the row does not open.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Locked;

impl<'a> Row<'a> {
    /// The row of this table with this id; the user's id where a person has one row only.
    pub(crate) fn new(scope: &'a Scope, table: &'static str, id: impl Display) -> Self {
        Self {
            scope,
            table,
            id: id.to_string(),
        }
    }

    /// Seals a value for its column; nothing stays nothing.
    pub(crate) fn seal<T: Serialize + ?Sized>(
        &self,
        column: &str,
        value: Option<&T>,
    ) -> Result<Option<String>, Error> {
        let seal = |value| self.scope.vault().seal(self.place(column), &json!(value));
        Ok(value.map(seal).transpose()?)
    }

    /// Opens a sealed value; one of another shape than the column's counts as locked.
    pub(crate) fn open<T: DeserializeOwned>(
        &self,
        column: &str,
        envelope: Option<&str>,
    ) -> Private<T> {
        match self.scope.vault().open(self.place(column), envelope) {
            Private::Open(value) => {
                serde_json::from_value(value).map_or(Private::Locked, Private::Open)
            }
            Private::Empty => Private::Empty,
            Private::Locked => Private::Locked,
        }
    }

    /// The generation of the row's keys after a change: that of its oldest, which values that stay may need.
    pub(crate) fn generation(&self, known: Option<i32>) -> Result<i32, Error> {
        let present = self.scope.vault().generation();
        let present = present.map_err(|_| Error::Shut)?;
        Ok(known.map_or(present, |known| known.min(present)))
    }

    /// The same, where nothing has to be sealed unless one of these changes sets a text.
    pub(crate) fn generation_of(
        &self,
        known: Option<i32>,
        changes: &[Patch<String>],
    ) -> Result<Option<i32>, Error> {
        if changes.iter().any(|change| matches!(change, Patch::Set(_))) {
            return self.generation(known).map(Some);
        }
        Ok(known)
    }

    /// A sealed text after a change; blanks are nothing.
    pub(crate) fn patch(
        &self,
        text: &Text,
        known: Option<String>,
        patch: Patch<String>,
    ) -> Result<Option<String>, Error> {
        match patch {
            Patch::Keep => Ok(known),
            // What cannot be read now is not taken away by mistake.
            Patch::Clear if known.is_some() => self.generation(None).map(|_| None),
            Patch::Clear => Ok(None),
            Patch::Set(value) => {
                let field = format!("input.{}", text.field);
                let value = optional(Some(&value), text.longest, &field)?;
                self.seal(text.column, value.as_deref())
            }
        }
    }

    /// Sealed texts after their changes, each in its column.
    pub(crate) fn patch_all<const N: usize>(
        &self,
        texts: &[Text; N],
        columns: [&mut Option<String>; N],
        changes: [Patch<String>; N],
    ) -> Result<(), Error> {
        for ((text, column), change) in texts.iter().zip(columns).zip(changes) {
            *column = self.patch(text, column.take(), change)?;
        }
        Ok(())
    }

    /// A sealed text that cannot be missing, after a change; an empty `known` is one of a row in the making.
    pub(crate) fn patch_required(
        &self,
        text: &Text,
        known: &str,
        patch: Patch<String>,
    ) -> Result<String, Error> {
        let known = Some(known.to_owned()).filter(|known| !known.is_empty());
        let changed = self.patch(text, known, patch)?;
        changed.ok_or_else(|| Error::invalid(format!("input.{}", text.field), "must not be empty"))
    }

    /// Opens a sealed value of a row that is readable as a whole or not at all.
    pub(crate) fn part<T: DeserializeOwned>(
        &self,
        column: &str,
        envelope: Option<&str>,
    ) -> Result<Option<T>, Locked> {
        match self.open(column, envelope) {
            Private::Open(value) => Ok(Some(value)),
            Private::Empty => Ok(None),
            Private::Locked => Err(Locked),
        }
    }

    fn place<'b>(&'b self, column: &'b str) -> Place<'b> {
        Place {
            user: self.scope.user(),
            table: self.table,
            column,
            row: &self.id,
        }
    }
}

/// One of the texts that a tool asks for.
pub(crate) struct Text {
    /// Where it is kept.
    pub(crate) column: &'static str,
    /// What the input calls it.
    pub(crate) field: &'static str,
    /// The most characters it may have.
    pub(crate) longest: usize,
}

/// The texts that a tool asks for, readable as a whole or not at all. Every array is in their order.
pub(crate) struct Texts<const N: usize> {
    /// The path of the tool's input.
    pub(crate) input: &'static str,
    /// What it asks for.
    pub(crate) texts: [Text; N],
}

impl<const N: usize> Texts<N> {
    /// The texts as they may be kept: `None` for what is left out or blank.
    pub(crate) fn check(&self, given: [&Option<String>; N]) -> Result<[Option<String>; N], Error> {
        let mut checked = [const { None }; N];
        for ((checked, given), text) in checked.iter_mut().zip(given).zip(&self.texts) {
            let field = format!("{}.{}", self.input, text.field);
            *checked = optional(given.as_deref(), text.longest, &field)?;
        }
        Ok(checked)
    }

    /// Seals each text for its column of the row.
    pub(crate) fn seal(
        &self,
        row: &Row<'_>,
        texts: &[Option<String>; N],
    ) -> Result<[Option<String>; N], Error> {
        let mut sealed = [const { None }; N];
        for ((sealed, value), text) in sealed.iter_mut().zip(texts).zip(&self.texts) {
            *sealed = row.seal(text.column, value.as_deref())?;
        }
        Ok(sealed)
    }

    /// Opens all of them; they are locked as soon as one does not open.
    pub(crate) fn open(
        &self,
        row: &Row<'_>,
        envelopes: [&Option<String>; N],
    ) -> Private<[Option<String>; N]> {
        let mut opened = [const { None }; N];
        for ((opened, envelope), text) in opened.iter_mut().zip(envelopes).zip(&self.texts) {
            match row.part(text.column, envelope.as_deref()) {
                Ok(value) => *opened = value,
                Err(Locked) => return Private::Locked,
            }
        }
        Private::Open(opened)
    }
}

/// A text that may be left out: `None` for nothing but blanks, otherwise at most `max` characters.
pub(crate) fn optional(
    text: Option<&str>,
    max: usize,
    field: &str,
) -> Result<Option<String>, Error> {
    match text {
        Some(text) if !text.trim().is_empty() => match clean(text, max) {
            Ok(text) => Ok(Some(text)),
            Err(fault) => Err(Error::invalid(field, fault.to_string())),
        },
        _ => Ok(None),
    }
}
