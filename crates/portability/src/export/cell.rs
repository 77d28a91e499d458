//! A value of a row as JSON, whichever table it is of: what kind it is of, the database says.

use sea_orm::{
    QueryResult,
    sqlx::{Column, Row, TypeInfo, ValueRef},
};
use serde_json::{Value as Json, json};
use time::{Date, OffsetDateTime, format_description::well_known::Rfc3339};
use uuid::Uuid;

use crate::Error;

/// The value in the column at `index`: numbers, flags and texts as they are; ids, days and times as both databases are
/// asked for them: hyphenated, ISO 8601, RFC 3339.
pub(super) fn cell(row: &QueryResult, index: usize) -> Result<Json, Error> {
    Ok(match kind(row, index)?.as_str() {
        "BOOL" | "BOOLEAN" => json!(row.try_get_by_index::<Option<bool>>(index)?),
        "INT4" => json!(row.try_get_by_index::<Option<i32>>(index)?),
        "INT8" | "INTEGER" => json!(row.try_get_by_index::<Option<i64>>(index)?),
        "FLOAT8" | "REAL" => json!(row.try_get_by_index::<Option<f64>>(index)?),
        "TEXT" | "VARCHAR" => json!(row.try_get_by_index::<Option<String>>(index)?),
        // `SQLite` keeps ids as 16 bytes; no other bytes are told.
        "UUID" | "BLOB" => {
            let id: Option<Uuid> = row.try_get_by_index(index)?;
            json!(id.map(|id| id.to_string()))
        }
        "DATE" => {
            let day: Option<Date> = row.try_get_by_index(index)?;
            json!(day.map(|day| day.to_string()))
        }
        "TIMESTAMPTZ" => moment(row.try_get_by_index(index)?)?,
        "NULL" => Json::Null,
        _ => return Err(Error::Corrupt("a column of a kind that is not known")),
    })
}

/// What the database calls the kind of the value. `SQLite` knows values better than columns, except for flags.
fn kind(row: &QueryResult, index: usize) -> Result<String, Error> {
    if let Some(row) = row.try_as_pg_row() {
        return Ok(row.column(index).type_info().name().to_owned());
    }
    let missing = Error::Corrupt("a row of another database");
    let row = row.try_as_sqlite_row().ok_or(missing)?;
    let declared = row.column(index).type_info();
    if declared.name() == "BOOLEAN" {
        return Ok(declared.name().to_owned());
    }
    let value = row.try_get_raw(index);
    let value = value.map_err(|_| Error::Corrupt("a row with fewer columns than names"))?;
    Ok(value.type_info().name().to_owned())
}

fn moment(at: Option<OffsetDateTime>) -> Result<Json, Error> {
    let text = at.map(|at| at.format(&Rfc3339)).transpose();
    Ok(json!(text.map_err(|_| Error::Corrupt(
        "a time that cannot be written"
    ))?))
}
