//! What ends a selection, and what holds others.

use std::io::Write;

use async_graphql::{ScalarType, resolver_utils::EnumType};
use serde::Serialize;
use time::{Date, OffsetDateTime};

use super::{Plain, PlainObject, Plan};
use crate::{Gid, Global};

/// Writes what JSON knows. Writing into memory does not fail, and neither do these types.
fn write_json<T: Serialize + ?Sized>(value: &T, out: &mut Vec<u8>) {
    if let Err(error) = serde_json::to_writer(out, value) {
        tracing::error!(%error, "a plain value is not JSON");
    }
}

/// Writes a text.
pub(super) fn write_text(text: &str, out: &mut Vec<u8>) {
    write_json(text, out);
}

/// Writes a scalar of one's own.
pub fn write_scalar<T: ScalarType>(scalar: &T, out: &mut Vec<u8>) {
    write_json(&scalar.to_value(), out);
}

/// Writes a word of an enumeration.
pub fn write_word<T: EnumType>(word: T, out: &mut Vec<u8>) {
    let item = T::items().iter().find(|item| item.value == word);
    write_text(item.map_or("", |item| item.name), out);
}

/// Writes `Plain` for what JSON knows.
macro_rules! known {
    ($($scalar:ty),*) => {$(
        impl Plain for $scalar {
            fn write(&self, _: &Plan<'_>, out: &mut Vec<u8>) {
                write_json(self, out);
            }
        }
    )*};
}

known!(String, bool, i32, u32, i64, usize, f64);

impl Plain for OffsetDateTime {
    fn write(&self, _: &Plan<'_>, out: &mut Vec<u8>) {
        write_scalar(self, out);
    }
}

impl Plain for Date {
    fn write(&self, _: &Plan<'_>, out: &mut Vec<u8>) {
        write_scalar(self, out);
    }
}

impl<T: Global> Plain for Gid<T> {
    fn write(&self, _: &Plan<'_>, out: &mut Vec<u8>) {
        // Kinds and keys are letters, digits and hyphens: nothing in them needs escaping.
        if let Err(error) = write!(out, "\"{}:{}\"", T::kind(), self.0.key()) {
            tracing::error!(%error, "an id could not be written");
        }
    }
}

impl<T: Plain> Plain for Option<T> {
    fn write(&self, plan: &Plan<'_>, out: &mut Vec<u8>) {
        match self {
            Some(some) => some.write(plan, out),
            None => out.extend_from_slice(b"null"),
        }
    }
}

impl<T: Plain> Plain for Vec<T> {
    fn write(&self, plan: &Plan<'_>, out: &mut Vec<u8>) {
        write_list(self, out, |one, out| one.write(plan, out));
    }
}

/// Writes a list.
pub(super) fn write_list<T>(list: &[T], out: &mut Vec<u8>, write: impl Fn(&T, &mut Vec<u8>)) {
    out.push(b'[');
    for (index, one) in list.iter().enumerate() {
        if index > 0 {
            out.push(b',');
        }
        write(one, out);
    }
    out.push(b']');
}

impl<T: Plain> Plain for Box<T> {
    fn write(&self, plan: &Plan<'_>, out: &mut Vec<u8>) {
        (**self).write(plan, out);
    }
}

impl<T: PlainObject> PlainObject for Box<T> {
    fn place(name: &str) -> Option<usize> {
        T::place(name)
    }

    fn write_field(&self, place: usize, plan: &Plan<'_>, out: &mut Vec<u8>) {
        (**self).write_field(place, plan, out);
    }
}
