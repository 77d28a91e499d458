//! Lists as one value, so that a statement has one text however long the list is.

use sea_orm::{DbBackend, Value};
use uuid::Uuid;

/// What stands behind a column of numbers to ask for any of these, and the value of parameter `number`:
/// an array on `PostgreSQL`, JSON on `SQLite`.
#[must_use]
pub fn numbers(backend: DbBackend, number: u32, numbers: &[i32]) -> (String, Value) {
    if backend == DbBackend::Postgres {
        (format!("= ANY(${number})"), numbers.to_vec().into())
    } else {
        let sql = format!("IN (SELECT value FROM json_each(${number}))");
        (sql, format!("{numbers:?}").into())
    }
}

/// The same for a column of ids.
#[must_use]
pub fn ids(backend: DbBackend, number: u32, ids: &[Uuid]) -> (String, Value) {
    if backend == DbBackend::Postgres {
        (format!("= ANY(${number})"), ids.to_vec().into())
    } else {
        let sql = format!("IN (SELECT unhex(value) FROM json_each(${number}))");
        let hex: Vec<String> = ids.iter().map(|id| id.simple().to_string()).collect();
        (sql, format!("{hex:?}").into())
    }
}
