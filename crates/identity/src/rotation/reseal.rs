//! Sealing anew whatever a person has sealed. Which columns those are, the catalogue of privacy says.

use dreamtree_database::{Place, Scope, Vault};
use dreamtree_types::Private;
use sea_orm::{ConnectionTrait, DbBackend, DbErr, QueryResult, Statement, Value};
use uuid::Uuid;

use crate::Error;

/// Rows that are held in memory at once.
const BATCH: usize = 200;

/// How every envelope begins.
const ENVELOPE: &str = "{\"v\":1,";

/// What was done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Sealed {
    /// Rows that were sealed anew.
    pub(super) rows: usize,
    /// Rows of the present generation that hold something which the present key does not open.
    pub(super) left: usize,
}

/// Seals under `next` whatever `present` opens, table by table, a batch of rows at a time.
pub(super) async fn all(scope: &Scope, present: &Vault, next: &Vault) -> Result<Sealed, Error> {
    let mut done = Sealed::default();
    for (table, columns) in dreamtree_privacy::sealed() {
        let table = Table {
            name: table,
            columns,
        };
        for batch in 0.. {
            let rows = table.batch(scope, batch).await?;
            let count = rows.len();
            for row in rows {
                table
                    .reseal(scope, &row, [present, next], &mut done)
                    .await?;
            }
            if count < BATCH {
                break;
            }
        }
    }
    Ok(done)
}

struct Table {
    name: &'static str,
    columns: Vec<&'static str>,
}

/// What tells a row from the person's other ones.
enum Key {
    Row(Uuid),
    Place(i32),
}

impl Table {
    /// The column of that key; where there is one row for each person, the person's.
    fn key(&self) -> &'static str {
        match self.name {
            "user_budget" | "user_profile" => "user_id",
            "user_snapshots" => "stem_id",
            _ => "id",
        }
    }

    async fn batch(&self, scope: &Scope, number: usize) -> Result<Vec<QueryResult>, DbErr> {
        let (key, columns) = (self.key(), self.columns.join(", "));
        let sql = format!(
            "SELECT {key} AS row_key, key_generation, {columns} FROM {} WHERE user_id = $1 \
             AND key_generation IS NOT NULL ORDER BY {key} LIMIT {BATCH} OFFSET {}",
            self.name,
            number * BATCH
        );
        let asked = Statement::from_sql_and_values(backend(scope), sql, [scope.user().into()]);
        scope.connection().query_all_raw(asked).await
    }

    async fn reseal(
        &self,
        scope: &Scope,
        row: &QueryResult,
        [present, next]: [&Vault; 2],
        done: &mut Sealed,
    ) -> Result<(), Error> {
        let key = match self.key() {
            "stem_id" => Key::Place(row.try_get("", "row_key")?),
            _ => Key::Row(row.try_get("", "row_key")?),
        };
        let name = key.to_string();
        let generation: i32 = row.try_get("", "key_generation")?;
        let (mut whole, mut changes) = (true, Vec::new());
        for column in &self.columns {
            let stored: Option<String> = row.try_get("", column)?;
            let Some(envelope) = stored.filter(|text| text.starts_with(ENVELOPE)) else {
                continue;
            };
            let place = Place {
                user: scope.user(),
                table: self.name,
                column,
                row: &name,
            };
            match present.open(place, Some(&envelope)) {
                Private::Open(value) => changes.push((*column, next.seal(place, &value)?)),
                Private::Locked | Private::Empty => whole = false,
            }
        }
        if !whole && generation == present.generation()? {
            done.left += 1;
        }
        if changes.is_empty() {
            return Ok(());
        }
        // A row is of the generation of its oldest value.
        let generation = if whole {
            next.generation()?
        } else {
            generation
        };
        self.update(scope, key, generation, changes).await?;
        done.rows += 1;
        Ok(())
    }

    async fn update(
        &self,
        scope: &Scope,
        key: Key,
        generation: i32,
        changes: Vec<(&str, String)>,
    ) -> Result<(), DbErr> {
        let columns = (4..).zip(&changes);
        let set: Vec<String> = columns
            .map(|(number, (column, _))| format!("{column} = ${number}"))
            .collect();
        let sql = format!(
            "UPDATE {} SET key_generation = $3, {} WHERE user_id = $1 AND {} = $2",
            self.name,
            set.join(", "),
            self.key()
        );
        let mut values = vec![scope.user().into(), key.into(), generation.into()];
        values.extend(
            changes
                .into_iter()
                .map(|(_, envelope)| Value::from(envelope)),
        );
        let asked = Statement::from_sql_and_values(backend(scope), sql, values);
        scope.connection().execute_raw(asked).await?;
        Ok(())
    }
}

/// As the address of a sealed value has it.
impl std::fmt::Display for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Row(id) => id.fmt(f),
            Self::Place(number) => number.fmt(f),
        }
    }
}

impl From<Key> for Value {
    fn from(key: Key) -> Self {
        match key {
            Key::Row(id) => id.into(),
            Key::Place(number) => number.into(),
        }
    }
}

fn backend(scope: &Scope) -> DbBackend {
    scope.connection().get_database_backend()
}
