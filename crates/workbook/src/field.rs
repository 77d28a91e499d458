//! Plain values of a row after a change; sealed ones are in [`crate::sealed`].

use std::ops::RangeInclusive;

use dreamtree_types::{Patch, clean};

use crate::{Error, sealed::optional};

/// A text that may be missing; blanks are nothing.
pub(crate) fn text(
    known: &mut Option<String>,
    patch: Patch<String>,
    longest: usize,
    field: &str,
) -> Result<(), Error> {
    match patch {
        Patch::Keep => {}
        Patch::Clear => *known = None,
        Patch::Set(value) => *known = optional(Some(&value), longest, field)?,
    }
    Ok(())
}

/// A text that cannot be missing.
pub(crate) fn name(
    known: &mut String,
    patch: Patch<String>,
    longest: usize,
    field: &str,
) -> Result<(), Error> {
    required(known, patch, field)?;
    *known = clean(known, longest).map_err(|fault| Error::invalid(field, fault.to_string()))?;
    Ok(())
}

/// A figure that may be missing, on its scale.
pub(crate) fn figure(
    known: &mut Option<i32>,
    patch: Patch<i32>,
    scale: RangeInclusive<i32>,
    field: &str,
) -> Result<(), Error> {
    if let Patch::Set(value) = patch {
        on_scale(value, &scale, field)?;
    }
    *known = patch.onto(*known);
    Ok(())
}

/// A value that cannot be missing.
pub(crate) fn required<T>(known: &mut T, patch: Patch<T>, field: &str) -> Result<(), Error> {
    match patch {
        Patch::Keep => Ok(()),
        Patch::Clear => Err(Error::invalid(field, "must not be empty")),
        Patch::Set(value) => {
            *known = value;
            Ok(())
        }
    }
}

/// Refuses a value that is not on its scale.
pub(crate) fn on_scale(value: i32, scale: &RangeInclusive<i32>, field: &str) -> Result<(), Error> {
    if scale.contains(&value) {
        return Ok(());
    }
    let (first, last) = (scale.start(), scale.end());
    Err(Error::invalid(field, format!("must be {first} to {last}")))
}
