//! Every column of every table is reached through GraphQL, or `columns.toml` says why not: what a column is
//! given comes back, on both databases.
#![allow(clippy::expect_used, reason = "a test that cannot go on has failed")]

mod support;

use std::collections::{BTreeMap, BTreeSet};

use dreamtree_database::{Scope, on_both, testing::TestDatabase};
use dreamtree_types::{Clock, UserId};
use sea_orm::{ConnectionTrait, DbBackend, QueryResult, Statement};
use serde::Deserialize;
use serde_json::{Map, Value, json};
use support::{
    client::Client,
    columns::{camel, is_envelope, says, text},
    frame::Frame,
    server::Server,
};

fn clock() -> Clock {
    Clock::System
}

on_both!(every_column_comes_back);

/// `columns.toml`, which explains itself.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Columns {
    everywhere: BTreeMap<String, String>,
    table: BTreeMap<String, Vec<Case>>,
}

/// One way to fill a row of a table and to read it back.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    #[serde(default)]
    write: Vec<String>,
    #[serde(default)]
    read: String,
    #[serde(default)]
    node: String,
    #[serde(default)]
    written: BTreeMap<String, Value>,
    #[serde(default)]
    told: BTreeSet<String>,
    #[serde(default)]
    at: BTreeMap<String, String>,
    #[serde(default)]
    with: Map<String, Value>,
    #[serde(default)]
    internal: BTreeMap<String, String>,
}

/// A row as both databases write it.
type Row = BTreeMap<String, Option<String>>;

fn columns() -> Columns {
    toml::from_str(include_str!("columns.toml")).expect("a valid list of columns")
}

async fn every_column_comes_back(test: &TestDatabase) {
    let catalogue = catalogue(test).await;
    let Columns { everywhere, table } = columns();
    assert_complete(&catalogue, &everywhere, &table);

    let frame = Frame::beside(test);
    let server = frame
        .run(|setup| Server::start_with_content(setup, "tests/columns"))
        .await;
    for (name, cases) in table {
        for case in cases.into_iter().filter(|case| !case.read.is_empty()) {
            let client = server.client();
            let asked = case.clone();
            let work = move || play(client, &asked);
            let (user, data) = tokio::task::spawn_blocking(work).await.expect("a round");
            let rows = rows(test, &name, &catalogue[&name], user).await;
            assert_held(&name, &case, &data, &rows);
        }
    }
    drop(server);
    frame.remove().await;
}

/// Each column stands in the list, and nothing else does.
fn assert_complete(
    catalogue: &BTreeMap<String, Vec<String>>,
    everywhere: &BTreeMap<String, String>,
    table: &BTreeMap<String, Vec<Case>>,
) {
    let mut faults = Vec::new();
    let mut used = BTreeSet::new();
    for (name, columns) in catalogue {
        let cases = table.get(name).map_or(&[][..], Vec::as_slice);
        let reached = cases
            .iter()
            .flat_map(|case| case.written.keys().chain(&case.told));
        let reached: BTreeSet<&String> = reached.collect();
        let internal: BTreeSet<&String> =
            cases.iter().flat_map(|case| case.internal.keys()).collect();
        for column in columns {
            let ways = [reached.contains(column), internal.contains(column)];
            match ways {
                [true, true] => faults.push(format!("{name}.{column} is reached and internal")),
                [false, false] if everywhere.contains_key(column) => drop(used.insert(column)),
                [false, false] => faults.push(format!("{name}.{column} is missing")),
                _ => {}
            }
        }
        let gone = reached
            .union(&internal)
            .filter(|column| !columns.contains(column));
        faults.extend(gone.map(|column| format!("{name}.{column} is gone")));
    }
    let gone = table.keys().filter(|name| !catalogue.contains_key(*name));
    faults.extend(gone.map(|name| format!("the table {name} is gone")));
    let idle = everywhere.keys().filter(|column| !used.contains(column));
    faults.extend(idle.map(|column| format!("no table needs everywhere.{column}")));
    assert!(faults.is_empty(), "columns.toml: {faults:#?}");
}

/// Writes and reads as somebody new; who that was, and what they were told.
fn play(client: Client, case: &Case) -> (UserId, Value) {
    let mut client = client.visit();
    let viewer = client.ask("{ viewer { id } }", json!({}));
    let id = text(&viewer["viewer"]["id"]);
    let user = uuid::Uuid::parse_str(id.trim_start_matches("user:")).expect("an id");
    let mut last = Value::Null;
    for operation in &case.write {
        let given = case
            .written
            .iter()
            .map(|(name, value)| (camel(name), value.clone()));
        let with = case
            .with
            .iter()
            .map(|(name, value)| (name.clone(), value.clone()));
        let named = |(name, _): &(String, Value)| operation.contains(&format!("${name}"));
        let known = given.chain(with).filter(named).map(|(name, value)| {
            let told = value.as_str().and_then(|text| text.strip_prefix('@'));
            let value = told.map_or(value.clone(), |at| point(&last, at).clone());
            (name, value)
        });
        let variables: Map<String, Value> = known.collect();
        last = client.ask(operation, Value::Object(variables));
        if let Some(token) = last
            .as_object()
            .and_then(|all| all.values().find_map(|one| one["token"].as_str()))
        {
            client = client.with_token(token);
        }
    }
    (UserId::from(user), client.ask(&case.read, json!({})))
}

/// What was written is told, and one row of the table holds all of it.
fn assert_held(name: &str, case: &Case, data: &Value, rows: &[Row]) {
    let mut told = BTreeMap::new();
    for column in case.written.keys().chain(&case.told) {
        let path = case
            .at
            .get(column)
            .map_or_else(|| camel(column), Clone::clone);
        let value = point(data, &format!("{}/{path}", case.node));
        assert!(
            !value.is_null(),
            "{name}.{column}: nothing at {path} of {data:#}"
        );
        if let Some(written) = case.written.get(column) {
            assert!(
                says(&text(written), value),
                "{name}.{column}: {written} came back as {value}"
            );
        }
        told.insert(column, value);
    }
    let stray = case.at.keys().find(|column| !told.contains_key(column));
    assert_eq!(stray, None, "{name}: a path of a column that is not read");
    let holds = |row: &&Row| {
        told.iter().all(|(column, value)| {
            let stored = row[*column].as_deref();
            stored.is_some_and(|stored| is_envelope(stored, value) || says(stored, value))
        })
    };
    assert!(
        rows.iter().any(|row| holds(&row)),
        "{name}: no row holds {told:#?}; there are {rows:#?}"
    );
}

fn point<'a>(data: &'a Value, path: &str) -> &'a Value {
    data.pointer(path)
        .unwrap_or_else(|| panic!("nothing at {path} of {data:#}"))
}

/// All columns of all tables, as the database itself knows them.
async fn catalogue(test: &TestDatabase) -> BTreeMap<String, Vec<String>> {
    let backend = test.owner.get_database_backend();
    let sql = if backend == DbBackend::Postgres {
        "SELECT table_name::text, column_name::text FROM information_schema.columns \
         WHERE table_schema = 'public' AND table_name <> 'seaql_migrations'"
    } else {
        "SELECT m.name, c.name FROM sqlite_master m JOIN pragma_table_info(m.name) c \
         WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' AND m.name <> 'seaql_migrations'"
    };
    let found = test
        .owner
        .query_all_raw(Statement::from_string(backend, sql))
        .await;
    let mut tables: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for row in found.expect("the catalogue") {
        let name = |index: usize| row.try_get_by_index::<String>(index).expect("a name");
        tables.entry(name(0)).or_default().push(name(1));
    }
    tables
}

/// The rows of a table: of a person, or all of a shared one.
async fn rows(test: &TestDatabase, table: &str, columns: &[String], user: UserId) -> Vec<Row> {
    let backend = test.owner.get_database_backend();
    let cell = |column: &String| match backend {
        DbBackend::Postgres => format!("CAST(\"{column}\" AS text)"),
        _ => format!(
            "CASE typeof(\"{column}\") WHEN 'blob' THEN hex(\"{column}\") ELSE CAST(\"{column}\" AS text) END"
        ),
    };
    let cells: Vec<String> = columns.iter().map(cell).collect();
    let sql = format!("SELECT {} FROM \"{table}\"", cells.join(", "));
    let key = if table == "users" { "id" } else { "user_id" };
    let found = if columns.iter().all(|column| column != key) {
        let statement = Statement::from_string(backend, sql);
        test.database.shared().query_all_raw(statement).await
    } else {
        let scope = Scope::read(&test.database, user).await.expect("a scope");
        let sql = format!("{sql} WHERE {key} = $1");
        let statement = Statement::from_sql_and_values(backend, sql, [user.into()]);
        scope.connection().query_all_raw(statement).await
    };
    let row = |row: &QueryResult| {
        let cell = |(index, column): (usize, &String)| {
            (column.clone(), row.try_get_by_index(index).expect("a text"))
        };
        columns.iter().enumerate().map(cell).collect()
    };
    found.expect("rows").iter().map(row).collect()
}
