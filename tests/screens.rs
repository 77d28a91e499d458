//! Each screen is one request, whose cost is known: every operation of `docs/operations` runs over HTTP
//! against the real binary, on both databases, for a reader with a few rows of everything and for one with
//! ten times as many.
#![allow(clippy::expect_used, reason = "a test that cannot go on has failed")]

mod support;

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
};

use serde_json::Value;
use support::{
    belongings,
    frame::with_servers,
    promise::Promises,
    reader::Reader,
    server::{Server, Setup},
};

/// What each operation costs in SQL statements, `BEGIN` and `COMMIT` not counted; of several pages the dearest.
/// No screen costs more than 4. Whoever makes one cheaper writes the lower number here.
const COSTS: [(&str, u64); 45] = [
    ("01-look-around", 2),
    // For somebody who has a session, which is looked up twice: nothing is held in between.
    ("02-visit", 3),
    ("03-read", 4),
    ("04-answer", 4),
    ("05-skills", 0),
    ("06-levels", 2),
    ("07-results", 2),
    // Once in a lifetime: an address, a password, a recovery code, a link, a mail and a new session have rows of their own,
    // and it is written down. The try and the mail are counted before.
    ("08-claim", 24),
    // From the address to the person, or to whoever claimed it last; from the password to the key; from that to a session.
    // The try is counted, a second factor looked for, and it is written down.
    ("09-sign-in", 14),
    ("10-start", 3),
    ("11-onboarding", 2),
    ("12-dashboard", 4),
    ("13-reader", 4),
    ("14-contents", 4),
    ("15-skills", 2),
    ("16-profile", 3),
    ("17-assessment", 3),
    ("18-jobs", 2),
    ("19-timeline", 2),
    ("20-flow", 3),
    ("21-ideas", 2),
    ("22-credits", 0),
    // Made once: what is there, where the reader stands, a row, the list and its items, what is held, tags and skills.
    ("23-own-tool", 24),
    ("24-tools", 3),
    ("25-tool", 3),
    ("26-compare", 3),
    ("30-assessments", 2),
    ("31-start", 4),
    ("32-answer", 3),
    // Scored once in its life: what was answered, the attempt, its answers, its competencies.
    ("33-complete", 5),
    ("34-result", 2),
    ("35-growth", 3),
    // Written down in the diary.
    ("42-calendar", 6),
    ("43-look-again", 3),
    ("50-locked", 1),
    // The try is counted; the address, its person, tokens that have ended, the new one, the letter.
    ("51-forgotten", 6),
    ("52-consents", 2),
    // What was said before, what is said now, written down in the diary; and the person as they are then.
    ("53-agree", 8),
    ("54-take-back", 8),
    ("60-sessions", 2),
    ("70-diary", 2),
    ("71-what-is-kept", 0),
    // Written down in the diary.
    ("85-share", 6),
    ("86-shares", 2),
    ("87-resume", 2),
];

const FEW: usize = 2;
const MANY: usize = 10 * FEW;

with_servers!(screens);

fn screens(setup: Setup) {
    let server = &Server::start(setup);
    let operations = operations();
    let few = costs(server, &operations, "few", FEW);
    let many = costs(server, &operations, "many", MANY);
    assert_eq!(few, many, "ten times the rows cost more statements");
    let expected: BTreeMap<String, u64> = COSTS
        .iter()
        .map(|(name, cost)| ((*name).to_owned(), *cost))
        .collect();
    assert_eq!(few, expected, "statements by operation");
}

/// An operation that `GraphiQL` shows as a tab.
struct Operation {
    name: String,
    query: String,
    variables: String,
}

/// All of `docs/operations` in the order of the tabs, which is one that they can be run in.
fn operations() -> Vec<Operation> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/operations");
    let files = std::fs::read_dir(folder).expect("the folder");
    let paths = files.map(|file| file.expect("a file").path());
    let paths: BTreeSet<PathBuf> = paths
        .filter(|path| path.extension().is_some_and(|one| one == "graphql"))
        .collect();
    let operation = |path: PathBuf| Operation {
        name: path.file_stem().expect("a name").display().to_string(),
        query: std::fs::read_to_string(&path).expect("an operation"),
        // Not every operation has variables.
        variables: std::fs::read_to_string(path.with_extension("json"))
            .unwrap_or_else(|_| "{}".to_owned()),
    };
    let all = paths.into_iter().map(operation);
    // What is followed is no request with an end; `live.rs` runs it.
    all.filter(|one| !one.query.contains("\nsubscription "))
        .collect()
}

/// Walks Part 1 as somebody with `count` of everything, then runs all operations; the statements of each.
fn costs(
    server: &Server,
    operations: &[Operation],
    mark: &str,
    count: usize,
) -> BTreeMap<String, u64> {
    let mut reader = Reader::new(server.client(), mark);
    reader.finish();
    belongings::give(&reader.client, count);
    let promises = Promises::new(include_str!("../schema.graphql"));
    // Signing in ends nothing, but claiming gives the session another token.
    let (last, first): (Vec<_>, Vec<_>) = operations
        .iter()
        .partition(|one| one.name.ends_with("claim") || one.name.ends_with("sign-in"));
    let run = |operation: &Operation| {
        let name = operation.name.clone();
        let variables = operation.variables.replace("you@", &format!("{mark}@"));
        let mut variables: Value = serde_json::from_str(&variables).expect("JSON");
        let mut dearest = 0;
        loop {
            let (reply, id) = reader.client.trace(&operation.query, variables.clone());
            assert!(reply.get("errors").is_none(), "{name}: {reply:#}");
            promises.check(&operation.query, &reply["data"]);
            assert_filled(&name, &reply["data"]);
            dearest = dearest.max(server.statements(&id));
            let page = &reply["data"]["blocks"]["pageInfo"];
            if variables.get("after").is_none() || page["hasNextPage"] != true {
                return (name, dearest);
            }
            variables["after"] = page["endCursor"].clone();
        }
    };
    first.into_iter().chain(last).map(run).collect()
}

/// Nothing that a screen asks for is empty, for somebody who has everything.
fn assert_filled(name: &str, data: &Value) {
    for (field, value) in data.as_object().expect("an object") {
        let rows = value.get("nodes").unwrap_or(value);
        let empty = rows.is_null() || rows.as_array().is_some_and(Vec::is_empty);
        assert!(!empty, "{name}: nothing in {field}");
    }
}
