//! Two people, and everything that the schema can be asked: nothing of the one reaches the other, neither
//! by asking nor by naming it. What is asked comes from the schema and from `authorization.toml`, so a new
//! field is in it from its first day.
#![allow(clippy::expect_used, reason = "a test that cannot go on has failed")]

mod support;

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use serde_json::{Value, json};
use support::{client::Client, frame::Frame, reader::Reader, selection::Schema, server::Server};

/// Kinds of ids that are the same for everybody.
const SHARED: [&str; 17] = [
    "assessment",
    "block",
    "coaching_competency",
    "competency",
    "learning_category",
    "learning_resource",
    "level",
    "partner",
    "placement",
    "prompt",
    "question",
    "question_version",
    "reference",
    "skill",
    "skill_tag",
    "tier",
    "tool",
];

/// What the sample operations name where they need something of one's own.
const NOBODYS: &str = "0190a3e4-0000-7000-8000-000000000001";

const MARK: &str = "heliotrope";

#[derive(Deserialize)]
struct Matrix {
    root: BTreeMap<String, Root>,
}

#[derive(Deserialize)]
struct Root {
    access: String,
    operation: String,
}

#[tokio::test]
async fn nothing_of_one_person_reaches_another() {
    let frame = Frame::sqlite();
    frame.run(|setup| two_people(&Server::start(setup))).await;
    frame.remove().await;
}

fn two_people(server: &Server) {
    let matrix: Matrix = toml::from_str(include_str!("authorization.toml")).expect("a matrix");
    let schema = Schema::new(include_str!("../schema.graphql"));
    let questions: Vec<String> = matrix
        .root
        .iter()
        .filter(|(name, _)| name.starts_with("Query."))
        .filter(|(_, root)| root.access == "own" || root.access == "mixed")
        .filter(|(_, root)| !root.operation.contains(NOBODYS))
        .map(|(_, root)| schema.widened(&root.operation))
        .collect();
    let naming: Vec<&String> = matrix
        .root
        .values()
        .map(|root| &root.operation)
        .filter(|operation| operation.contains(NOBODYS))
        .collect();
    let changes: Vec<&String> = matrix
        .root
        .iter()
        .filter(|(name, root)| name.starts_with("Mutation.") && root.access == "own")
        // What ends the session that the next one is sent in.
        .filter(|(name, _)| {
            ![
                "Mutation.claim",
                "Mutation.endAllSessions",
                "Mutation.rotateDataKey",
            ]
            .contains(&name.as_str())
        })
        .map(|(_, root)| &root.operation)
        .collect();

    let mut one = Reader::new(server.client(), MARK);
    one.finish();
    for change in &changes {
        let reply = one.client.send(change, json!({}));
        // What names nothing and makes something has to work, or there is nothing to look for.
        if change.contains("{ create") || change.contains("{ add") {
            assert!(reply.get("errors").is_none(), "{change}\n{reply:#}");
        }
    }
    let before = everything(&one.client, &questions);
    let ids = ids(&before);
    assert!(
        before.contains(MARK),
        "the first person sees their own texts"
    );
    assert!(!ids.is_empty(), "and their own ids");

    let other = server.client().visit();
    refuse_what_is_named(&other, &naming, &ids);
    for id in &ids {
        let delete = format!("mutation {{ delete(input: {{ id: \"{id}\" }}) {{ id }} }}");
        assert_eq!(other.refused(&delete, json!({})), "NOT_FOUND", "{id}");
    }
    let seen = everything(&other, &questions);
    assert!(!seen.contains(MARK), "a text of the first person");
    for id in &ids {
        assert!(!seen.contains(id.as_str()), "{id} of the first person");
    }
    let after = everything(&one.client, &questions);
    assert_eq!(after, before, "the other one has changed something");
}

/// Sends each sample operation that names something of one's own, with the first person's ids in its place.
fn refuse_what_is_named(other: &Client, naming: &[&String], ids: &BTreeSet<String>) {
    for operation in naming {
        for id in ids {
            let (kind, key) = id.split_once(':').expect("a kind and a key");
            if !operation.contains(&format!("{kind}:{NOBODYS}")) {
                continue;
            }
            let named = operation.replace(NOBODYS, key);
            let reply = other.send(&named, json!({}));
            let code = &reply["errors"][0]["extensions"]["code"];
            assert_eq!(code, "NOT_FOUND", "{named}\n{reply:#}");
        }
    }
}

/// What a person is answered to all questions, as one text.
fn everything(client: &Client, questions: &[String]) -> String {
    let answers = questions.iter().map(|question| {
        let reply = client.send(question, json!({}));
        assert!(reply.get("errors").is_none(), "{question}\n{reply:#}");
        reply["data"].clone()
    });
    Value::Array(answers.collect()).to_string()
}

/// The ids in a text that belong to somebody.
fn ids(text: &str) -> BTreeSet<String> {
    let words = text.split('"').filter(|word| {
        let kind = word.split_once(':').filter(|(kind, key)| {
            uuid::Uuid::try_parse(key).is_ok()
                && kind
                    .bytes()
                    .all(|byte| byte.is_ascii_lowercase() || byte == b'_')
        });
        kind.is_some_and(|(kind, _)| !SHARED.contains(&kind))
    });
    words.map(ToOwned::to_owned).collect()
}
