//! Every column of every table is reached through GraphQL, or `columns.toml` says why not: what a column is
//! given comes back, on both databases. A column that no field tells has been filled by the end of it, and something reads it.
#![allow(clippy::expect_used, reason = "a test that cannot go on has failed")]

mod support;

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use dreamtree_database::{Scope, on_both, testing::TestDatabase};
use dreamtree_portability::export;
use dreamtree_types::{Clock, UserId};
use sea_orm::{ConnectionTrait, DbBackend, QueryResult, Statement};
use serde::Deserialize;
use serde_json::{Map, Value, json};
use support::{
    columns::{camel, is_envelope, says, text},
    dump::{Dump, catalogue, dump},
    frame::{Frame, apart},
    readers::Readers,
    scene::Scene,
    server::Server,
};
use time::{Duration, OffsetDateTime};

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
    scene: Scene,
    #[serde(default)]
    write: Vec<String>,
    #[serde(default)]
    follow: bool,
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
    #[serde(default)]
    unfilled: BTreeMap<String, String>,
    #[serde(default)]
    unread: BTreeMap<String, String>,
}

impl Case {
    /// Columns that no field tells.
    fn untold(&self) -> impl Iterator<Item = &String> {
        let used = self.internal.keys().chain(self.unfilled.keys());
        used.chain(self.unread.keys())
    }

    /// True for a list of columns that nobody plays.
    fn is_still(&self) -> bool {
        self.write.is_empty() && self.read.is_empty() && self.scene == Scene::Visitor
    }
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
    let server = Arc::new(server);
    jobs_are_done(test).await;
    for (name, cases) in &table {
        for case in cases.iter().filter(|case| !case.is_still()) {
            let (asked, at) = (case.clone(), Arc::clone(&server));
            let (user, data) = apart(move || play(&at, &asked)).await;
            if let Some(data) = data {
                let rows = rows(test, name, &catalogue[name], user).await;
                assert_held(name, case, &data, &rows);
            }
        }
    }
    apart(move || server.command(&["audit", "checkpoint"])).await;
    assert_filled(&table, &dump(test).await);
    assert_read(&table);
    frame.remove().await;
}

/// Waits until every job was done once; each is due at once.
async fn jobs_are_done(test: &TestDatabase) {
    let due =
        "UPDATE scheduled_jobs SET due_at = '2020-01-01 00:00:00+00:00' WHERE finished_at IS NULL";
    for _ in 0..300 {
        test.owner.execute_unprepared(due).await.expect("due");
        let jobs = &dump(test).await["scheduled_jobs"];
        if !jobs.is_empty() && jobs.iter().all(|job| job.contains_key("finished_at")) {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    panic!("the jobs were not done");
}

/// Whatever no field tells has held something in some row, or it is said where else that is shown.
fn assert_filled(table: &BTreeMap<String, Vec<Case>>, dump: &Dump) {
    let mut empty = Vec::new();
    for (name, cases) in table {
        let internal = cases
            .iter()
            .flat_map(|case| case.internal.keys().chain(case.unread.keys()));
        let never =
            internal.filter(|column| dump[name].iter().all(|row| !row.contains_key(*column)));
        empty.extend(never.map(|column| format!("{name}.{column}")));
    }
    assert!(
        empty.is_empty(),
        "no case fills these internal columns: {empty:#?}"
    );
}

/// Whatever no field tells is taken along by the export, which `tests/export.rs` holds against the tables, or the code
/// does more with it than to set it.
fn assert_read(table: &BTreeMap<String, Vec<Case>>) {
    let readers = Readers::of_the_project();
    let exported = |name: &str, column: &str| {
        let is_taken = export::TAKEN.iter().any(|one| one.table == name);
        is_taken && export::reason(name, column).is_none()
    };
    let mut faults = Vec::new();
    for (name, cases) in table {
        for case in cases {
            for column in case.untold() {
                let is_read = exported(name, column) || readers.knows(name, column);
                match (is_read, case.unread.contains_key(column)) {
                    (false, false) => faults.push(format!("nothing reads {name}.{column}")),
                    (true, true) => faults.push(format!("something reads {name}.{column}")),
                    _ => {}
                }
            }
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
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
        let internal: BTreeSet<&String> = cases.iter().flat_map(Case::untold).collect();
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

/// Writes and reads as somebody new; who that was, and what they were told where they have asked.
fn play(server: &Server, case: &Case) -> (UserId, Option<Value>) {
    let visitor = server.client().browsing().visit();
    let viewer = visitor.ask("{ viewer { id } }", json!({}));
    let id = text(&viewer["viewer"]["id"]);
    let user = uuid::Uuid::parse_str(id.trim_start_matches("user:")).expect("an id");
    let mut client = case.scene.begin(server, visitor);
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
        let known = given.chain(with).filter(named);
        let known = known.map(|(name, value)| (name, meant(value, &last)));
        let variables: Map<String, Value> = known.collect();
        last = client.ask(operation, Value::Object(variables));
        if let Some(token) = answered(&last, "token") {
            client = client.with_token(token);
        }
    }
    if case.follow {
        let url = answered(&last, "url").expect("an address");
        let path = url.strip_prefix(client.address()).expect("of this server");
        assert_eq!(server.client().page(path, &[]).status, 200, "{path}");
    }
    let asks = !case.read.is_empty();
    let data = asks.then(|| client.ask(&case.read, json!({})));
    (UserId::from(user), data)
}

/// A value as it is written in the list, what the operation before has answered, or a day from now.
fn meant(value: Value, last: &Value) -> Value {
    match value.as_str().and_then(|text| text.strip_prefix('@')) {
        Some(at) if at.starts_with('/') => point(last, at).clone(),
        Some(days) => {
            let days: i64 = days.parse().expect("a number of days");
            let day = OffsetDateTime::now_utc().date() + Duration::days(days);
            json!(day.to_string())
        }
        None => value,
    }
}

/// What a field of a payload has answered.
fn answered<'a>(last: &'a Value, field: &str) -> Option<&'a str> {
    let payloads = last.as_object()?.values();
    payloads.into_iter().find_map(|one| one[field].as_str())
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
