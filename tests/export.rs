//! Everything can be taken out: what somebody has written is in the file, table by table, and nothing of anybody else's,
//! no key and no fingerprint. Against the real binary, on both databases.
#![allow(clippy::expect_used, reason = "a test that cannot go on has failed")]

#[path = "support/rarely.rs"]
mod rarely;
mod support;

use std::collections::{BTreeMap, BTreeSet};

use dreamtree_database::{on_both, testing::TestDatabase};
use dreamtree_migration::{DIRECTORY_TABLES, LOG_TABLES, SERVICE_TABLES, USER_TABLES};
use dreamtree_portability::export::{LEFT_OUT, TAKEN, reason};
use dreamtree_privacy::Form;
use dreamtree_types::Clock;
use serde::Deserialize;
use serde_json::{Value, json};
use support::{
    account::{self, LOCK, WRITE, confirm, signed_in},
    belongings,
    client::Client,
    dump::{Dump, catalogue, dump},
    frame::Frame,
    reader::Reader,
    server::Server,
};
use uuid::Uuid;

const MARK: &str = "heliotrope";
const OTHER_MARK: &str = "marigold";
const EMAIL: &str = "leaving@example.org";
const OTHER_EMAIL: &str = "staying@example.org";
const BUSY_EMAIL: &str = "busy@example.org";
const PASSWORD: &str = "eleven quiet harbours";

const WRITE_AGAIN: &str = "mutation { updateProfile(input: { summary: \"written later\" }) {
    profile { revision } } }";
const ISSUE: &str = "mutation { issueCredential { credential { id } } }";
const DIARY: &str = "{ diary(first: 1) { nodes { event by } } }";

on_both!(
    everything_is_taken_out,
    what_is_locked_is_named,
    every_table_is_taken_along_or_left_out
);

fn clock() -> Clock {
    Clock::System
}

/// An answer of `/export`.
struct Reply {
    status: u16,
    headers: ureq::http::HeaderMap,
    text: String,
}

impl Reply {
    fn json(&self) -> Value {
        serde_json::from_str(&self.text).expect("JSON")
    }

    fn header(&self, name: &str) -> &str {
        let value = self.headers.get(name);
        value.map_or("", |value| value.to_str().expect("ASCII"))
    }

    #[track_caller]
    fn assert_refused(&self, status: u16, code: &str) {
        let body = self.json();
        assert_eq!(body["errors"][0]["extensions"]["code"], code, "{body}");
        assert_eq!(self.status, status);
        assert_eq!(self.header("cache-control"), "no-store");
    }
}

fn agent() -> ureq::Agent {
    let config = ureq::Agent::config_builder().http_status_as_error(false);
    config.build().into()
}

fn export(client: &Client, headers: &[(&str, &str)]) -> Reply {
    let mut request = agent().post(format!("{}/export", client.address()));
    if let Some(token) = client.token() {
        request = request.header("authorization", format!("Bearer {token}"));
    }
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let mut reply = request.send_empty().expect("the server answers");
    Reply {
        status: reply.status().as_u16(),
        headers: reply.headers().clone(),
        text: reply.body_mut().read_to_string().expect("a text"),
    }
}

/// What the story leaves behind.
struct Told {
    user: Uuid,
    other: Uuid,
    text: String,
    document: Value,
    /// The document of somebody who has done everything once, and who that is.
    busy: (Uuid, Value),
    /// Texts that were entered.
    entered: Vec<String>,
    /// What the devices, the password and the recovery code are.
    keys: Vec<String>,
}

async fn everything_is_taken_out(test: &TestDatabase) {
    let frame = Frame::beside(test);
    let told = frame.run(|setup| story(&Server::start(setup))).await;
    let dump = dump(test).await;
    for text in &told.entered {
        assert!(told.text.contains(text.as_str()), "{text} is missing");
    }
    assert_told(&told, &dump, &catalogue(test).await);
    assert_it_says_what_it_is_about(&told.document["tables"]);
    assert_no_keys(&told, &dump);
    assert_no_stranger(&told, &dump);
    frame.remove().await;
}

#[derive(Deserialize)]
struct Matrix {
    root: BTreeMap<String, Root>,
}

#[derive(Deserialize)]
struct Root {
    access: String,
    operation: String,
}

/// Does everything once that a person can do of their own, as the matrix of permissions lists it.
fn do_everything(client: &Client) {
    let matrix: Matrix = toml::from_str(include_str!("authorization.toml")).expect("a matrix");
    let ending = [
        "Mutation.claim",
        "Mutation.endAllSessions",
        "Mutation.rotateDataKey",
    ];
    for (name, root) in matrix.root {
        let changes = name.starts_with("Mutation.") && root.access == "own";
        if changes && !ending.contains(&name.as_str()) {
            client.send(&root.operation, json!({}));
        }
    }
}

fn story(server: &Server) -> Told {
    let mut reader = Reader::new(server.client(), MARK);
    reader.finish();
    belongings::give(&reader.client, 2);
    let mut busy = Reader::new(server.client(), "periwinkle");
    busy.finish();
    do_everything(&busy.client);
    let mut other = Reader::new(server.client(), OTHER_MARK);
    other.answer_open(12);
    other.client.ask(WRITE, json!({}));
    let (client, mut keys) = claimed(&reader.client, EMAIL);
    let (other, _) = claimed(&other.client, OTHER_EMAIL);
    let (busy, _) = claimed(&busy.client, BUSY_EMAIL);
    client.ask(ISSUE, json!({}));
    rarely::give(server, &busy, BUSY_EMAIL);
    keys.push(reader.client.token().expect("a token").to_owned());

    only_those_who_may(server, &other);
    visitors_too_and_not_for_ever(server);

    let first = export(&client, &[]);
    assert_eq!(first.status, 200, "{}", first.text);
    assert_eq!(first.header("content-type"), "application/json");
    assert_eq!(first.header("cache-control"), "no-store");
    let attached = "attachment; filename=\"dreamtree-export.json\"";
    assert_eq!(first.header("content-disposition"), attached);
    let diary = client.ask(DIARY, json!({}));
    let noted = json!([{ "event": "EXPORTED", "by": "PERSON" }]);
    assert_eq!(diary["diary"]["nodes"], noted);
    let last = export(&client, &[]);
    assert_same(&first.json(), &last.json());

    let document = last.json();
    let acknowledged = reader.acknowledged.values().flat_map(texts);
    let mut entered: Vec<String> = acknowledged.filter(|text| text.contains(MARK)).collect();
    assert!(!reader.secrets.is_empty() && entered.len() > reader.secrets.len());
    entered.extend(reader.secrets);
    entered.extend(["listener", "a tree", "0. of mine", "1. of mine", EMAIL].map(str::to_owned));
    Told {
        user: person(&client),
        other: person(&other),
        text: last.text,
        busy: (person(&busy), export(&busy, &[]).json()),
        document,
        entered,
        keys,
    }
}

fn claimed(visitor: &Client, email: &str) -> (Client, Vec<String>) {
    let claimed = account::claim(visitor, email, PASSWORD);
    let token = claimed.client.token().expect("a token").to_owned();
    let keys = [token, claimed.recovery_code, PASSWORD.to_owned()];
    (claimed.client, keys.to_vec())
}

fn person(client: &Client) -> Uuid {
    let viewer = client.ask("{ viewer { id } }", json!({}));
    let id = viewer["viewer"]["id"].as_str().expect("an id");
    Uuid::parse_str(id.trim_start_matches("user:")).expect("an id")
}

/// All texts in a value.
fn texts(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) => vec![text.clone()],
        Value::Array(all) => all.iter().flat_map(texts).collect(),
        Value::Object(all) => all.values().flat_map(texts).collect(),
        _ => Vec::new(),
    }
}

/// The same twice, but for the time and for the diary, which has the export itself.
fn assert_same(first: &Value, last: &Value) {
    for (table, rows) in first["tables"].as_object().expect("tables") {
        if table != "audit_events" && table != "sessions" {
            assert_eq!(rows, &last["tables"][table], "{table}");
        }
    }
    assert_eq!(first["leftOut"], last["leftOut"]);
    assert_eq!(
        (&last["version"], &last["form"]),
        (&json!("2.0"), &json!("READABLE"))
    );
    assert_eq!(last["locked"], json!([]));
}

fn only_those_who_may(server: &Server, client: &Client) {
    export(&server.client(), &[]).assert_refused(401, "UNAUTHENTICATED");
    let foreign = [("origin", "https://elsewhere.example.org")];
    export(client, &foreign).assert_refused(403, "ORIGIN_REFUSED");
    let mut get = agent()
        .get(format!("{}/export", client.address()))
        .call()
        .expect("the server answers");
    assert_eq!(
        (get.status().as_u16(), &get.headers()["allow"]),
        (405, &"POST".parse().expect("a name"))
    );
    let body = get.body_mut().read_to_string().expect("a text");
    assert!(body.contains("BAD_REQUEST"), "{body}");
    client.ask(LOCK, json!({}));
    export(client, &[]).assert_refused(403, "VAULT_LOCKED");
}

fn visitors_too_and_not_for_ever(server: &Server) {
    let visitor = server.client().visit();
    visitor.ask(WRITE, json!({}));
    for _ in 0..5 {
        let reply = export(&visitor, &[]);
        assert_eq!(reply.status, 200, "{}", reply.text);
        let tables = reply.json()["tables"].clone();
        assert_eq!(tables["user_profile"][0]["headline"], "a private line");
        assert_eq!(tables["users"][0]["is_anonymous"], true);
        assert_eq!(tables["emails"], json!([]));
        assert!(tables["visits"][0]["look_on"].is_string());
    }
    let reply = export(&visitor, &[]);
    reply.assert_refused(429, "RATE_LIMITED");
    assert!(
        reply
            .header("retry-after")
            .parse::<u64>()
            .is_ok_and(|one| one > 0)
    );
}

/// As many rows of each table as the person has, with every column that is not left out; how many tables have some.
fn assert_every_row_is_there(
    user: Uuid,
    document: &Value,
    dump: &Dump,
    catalogue: &BTreeMap<String, Vec<String>>,
) -> BTreeSet<String> {
    let tables = document["tables"].as_object().expect("tables");
    let named: BTreeSet<&str> = tables.keys().map(String::as_str).collect();
    assert_eq!(named, TAKEN.iter().map(|one| one.table).collect());
    let mut filled = BTreeSet::new();
    for (table, rows) in tables {
        let rows = rows.as_array().expect("rows");
        let owner = if table == "users" { "id" } else { "user_id" };
        let mine = dump[table].iter().filter(|row| is(&row[owner], user));
        assert_eq!(rows.len(), mine.count(), "{table}");
        if !rows.is_empty() {
            filled.insert(table.clone());
        }
        let wanted = catalogue[table].iter().map(String::as_str);
        let wanted: BTreeSet<&str> = wanted.filter(|one| reason(table, one).is_none()).collect();
        for row in rows {
            let row = row.as_object().expect("a row");
            let found = row.keys().map(String::as_str);
            let found: BTreeSet<&str> = found.filter(|one| *one != "labels").collect();
            assert_eq!(found, wanted, "{table}");
        }
    }
    assert_eq!(document["user"], user.to_string());
    filled
}

/// The table of which nobody who is looked at has a row: it is about visitors, whose file is read above.
const EMPTY: [&str; 1] = ["visits"];

fn assert_told(told: &Told, dump: &Dump, catalogue: &BTreeMap<String, Vec<String>>) {
    let mut filled = assert_every_row_is_there(told.user, &told.document, dump, catalogue);
    let (busy, document) = &told.busy;
    filled.extend(assert_every_row_is_there(*busy, document, dump, catalogue));
    let empty = TAKEN.iter().map(|one| one.table);
    let empty: BTreeSet<&str> = empty.filter(|one| !filled.contains(*one)).collect();
    assert_eq!(empty, EMPTY.into_iter().collect());
    let row = |table: &str| &told.document["tables"][table][0];
    assert_eq!(row("user_profile")["headline"], "listener");
    assert_eq!(row("emails")["email"], EMAIL);
    assert_eq!(row("users")["is_anonymous"], false);
    assert_eq!(row("user_settings")["display_name"], "Ada");
}

fn assert_it_says_what_it_is_about(tables: &Value) {
    for (table, column) in [
        ("user_responses", "prompt_id"),
        ("user_tool_instances", "tool_id"),
        ("user_skills", "skill_id"),
        ("user_competency_scores", "competency_id"),
    ] {
        let rows = tables[table].as_array().expect("rows").iter();
        let rows = rows.filter(|row| !row[column].is_null());
        let mut labels = rows.map(|row| &row["labels"][column]).peekable();
        assert!(labels.peek().is_some(), "{table}");
        for label in labels {
            let text = label.as_str().unwrap_or_default();
            assert!(!text.is_empty(), "{table}.{column} says nothing");
        }
    }
}

/// Nothing that opens anything, and nothing that it is checked against.
fn assert_no_keys(told: &Told, dump: &Dump) {
    for key in &told.keys {
        assert!(!told.text.contains(key.as_str()), "a key that was given");
    }
    assert!(!told.text.contains("ciphertext"), "an envelope");
    let mut looked_for = 0;
    for (table, rows) in dump {
        for (column, value) in rows.iter().flatten() {
            let form = dreamtree_privacy::form(table, column);
            let is_key = matches!(form, Some(Form::Hashed | Form::Wrapped | Form::ByServer));
            if is_key && value.len() >= 16 {
                looked_for += 1;
                assert!(
                    !told.text.contains(secret_part(value).as_str()),
                    "{table}.{column}"
                );
            }
        }
    }
    assert!(looked_for > 20, "{looked_for}");
}

/// What of a stored value would show even where it is written otherwise: of an envelope, the sealed bytes.
fn secret_part(value: &str) -> String {
    let envelope: Option<Value> = serde_json::from_str(value).ok();
    let sealed = envelope.and_then(|one| one["ciphertext"].as_str().map(str::to_owned));
    sealed.unwrap_or_else(|| value.to_owned())
}

fn assert_no_stranger(told: &Told, dump: &Dump) {
    for text in [OTHER_MARK, OTHER_EMAIL, &told.other.to_string()] {
        assert!(!told.text.contains(text), "{text}");
    }
    let rows = dump.values().flatten();
    let theirs = rows.filter(|row| row.get("user_id").is_some_and(|user| is(user, told.other)));
    let ids = theirs.filter_map(|row| Uuid::parse_str(row.get("id")?).ok());
    let ids: Vec<Uuid> = ids.collect();
    assert!(ids.len() > 5, "{}", ids.len());
    for id in ids {
        assert!(!told.text.contains(&id.to_string()), "{id}");
    }
}

/// Whether a column holds this id, however the database writes it.
fn is(written: &str, id: Uuid) -> bool {
    Uuid::parse_str(written).is_ok_and(|written| written == id)
}

async fn what_is_locked_is_named(test: &TestDatabase) {
    let frame = Frame::beside(test);
    frame.run(|setup| reset(&Server::start(setup))).await;
    frame.remove().await;
}

fn reset(server: &Server) {
    let visitor = server.client().visit();
    visitor.ask(WRITE, json!({}));
    claimed(&visitor, EMAIL);
    confirm(server, EMAIL);
    account::reset(server, EMAIL, "twelve loud harbours");
    let client = signed_in(server, EMAIL, "twelve loud harbours");
    client.ask(WRITE_AGAIN, json!({}));
    let reply = export(&client, &[]);
    assert_eq!(reply.status, 200, "{}", reply.text);
    assert!(!reply.text.contains("a private line"));
    let document = reply.json();
    let shut = json!([{
        "table": "user_profile", "row": person(&client).to_string(), "column": "headline",
    }]);
    assert_eq!(document["locked"], shut);
    let profile = &document["tables"]["user_profile"][0];
    assert_eq!(profile["headline"], Value::Null);
    assert_eq!(profile["summary"], "written later");
}

/// A new table, or a new column of one, has to be told or to be left out for a reason.
async fn every_table_is_taken_along_or_left_out(test: &TestDatabase) {
    let taken: Vec<&str> = TAKEN.iter().map(|one| one.table).collect();
    let whole = LEFT_OUT.iter().filter(|one| one.column.is_none());
    let left: Vec<&str> = whole.filter_map(|one| one.table).collect();
    let mut named: Vec<&str> = taken.iter().chain(&left).copied().collect();
    let catalogue = catalogue(test).await;
    let of_people = [USER_TABLES, DIRECTORY_TABLES, SERVICE_TABLES, LOG_TABLES].concat();
    // Tables that only whoever runs the server writes to name people too.
    let naming = catalogue
        .iter()
        .filter(|(_, columns)| columns.iter().any(|one| one == "user_id"));
    let naming = naming.map(|(table, _)| table.as_str());
    let mut known: Vec<&str> = of_people.into_iter().chain(naming).collect();
    named.sort_unstable();
    known.sort_unstable();
    known.dedup();
    assert_eq!(named, known);
    for table in &taken {
        for column in &catalogue[*table] {
            let is_told = dreamtree_privacy::form(table, column).is_some();
            assert!(
                is_told || reason(table, column).is_some(),
                "{table}.{column}"
            );
        }
    }
    for one in LEFT_OUT {
        let Some(column) = one.column else { continue };
        let stands = |table: &str| catalogue[table].iter().any(|known| known == column);
        let there = one
            .table
            .map_or_else(|| taken.iter().any(|table| stands(table)), stands);
        assert!(there, "{:?}.{column} is gone", one.table);
    }
}
