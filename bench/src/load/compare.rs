//! Whether both servers say the same.

use std::net::SocketAddr;

use serde_json::Value;
use time::{OffsetDateTime, format_description::well_known::Rfc3339};

use crate::{
    Outcome,
    case::{Case, Reader, Server},
    client::Client,
};

/// Asks both servers once for the same reader; an error unless the handlers written by hand return what
/// stands in GraphQL's `data`.
pub(crate) fn compare(
    case: Case,
    dreamtree: SocketAddr,
    bare: SocketAddr,
    reader: &Reader,
) -> Outcome<()> {
    let mut expected =
        Client::connect(dreamtree)?.ask(&case.request(Server::Dreamtree, reader))?["data"].take();
    let mut found = Client::connect(bare)?.ask(&case.request(Server::Bare, reader))?;
    if case == Case::Answer {
        later(&mut expected, &mut found)?;
    }
    match difference("data", &expected, &found) {
        Some(difference) => Err(format!("the servers differ at {difference}").into()),
        None => Ok(()),
    }
}

/// What was saved again has the next revision and a later time, and nothing else may differ.
fn later(first: &mut Value, second: &mut Value) -> Outcome<()> {
    let revision = "/answer/block/answer/revision";
    let number = |value: &Value| value.pointer(revision).and_then(Value::as_i64);
    if number(first).map(|number| number + 1) != number(second) {
        return Err("the second answer does not have the next revision".into());
    }
    let times = [
        "/answer/block/answer/updatedAt",
        "/answer/module/lastModifiedAt",
    ];
    for time in times {
        let at = |value: &Value| -> Outcome<OffsetDateTime> {
            let text = value
                .pointer(time)
                .and_then(Value::as_str)
                .ok_or("an answer without a time")?;
            Ok(OffsetDateTime::parse(text, &Rfc3339)?)
        };
        if at(first)? >= at(second)? {
            return Err("the second answer is not the later one".into());
        }
    }
    for path in times.into_iter().chain([revision]) {
        for value in [&mut *first, &mut *second] {
            if let Some(value) = value.pointer_mut(path) {
                value.take();
            }
        }
    }
    Ok(())
}

/// The first place where two values differ.
fn difference(path: &str, expected: &Value, found: &Value) -> Option<String> {
    match (expected, found) {
        (Value::Object(a), Value::Object(b)) => {
            let keys = a.keys().chain(b.keys().filter(|key| !a.contains_key(*key)));
            keys.into_iter().find_map(|key| {
                let inner = format!("{path}.{key}");
                match (a.get(key), b.get(key)) {
                    (Some(a), Some(b)) => difference(&inner, a, b),
                    (a, b) => Some(format!("{inner}: {a:?} and {b:?}")),
                }
            })
        }
        (Value::Array(a), Value::Array(b)) if a.len() == b.len() => {
            let pairs = a.iter().zip(b).enumerate();
            pairs
                .into_iter()
                .find_map(|(index, (a, b))| difference(&format!("{path}[{index}]"), a, b))
        }
        (a, b) if a == b => None,
        (a, b) => Some(format!("{path}: {a} and {b}")),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_first_difference_is_named() {
        let (a, b) = (
            json!({ "a": [1, { "b": null }] }),
            json!({ "a": [1, { "b": 2 }] }),
        );
        assert_eq!(difference("data", &a, &a), None);
        assert_eq!(
            difference("data", &a, &b).as_deref(),
            Some("data.a[1].b: null and 2")
        );
        assert!(difference("data", &a, &json!({})).is_some());
        assert!(difference("data", &json!({}), &a).is_some());
    }
}
