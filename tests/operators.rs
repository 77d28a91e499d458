//! Those who run the server and those who use it: a reader accepts the terms; somebody is named an operator, reviews what
//! the reader has proposed, and the reader sees it. Over HTTP against the real binary, on both databases, with the
//! server's role of its own on `PostgreSQL`.
#![allow(clippy::expect_used, reason = "a test that cannot go on has failed")]

mod support;

use std::time::{Duration, Instant};

use serde_json::{Value, json};
use support::{
    account::{claim, confirm},
    client::Client,
    frame::with_servers,
    server::{Server, Setup},
};

const EMAIL: &str = "keeper@example.org";
const ADD: &str = r#"mutation { addSkill(input: { customName: "Bell founding", category: KNOWLEDGE }) {
    skill { id review } } }"#;
const REVIEWS: &str = "query($status: SkillReview!) { skillReviews(status: $status) {
    nodes { id name category status proposedOn decidedAt skill note similar { score skill { name } } } } }";
const REVIEW: &str = "mutation($input: ReviewSkillInput!) { reviewSkill(input: $input) {
    proposal { status skill note } } }";
const MERGE: &str =
    "mutation($input: MergeListedSkillsInput!) { mergeListedSkills(input: $input) { into } }";
const MINE: &str = "{ mySkills { skills { id skill review } } }";

with_servers!(operators);

fn operators(setup: Setup) {
    let server = &Server::start(setup);
    let reader = server.client().visit();
    accept_terms(&reader);
    let added = reader.ask(ADD, json!({}));
    assert_eq!(added["addSkill"]["skill"]["review"], "PENDING");
    let visitor = server.client().visit();
    let keeper = claim(&visitor, EMAIL, "a long way from home").client;
    let role = keeper.ask("{ viewer { role } }", json!({}));
    assert_eq!(role["viewer"]["role"], "PERSON");

    let pending = json!({ "status": "PENDING" });
    assert_eq!(keeper.refused(REVIEWS, pending.clone()), "NOT_FOUND");
    confirm(server, EMAIL);
    server.command(&["operator", "add", "Keeper@example.org "]);
    assert!(server.command(&["operator", "list"]).contains(EMAIL));
    let role = keeper.ask("{ viewer { role } }", json!({}));
    assert_eq!(
        role["viewer"]["role"], "OPERATOR",
        "at once, in a running session"
    );

    look_at_the_servers(&keeper, &reader);
    let queue = keeper.ask(REVIEWS, pending.clone());
    let proposal = queue["skillReviews"]["nodes"][0].clone();
    assert_eq!(
        (&proposal["name"], &proposal["category"]),
        (&json!("Bell founding"), &json!("KNOWLEDGE"))
    );
    refuse(&keeper, &proposal);
    let input = json!({ "id": proposal["id"], "decision": "APPROVE", "note": " A craft. " });
    let approved = keeper.ask(REVIEW, json!({ "input": input }));
    let approved = &approved["reviewSkill"]["proposal"];
    assert_eq!(
        (&approved["status"], &approved["note"]),
        (&json!("APPROVED"), &json!("A craft."))
    );
    let skill = |reader: &Client| reader.ask(MINE, json!({}))["mySkills"]["skills"][0].clone();
    wait(|| skill(&reader)["skill"] == approved["skill"]);
    assert_eq!(skill(&reader)["review"], json!(null));
    let queue = keeper.ask(REVIEWS, pending.clone());
    assert_eq!(queue["skillReviews"]["nodes"], json!([]));

    let data = keeper.ask("{ skills(first: 1) { nodes { id } } }", json!({}));
    let other = &data["skills"]["nodes"][0]["id"];
    let input = json!({ "from": approved["skill"], "into": other });
    keeper.ask(MERGE, json!({ "input": input }));
    wait(|| skill(&reader)["skill"] == *other);

    server.command(&["operator", "remove", EMAIL]);
    assert_eq!(keeper.refused(REVIEWS, pending), "NOT_FOUND");
}

/// An operator sees what the server is about to do, and that it is there; others do not.
fn look_at_the_servers(keeper: &Client, reader: &Client) {
    const LOOK: &str = "{ operations { servers { seenAt } keys { generation } jobs { name runs }
        letters { kind } operators { you } } }";
    assert_eq!(reader.refused(LOOK, json!({})), "NOT_FOUND");
    let look = || keeper.ask(LOOK, json!({}))["operations"].clone();
    let told = look();
    assert_eq!(told["keys"], json!([{ "generation": 1 }]));
    assert_eq!(told["operators"], json!([{ "you": true }]));
    wait(|| look()["letters"] == json!([]));
    let jobs = told["jobs"].as_array().expect("jobs").iter();
    let jobs: Vec<_> = jobs.map(|one| one["name"].as_str()).collect();
    let known = ["checkpoint", "housekeeping", "sweep"];
    assert_eq!(jobs, known.map(Some));
    let seen = &told["servers"][0]["seenAt"];
    assert!(seen.is_string());
    wait(|| look()["servers"][0]["seenAt"] != *seen);
}

fn accept_terms(reader: &Client) {
    const ACCEPT: &str = "mutation($version: Int!) {
        acceptTerms(input: { version: $version }) { viewer { pendingTerms } } }";
    let asked = reader.ask(
        "{ terms { version text effectiveOn } viewer { pendingTerms } }",
        json!({}),
    );
    let version = &asked["terms"]["version"];
    assert_eq!(&asked["viewer"]["pendingTerms"], version);
    assert_eq!(reader.refused(ACCEPT, json!({ "version": 99 })), "CONFLICT");
    for _ in 0..2 {
        let accepted = reader.ask(ACCEPT, json!({ "version": version }));
        assert_eq!(
            accepted["acceptTerms"]["viewer"]["pendingTerms"],
            json!(null)
        );
    }
}

fn refuse(keeper: &Client, proposal: &Value) {
    for (more, field) in [
        (json!({ "decision": "MERGE" }), "input.skill"),
        (
            json!({ "decision": "REJECT", "name": "x" }),
            "input.decision",
        ),
        (
            json!({ "decision": "REJECT", "note": "x".repeat(501) }),
            "input.note",
        ),
    ] {
        let mut input = json!({ "id": proposal["id"] });
        for (key, value) in more.as_object().expect("an object") {
            input[key] = value.clone();
        }
        let reply = keeper.send(REVIEW, json!({ "input": input }));
        let error = &reply["errors"][0]["extensions"];
        assert_eq!(
            (&error["code"], &error["field"]),
            (&json!("INVALID_INPUT"), &json!(field))
        );
    }
}

/// Servers look for new content every few seconds.
fn wait(is_there: impl Fn() -> bool) {
    let begun = Instant::now();
    while !is_there() {
        assert!(
            begun.elapsed() < Duration::from_secs(30),
            "nothing has come"
        );
        std::thread::sleep(Duration::from_millis(200));
    }
}
