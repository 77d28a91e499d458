//! Lists as one value, so that a statement has one text however long the list is.

use sea_orm::{ColumnTrait, DbBackend, Value, sea_query::Expr};
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

/// True where a column holds one of these ids.
pub(crate) fn is_among(backend: DbBackend, column: impl ColumnTrait, wanted: &[Uuid]) -> Expr {
    let (sql, wanted): (_, Value) = if backend == DbBackend::Postgres {
        ("$1 = ANY($2)", wanted.to_vec().into())
    } else {
        let hex: Vec<String> = wanted.iter().map(|id| id.simple().to_string()).collect();
        let sql = "? IN (SELECT unhex(value) FROM json_each(?))";
        (sql, format!("{hex:?}").into())
    };
    Expr::cust_with_exprs(sql, [column.into_expr(), Expr::val(wanted)])
}

/// True where a column holds one of these numbers.
pub(crate) fn is_among_numbers(
    backend: DbBackend,
    column: impl ColumnTrait,
    wanted: &[i32],
) -> Expr {
    let (sql, wanted): (_, Value) = if backend == DbBackend::Postgres {
        ("$1 = ANY($2)", wanted.to_vec().into())
    } else {
        let sql = "? IN (SELECT value FROM json_each(?))";
        (sql, format!("{wanted:?}").into())
    };
    Expr::cust_with_exprs(sql, [column.into_expr(), Expr::val(wanted)])
}
