//! `terms.md`: the terms that people accept, below a head of TOML with their version.

use std::sync::Arc;

use serde::Deserialize;

use super::head::divide;
use crate::{
    edition::{Draft, Origin},
    entity::terms,
    toml_at::parse,
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Head {
    version: i32,
    effective_on: toml::value::Date,
}

/// Adds the terms of the file.
pub(super) fn read(draft: &mut Draft, file: &Arc<str>, text: &str) {
    let top = Origin::new(file, 1);
    let Some((head, body)) = divide(draft, &top, text) else {
        return;
    };
    let Some(Head {
        version,
        effective_on,
    }) = parse::<Head>(draft, &top, head)
    else {
        return;
    };
    if version < 1 || body.is_empty() {
        let message = "the terms need a version from 1 and a text";
        draft.fault(&top, "terms", message);
        return;
    }
    let Some(effective_on) = day(effective_on) else {
        draft.fault(&top, "terms", "there is no such day");
        return;
    };
    draft.terms.push(top.row(terms::Model {
        version,
        text: body.to_owned(),
        effective_on,
        is_active: true,
    }));
}

fn day(day: toml::value::Date) -> Option<time::Date> {
    let month = time::Month::try_from(day.month).ok()?;
    time::Date::from_calendar_date(i32::from(day.year), month, day.day).ok()
}
