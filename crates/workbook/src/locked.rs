//! What a reset of the password has locked: how much it is, and an end to it for somebody who has neither the old
//! password nor the old recovery code any more.
//!
//! A row's `key_generation` is that of the oldest key that any of its values needs.

use dreamtree_database::{Place, Scope};
use dreamtree_identity::earlier;
use dreamtree_types::Private;
use sea_orm::{ConnectionTrait, DbErr, QueryResult, Statement, Value};
use uuid::Uuid;

use crate::{Error, LocationId, location};

/// A table with sealed columns.
#[derive(Clone, Copy, Debug)]
pub struct Sealed {
    /// Its name.
    pub table: &'static str,
    key: Key,
    /// The columns that hold envelopes.
    pub columns: &'static [&'static str],
    /// Those without which the row is nothing: it goes with any of them.
    needed: &'static [&'static str],
    /// A column that says whether the columns hold envelopes at all.
    pub only_if: Option<&'static str>,
    /// Whether the row counts its changes.
    revised: bool,
}

/// What a row is called in the place that its values are sealed for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Key {
    Id,
    Stem,
    User,
}

const fn of(table: &'static str, key: Key, columns: &'static [&'static str]) -> Sealed {
    Sealed {
        table,
        key,
        columns,
        needed: &[],
        only_if: None,
        revised: true,
    }
}

impl Sealed {
    const fn without(mut self, needed: &'static [&'static str]) -> Self {
        self.needed = needed;
        self
    }

    const fn if_set(mut self, column: &'static str) -> Self {
        self.only_if = Some(column);
        self
    }

    /// The column that a row is called by in the place that its values are sealed for.
    #[must_use]
    pub const fn key_column(&self) -> &'static str {
        match self.key {
            Key::Id => "id",
            Key::Stem => "stem_id",
            Key::User => "user_id",
        }
    }

    const fn unrevised(mut self) -> Self {
        self.revised = false;
        self
    }
}

const PROFILE: &[&str] = &[
    "headline",
    "summary",
    "identity_story",
    "allegory",
    "value_proposition",
    "life_dashboard_notes",
];

const STORY: &[&str] = &[
    "title",
    "situation",
    "obstacle",
    "action",
    "result",
    "evaluation",
    "discovery",
];

const REFRAME: &[&str] = &[
    "situation",
    "initial_feelings",
    "what_learned",
    "what_would_change",
    "silver_lining",
    "next_step",
    "reframed_statement",
];

const LOCATION: &[&str] = &["name", "traits_liked", "traits_disliked", "notes"];

const BUDGET: &[&str] = &[
    "monthly_expenses",
    "annual_needs",
    "hourly_batna",
    "benefits_needed",
    "notes",
    "details",
];

const CONTACT: &[&str] = &["name", "title", "notes", "linkedin_url"];

/// Every table with sealed columns; a test holds it against the database.
pub const SEALED: &[Sealed] = &[
    of("user_responses", Key::Id, &["response_text"])
        .without(&["response_text"])
        .if_set("is_sealed"),
    of("user_snapshots", Key::Stem, &["data"])
        .without(&["data"])
        .if_set("is_sealed"),
    of("user_records", Key::Id, &["sealed"]),
    of("user_tool_instances", Key::Id, &["title"]),
    of("user_tool_instances", Key::Id, &["summary"]).if_set("is_sealed"),
    of("user_profile", Key::User, PROFILE),
    of("user_stories", Key::Id, STORY),
    of("user_failure_reframes", Key::Id, REFRAME),
    of("user_locations", Key::Id, LOCATION).without(&["name"]),
    of("user_budget", Key::User, BUDGET).without(BUDGET),
    of("user_contacts", Key::Id, CONTACT).without(&["name"]),
    of("user_status_changes", Key::Id, &["note"]).unrevised(),
];

/// How many rows hold a value that a reset has locked; one statement at most. An error while the vault itself is locked.
pub async fn count(scope: &Scope) -> Result<i64, Error> {
    let shut = shut(scope)?;
    if shut.is_empty() {
        return Ok(0);
    }
    let mut tables: Vec<&str> = SEALED.iter().map(|one| one.table).collect();
    tables.dedup();
    let counts: Vec<String> = tables
        .into_iter()
        .map(|table| format!("(SELECT count(*) FROM {table} WHERE {})", old(&shut)))
        .collect();
    let sql = format!("SELECT {} AS locked", counts.join(" + "));
    let row = scope.connection().query_one_raw(ask(scope, &sql)).await?;
    match row {
        Some(row) => Ok(row.try_get("", "locked")?),
        None => Ok(0),
    }
}

/// Takes away every value that a reset has locked, and the last ways to their keys: nobody can open them afterwards, from
/// a backup neither. [`Error::Stale`] unless it is `expected` rows that hold some. Rows stay where anything else of them
/// is left.
pub async fn delete(scope: &Scope, expected: i64) -> Result<i64, Error> {
    let count = count(scope).await?;
    if count != expected {
        return Err(Error::Stale);
    }
    let shut = shut(scope)?;
    if shut.is_empty() {
        return Ok(0);
    }
    for sealed in SEALED {
        for row in rows(scope, sealed, &shut).await? {
            clear(scope, sealed, &row).await?;
        }
    }
    for table in SEALED.iter().map(|one| one.table) {
        settle(scope, table, &shut).await?;
    }
    earlier::forget(scope, &shut).await?;
    Ok(count)
}

fn shut(scope: &Scope) -> Result<Vec<i32>, Error> {
    scope.vault().shut().map_err(|_| Error::Shut)
}

/// The person's rows that some of these generations are needed for.
fn old(generations: &[i32]) -> String {
    let list: Vec<String> = generations.iter().map(ToString::to_string).collect();
    format!("user_id = $1 AND key_generation IN ({})", list.join(", "))
}

fn ask(scope: &Scope, sql: &str) -> Statement {
    let backend = scope.connection().get_database_backend();
    Statement::from_sql_and_values(backend, sql, [scope.user().into()])
}

async fn rows(scope: &Scope, sealed: &Sealed, shut: &[i32]) -> Result<Vec<QueryResult>, DbErr> {
    let only = sealed.only_if.map(|column| format!(" AND {column}"));
    let key = sealed.key_column();
    let sql = format!(
        "SELECT {key} AS row_key, {} FROM {} WHERE {}{}",
        sealed.columns.join(", "),
        sealed.table,
        old(shut),
        only.unwrap_or_default()
    );
    scope.connection().query_all_raw(ask(scope, &sql)).await
}

/// Empties what does not open in a row, or takes the row away.
async fn clear(scope: &Scope, sealed: &Sealed, row: &QueryResult) -> Result<(), Error> {
    let (key, name): (Value, String) = if sealed.key == Key::Stem {
        let stem: i32 = row.try_get("", "row_key")?;
        (stem.into(), stem.to_string())
    } else {
        let id: Uuid = row.try_get("", "row_key")?;
        (id.into(), id.to_string())
    };
    let mut locked = Vec::new();
    for column in sealed.columns {
        let envelope: Option<String> = row.try_get("", column)?;
        let place = Place {
            user: scope.user(),
            table: sealed.table,
            column,
            row: &name,
        };
        if scope.vault().open(place, envelope.as_deref()) == Private::Locked {
            locked.push(*column);
        }
    }
    if locked.is_empty() {
        return Ok(());
    }
    let goes = locked.iter().any(|column| sealed.needed.contains(column));
    if goes && sealed.table == "user_locations" {
        let id: Uuid = row.try_get("", "row_key")?;
        return location::delete(scope, LocationId::from(id), None).await;
    }
    let key_column = sealed.key_column();
    let table = sealed.table;
    let sql = if goes {
        format!("DELETE FROM {table} WHERE user_id = $1 AND {key_column} = $2")
    } else {
        let empty: Vec<String> = locked.iter().map(|one| format!("{one} = NULL")).collect();
        let revision = if sealed.revised {
            ", revision = revision + 1, updated_at = $3"
        } else {
            ""
        };
        format!(
            "UPDATE {table} SET {}{revision} WHERE user_id = $1 AND {key_column} = $2",
            empty.join(", ")
        )
    };
    let mut values = vec![scope.user().into(), key];
    if !goes && sealed.revised {
        values.push(scope.now().into());
    }
    let backend = scope.connection().get_database_backend();
    let statement = Statement::from_sql_and_values(backend, sql, values);
    scope.connection().execute_raw(statement).await?;
    Ok(())
}

/// Says of the rows that are left that the present key opens them: it opens the keys of all generations that are not
/// shut.
async fn settle(scope: &Scope, table: &str, shut: &[i32]) -> Result<(), Error> {
    let present = scope.vault().generation().map_err(|_| Error::Shut)?;
    let sql = format!(
        "UPDATE {table} SET key_generation = {present} WHERE {}",
        old(shut)
    );
    scope.connection().execute_raw(ask(scope, &sql)).await?;
    Ok(())
}
