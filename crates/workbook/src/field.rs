//! Figures and other plain values of a row after a change; texts are in [`crate::text`], sealed ones in
//! [`crate::sealed`].

use std::ops::RangeInclusive;

use dreamtree_types::Patch;

use crate::Error;

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
