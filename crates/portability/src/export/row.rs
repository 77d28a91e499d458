//! The rows of a table as a person reads them.

use std::collections::BTreeMap;

use dreamtree_database::{Place, Scope};
use dreamtree_identity::address::Address;
use dreamtree_privacy::Form;
use dreamtree_types::Private;
use dreamtree_workbook::locked::{SEALED, Sealed};
use sea_orm::{ConnectionTrait, Statement};
use serde_json::{Map, Value as Json, json};

use super::{
    cell::cell,
    labels::{self, Labels},
    list::{Taken, reason},
};
use crate::Error;

/// Columns that hold JSON as a text.
const JSON: &[(&str, &str)] = &[
    ("attempt_insights", "insights"),
    ("partner_credentials", "document"),
    ("user_credentials", "document"),
    ("user_records", "data"),
    ("user_snapshots", "data"),
];

/// Reads a person's rows, and opens what is sealed in them.
pub(super) struct Opener<'a> {
    scope: &'a Scope,
    /// The person's addresses by the ids of their rows.
    addresses: BTreeMap<String, String>,
    /// What did not open so far: the table, the row's id and the column of each.
    pub(super) locked: Vec<Json>,
}

impl<'a> Opener<'a> {
    pub(super) fn new(scope: &'a Scope, addresses: Vec<Address>) -> Self {
        let addresses = addresses.into_iter();
        Self {
            scope,
            addresses: addresses
                .map(|one| (one.id.to_string(), one.email))
                .collect(),
            locked: Vec::new(),
        }
    }

    /// All rows of a table in the order of its key.
    pub(super) async fn rows(&mut self, taken: &Taken) -> Result<Vec<Json>, Error> {
        let connection = self.scope.connection();
        let Taken {
            table,
            owner,
            order,
        } = taken;
        let sql = format!("SELECT * FROM {table} WHERE {owner} = $1 ORDER BY {order}");
        let backend = connection.get_database_backend();
        let asked = Statement::from_sql_and_values(backend, sql, [self.scope.user().into()]);
        let found = connection.query_all_raw(asked).await?;
        let labels = labels::of(self.scope, table).await?;
        let mut rows = Vec::with_capacity(found.len());
        for row in found {
            let mut values = Map::new();
            for (index, column) in row.column_names().into_iter().enumerate() {
                values.insert(column, cell(&row, index)?);
            }
            rows.push(self.told(table, &values, &labels)?);
        }
        Ok(rows)
    }

    /// A row without what is left out, with what its numbers stand for in `labels`.
    fn told(
        &mut self,
        table: &'static str,
        values: &Map<String, Json>,
        labels: &[Labels],
    ) -> Result<Json, Error> {
        let mut told = Map::new();
        for (column, value) in values {
            if reason(table, column).is_some() {
                continue;
            }
            let form = dreamtree_privacy::form(table, column);
            let value = match form.ok_or(Error::Corrupt("a column without a word about it"))? {
                Form::Sealed | Form::Partly => self.open(table, column, values)?,
                Form::ByServer => self.address(table, values)?,
                Form::Plain | Form::Wrapped | Form::Hashed => plain(table, column, value),
            };
            told.insert(column.clone(), value);
        }
        let said = labels.iter().filter_map(|one| one.of(values));
        let said: Map<String, Json> = said.collect();
        if !said.is_empty() {
            told.insert("labels".to_owned(), Json::Object(said));
        }
        Ok(Json::Object(told))
    }

    /// What an envelope holds; null for one that stays locked, which is noted.
    fn open(
        &mut self,
        table: &'static str,
        column: &str,
        values: &Map<String, Json>,
    ) -> Result<Json, Error> {
        let sealed = sealed(table, column)?;
        let value = &values[column];
        let is_plain = |flag: &str| values[flag] == Json::Bool(false);
        if sealed.only_if.is_some_and(is_plain) {
            return Ok(plain(table, column, value));
        }
        let row = match sealed.key_column() {
            "user_id" => self.scope.user().to_string(),
            key => named(&values[key]),
        };
        let place = Place {
            user: self.scope.user(),
            table,
            column,
            row: &row,
        };
        Ok(match self.scope.vault().open(place, value.as_str()) {
            Private::Open(opened) => opened,
            Private::Empty => Json::Null,
            Private::Locked => {
                let shut = json!({ "table": table, "row": row, "column": column });
                self.locked.push(shut);
                Json::Null
            }
        })
    }

    fn address(&self, table: &str, values: &Map<String, Json>) -> Result<Json, Error> {
        let address = self.addresses.get(&named(&values["id"]));
        match (table, address) {
            ("emails", Some(address)) => Ok(json!(address)),
            _ => Err(Error::Corrupt("a value of the server's that is no address")),
        }
    }
}

fn sealed(table: &str, column: &str) -> Result<&'static Sealed, Error> {
    let mut all = SEALED.iter();
    let found = all.find(|one| one.table == table && one.columns.contains(&column));
    found.ok_or(Error::Corrupt(
        "a sealed column that nobody knows how to open",
    ))
}

/// A value that is not sealed; JSON that is kept as a text becomes JSON again.
fn plain(table: &str, column: &str, value: &Json) -> Json {
    let text = value
        .as_str()
        .filter(|_| JSON.contains(&(table, column)))
        .and_then(|text| serde_json::from_str(text).ok());
    text.unwrap_or_else(|| value.clone())
}

/// An id as places and labels have it.
pub(super) fn named(value: &Json) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), ToOwned::to_owned)
}
