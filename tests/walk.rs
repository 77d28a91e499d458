//! A visitor walks the workbook over HTTP against the real binary, on both databases; then everything that
//! was private is searched for in the database.
#![allow(clippy::expect_used, reason = "a test that cannot go on has failed")]

mod support;

use std::{collections::BTreeSet, path::PathBuf, process::Command};

use memchr::memmem;
use serde_json::{Value, json};
use support::{
    account::{CLAIM, SIGN_IN, confirm, words},
    frame::Frame,
    reader::Reader,
    server::{Server, Setup},
};

#[tokio::test]
async fn a_walk_on_sqlite() {
    let frame = Frame::sqlite();
    let secrets = frame.run(walk).await;
    search(
        &frame.files(["test.db", "test.db-wal", "server.log"]),
        &secrets,
    );
    frame.remove().await;
}

#[tokio::test]
async fn a_walk_on_postgres() {
    let frame = Frame::postgres().await;
    let secrets = frame.run(walk).await;
    let dump = Command::new(pg_dump())
        .arg(&frame.database().owner_url)
        .output()
        .expect("pg_dump runs");
    assert!(
        dump.status.success(),
        "{}",
        String::from_utf8_lossy(&dump.stderr)
    );
    let log = frame.files(["server.log"]);
    search(&[dump.stdout, log].concat(), &secrets);
    frame.remove().await;
}

fn pg_dump() -> PathBuf {
    let installed = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten();
    let newest = installed
        .map(|entry| entry.path().join("bin/pg_dump"))
        .filter(|path| path.exists())
        .max();
    newest.unwrap_or_else(|| PathBuf::from("pg_dump"))
}

const EMAIL: &str = "Walker@example.org";
const PASSWORD: &str = "nineteen green bicycles";

/// The whole story; returns every text that must not be readable in the database.
fn walk(setup: Setup) -> Vec<String> {
    let mut server = Server::start(setup);
    let mut reader = Reader::new(server.client(), "walker");
    assert_eq!(
        reader.answer_open(25),
        1,
        "a required placement waits before there is more"
    );
    for _ in 0..20 {
        reader.answer_open(1);
    }
    server = crash(server, &mut reader);
    reader.finish();
    let progress = reader.client.ask("{ progress { complete required answered modules { module complete firstCompletedAt } } viewer { workbookComplete } }", json!({}));
    assert_eq!(progress["progress"]["complete"], true, "{progress:#}");
    assert_eq!(progress["viewer"]["workbookComplete"], true);
    let modules = progress["progress"]["modules"].as_array().expect("modules");
    assert_eq!(modules.len(), 15);
    assert!(
        modules
            .iter()
            .all(|one| one["complete"] == true && !one["firstCompletedAt"].is_null())
    );
    assess(&reader);
    every_connection_delivers(&reader);
    let blocks = reader.blocks();
    let answered: BTreeSet<&str> = blocks
        .iter()
        .filter(|one| one["state"] == "ANSWERED")
        .filter_map(|one| one["id"].as_str())
        .collect();
    assert_eq!(answered.len(), reader.acknowledged.len());
    assert!(blocks.len() > 900, "it is all there: {}", blocks.len());
    for name in [
        "Skills",
        "Story",
        "List",
        "Ranking",
        "Personality",
        "Budget",
        "Flow",
        "Dashboard",
        "Reframe",
        "IdeaTree",
        "Buckets",
        "Record",
        "Collection",
    ] {
        let kind = format!("{name}Answer");
        assert!(
            blocks
                .iter()
                .any(|one| one["answer"]["value"]["__typename"] == *kind),
            "{kind}"
        );
    }

    let link = claim_and_return(&server, &reader, &blocks);
    strangers_see_nothing(&server, &blocks);
    let mut secrets = reader.secrets.clone();
    secrets.extend([
        EMAIL.to_owned(),
        EMAIL.to_lowercase(),
        PASSWORD.to_owned(),
        link,
    ]);
    secrets
}

/// kill -9 in the middle: everything that was acknowledged is there.
fn crash(server: Server, reader: &mut Reader) -> Server {
    let before = reader.blocks();
    let server = server.crash_and_restart();
    reader.client = reader.client.clone().moved_to(&server.client());
    let after = reader.blocks();
    assert_eq!(before, after, "an acknowledged answer is lost");
    assert!(reader.acknowledged.len() > 15);
    server
}

/// What the pages ask to be kept in the profile, beside what they ask themselves.
const KEEP: &str = r#"mutation {
  updateProfile(input: { headline: "listener", summary: "hears", identityStory: "once", allegory: "a tree",
    valueProposition: "calm" }) { profile { revision } }
  updateValues(input: { workValues: "care", lifeValues: "time", compassStatement: "north" }) { values { revision } }
  job: createExperience(input: { title: "Baker", type: JOB, startDate: "2020-01-01" }) { experience { id } }
  project: createExperience(input: { title: "Oven", type: PROJECT, startDate: "2021-01-01" }) { experience { id } }
}"#;

/// Whoever has answered everything finds what they wrote wherever a later page asks for it.
fn every_connection_delivers(reader: &Reader) {
    reader.client.ask(KEEP, json!({}));
    let blocks = reader.blocks();
    let fed: Vec<&Value> = blocks
        .iter()
        .filter(|one| !one["prefill"].is_null())
        .collect();
    assert!(fed.len() >= 50, "connections: {}", fed.len());
    let empty =
        |one: &&&Value| one["prefill"]["value"].is_null() || !one["prefill"]["gap"].is_null();
    let empty: Vec<&Value> = fed.iter().filter(empty).map(|one| &one["id"]).collect();
    assert!(empty.is_empty(), "nothing arrives at {empty:?}");
}

/// Scores by competency in the order of the catalogue, and the results as worked out by hand:
/// delivery 4 4 3 5 2 4 = 22/6, interpersonal 3 3 1 2 4 = 13/5, strategic 5 3 3 1 = 12/4,
/// overall 47/15 = 3.13; strength from ⌊3.43⌋ = 3 up, improvement from ⌊2.83⌋ = 2 down, no overlap.
const SCORES: [usize; 15] = [4, 4, 3, 5, 2, 4, 3, 3, 1, 2, 4, 5, 3, 3, 1];

fn assess(reader: &Reader) {
    let data = reader.client.ask(
        "{ competencies { id name category levels { id text } } }",
        json!({}),
    );
    let competencies = data["competencies"].as_array().expect("competencies");
    assert_eq!(competencies.len(), 15);
    let scores: Vec<Value> = competencies
        .iter()
        .zip(SCORES)
        .map(|(one, score)| json!({ "competency": one["id"], "level": level(one, score) }))
        .collect();
    reader.client.ask(
        "mutation($scores: [CompetencyScoreInput!]!) { submitCompetencyScores(input: { scores: $scores }) { result { overall { complete } } } }",
        json!({ "scores": scores }),
    );
    let result = reader.client.ask(
        "{ competencyResult { overall { average complete } reassessmentDue categories { category average }
           strengths { score } improvements { score } balanced { score } } }",
        json!({}),
    );
    let strengths = [5, 5, 4, 4, 4, 4, 3, 3, 3, 3, 3].map(|score| json!({ "score": score }));
    let improvements = [1, 1, 2, 2].map(|score| json!({ "score": score }));
    let expected = json!({ "competencyResult": {
        "overall": { "average": 3.13, "complete": true },
        "reassessmentDue": false,
        "categories": [
            { "category": "DELIVERY", "average": 3.67 },
            { "category": "INTERPERSONAL", "average": 2.6 },
            { "category": "STRATEGIC", "average": 3.0 },
        ],
        "strengths": strengths,
        "improvements": improvements,
        "balanced": [],
    } });
    assert_eq!(result, expected);
}

/// The levels carry no number; their texts stand in the content files, from 1 to 5.
fn level(competency: &Value, score: usize) -> Value {
    let file = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../seed-data/competencies.toml"
    );
    let table: toml::Table = std::fs::read_to_string(file)
        .expect("the file")
        .parse()
        .expect("TOML");
    let all = table["competency"].as_array().expect("competencies");
    let one = all
        .iter()
        .find(|one| one["name"].as_str() == competency["name"].as_str())
        .expect("by name");
    let text = one["levels"][score - 1].as_str().expect("a text");
    let levels = competency["levels"].as_array().expect("levels");
    levels
        .iter()
        .find(|level| level["text"].as_str() == Some(text))
        .expect("the level")["id"]
        .clone()
}

/// Returns what the mail has carried.
fn claim_and_return(server: &Server, reader: &Reader, blocks: &[Value]) -> String {
    let credentials = words(EMAIL, PASSWORD);
    let claimed = reader.client.ask(CLAIM, credentials.clone());
    assert_eq!(claimed["claim"]["viewer"]["anonymous"], false);
    assert!(
        claimed["claim"]["recoveryCode"]
            .as_str()
            .is_some_and(|code| code.len() > 30)
    );
    assert_eq!(
        reader
            .client
            .refused("{ progress { complete } }", json!({})),
        "SESSION_EXPIRED"
    );

    let link = confirm(server, EMAIL);

    let elsewhere = server.client();
    let signed_in = elsewhere.ask(SIGN_IN, credentials);
    assert_eq!(
        signed_in["signIn"]["viewer"]["id"],
        claimed["claim"]["viewer"]["id"]
    );
    assert_eq!(signed_in["signIn"]["viewer"]["vault"], "UNLOCKED");
    let token = signed_in["signIn"]["token"].as_str().expect("a token");
    let returned = reader.on_another_device(elsewhere.with_token(token));
    assert_eq!(
        returned.blocks(),
        blocks,
        "everything is there on the other device"
    );
    let wrong = words(EMAIL, "nineteen green bicycle");
    assert_eq!(
        server.client().refused(SIGN_IN, wrong),
        "CREDENTIALS_REFUSED"
    );
    link
}

fn strangers_see_nothing(server: &Server, blocks: &[Value]) {
    let stranger = Reader::new(server.client(), "stranger");
    let theirs = stranger.blocks();
    assert!(
        theirs
            .iter()
            .all(|block| block["answer"].is_null() || block["answer"]["state"] == "EMPTY")
    );
    let last = blocks
        .iter()
        .rfind(|block| block["state"] == "ANSWERED")
        .expect("an answered block");
    let query = "mutation($id: ID!) { answer(input: { placement: $id, value: { text: \"x\" } }) { block { id } } }";
    assert_eq!(
        stranger.client.refused(query, json!({ "id": last["id"] })),
        "LOCKED"
    );
    assert_eq!(
        stranger
            .client
            .refused(query, json!({ "id": "placement:999999" })),
        "NOT_FOUND"
    );
    let result = stranger
        .client
        .ask("{ competencyResult { overall { average } } }", json!({}));
    assert!(result["competencyResult"].is_null());
    assert_eq!(
        server
            .client()
            .refused("{ progress { complete } }", json!({})),
        "UNAUTHENTICATED"
    );
}

/// None of the texts may be there: in clear, in base64 at any of the three offsets, in hex of either case.
fn search(bytes: &[u8], secrets: &[String]) {
    assert!(bytes.len() > 100_000, "there is a database to search");
    assert!(
        secrets.len() > 20,
        "there are secrets to search for: {}",
        secrets.len()
    );
    let found = |needle: &[u8]| memmem::find(bytes, needle).is_some();
    assert!(
        found(b"keeping bees") && found(b"user_responses"),
        "the search finds what is not secret"
    );
    for secret in secrets {
        for form in forms(secret.as_bytes()) {
            assert!(
                !found(&form),
                "{secret} is in the database as {}",
                String::from_utf8_lossy(&form)
            );
        }
    }
}

fn forms(secret: &[u8]) -> Vec<Vec<u8>> {
    use base64::{Engine, engine::general_purpose::STANDARD_NO_PAD};
    let hex = dreamtree_crypto::hex(secret);
    let mut forms = vec![
        secret.to_vec(),
        hex.to_uppercase().into_bytes(),
        hex.into_bytes(),
    ];
    for shift in 0..3 {
        let mut shifted = vec![0; shift];
        shifted.extend_from_slice(secret);
        let encoded = STANDARD_NO_PAD.encode(shifted).into_bytes();
        // The first and the last symbols mix with what stands beside the secret.
        let core = &encoded[(shift * 8).div_ceil(6)..encoded.len() - 2];
        forms.push(core.to_vec());
    }
    forms
}
