//! Bad input over HTTP against the real binary, on both databases: each a coded error, nothing
//! half-written, and the process stays up.
#![allow(clippy::expect_used, reason = "a test that cannot go on has failed")]

mod support;

use dreamtree_database::testing::TestDatabase;
use sea_orm::ConnectionTrait;
use serde_json::{Value, json};
use support::{client::Client, frame::Frame, reader::Reader, server::Server};

#[tokio::test]
async fn refusals_on_sqlite() {
    let frame = Frame::sqlite();
    frame.run(|setup| refusals(&Server::start(setup))).await;
    frame.remove().await;
}

#[tokio::test]
async fn refusals_on_postgres() {
    let frame = Frame::postgres().await;
    let server = frame.run(|setup| {
        let server = Server::start(setup);
        refusals(&server);
        server
    });
    let server = server.await;
    database_gone(frame.database(), server).await;
    frame.remove().await;
}

const ANSWER: &str =
    "mutation($input: AnswerInput!) { answer(input: $input) { block { id answer { revision } } } }";
const MANY: &str =
    "mutation($inputs: [AnswerInput!]!) { answerMany(inputs: $inputs) { blocks { id } } }";

/// What a reader has in front of them, and how often it was saved.
fn picture(reader: &Reader) -> Vec<Value> {
    reader.blocks()
}

fn refusals(server: &Server) {
    let mut reader = Reader::new(server.client(), "refused");
    for _ in 0..30 {
        reader.answer_open(1);
    }
    let before = picture(&reader);
    let client = &reader.client;
    let code = |placement: &str, value: Value| {
        client.refused(
            ANSWER,
            json!({ "input": { "placement": placement, "value": value } }),
        )
    };
    let text = of_kind(&before, "TextareaConfig");
    let slider = of_kind(&before, "SliderConfig");

    assert_eq!(
        code("placement:999999", json!({ "text": "x" })),
        "NOT_FOUND"
    );
    assert_eq!(
        code("placement:1100", json!({ "text": "x" })),
        "NOT_FOUND",
        "a heading takes no answer"
    );
    assert_eq!(code("placement:1587", json!({ "text": "x" })), "LOCKED");
    assert_eq!(code(&text, json!({ "number": 3 })), "WRONG_KIND");
    assert_eq!(
        code(&text, json!({ "listBuilder": { "items": [] } })),
        "WRONG_KIND"
    );
    assert_eq!(code(&slider, json!({ "number": 1_000 })), "INVALID_INPUT");
    assert_eq!(code(&text, json!({ "text": "a\u{0}b" })), "INVALID_INPUT");
    assert_eq!(code(&text, json!({ "text": " \n " })), "INVALID_INPUT");
    assert_eq!(
        code(&text, json!({ "text": "x".repeat(900_000) })),
        "INVALID_INPUT"
    );
    assert_eq!(
        code(&text, json!({})),
        "INVALID_INPUT",
        "oneOf needs a field"
    );
    assert_eq!(
        code(&text, json!({ "text": "x", "number": 1 })),
        "INVALID_INPUT"
    );
    assert_eq!(
        code("story:1", json!({ "text": "x" })),
        "INVALID_INPUT",
        "an id of another kind"
    );
    long_lists(client, &before);
    batches(client, &text, &slider);
    raw(server);
    assert_eq!(picture(&reader), before, "nothing half-written");
    assert!(client.ready(), "the process stays up");
}

fn of_kind(blocks: &[Value], kind: &str) -> String {
    let is = |block: &&Value| {
        block["state"] == "ANSWERED" && block["body"]["input"]["__typename"] == kind
    };
    blocks
        .iter()
        .find(is)
        .unwrap_or_else(|| panic!("no {kind}"))["id"]
        .as_str()
        .expect("an id")
        .to_owned()
}

fn of_tool<'a>(blocks: &'a [Value], kind: &str) -> &'a Value {
    let is = |block: &&Value| block["state"] == "ANSWERED" && block["body"]["tool"]["kind"] == kind;
    blocks
        .iter()
        .find(is)
        .unwrap_or_else(|| panic!("no {kind}"))
}

fn long_lists(client: &Client, blocks: &[Value]) {
    let skills = of_tool(blocks, "SKILL_TAGGER")["id"].clone();
    let tag = json!({ "customName": "one of very many" });
    let many = json!({ "skillTagger": { "skills": vec![tag; 10_000] } });
    let input = json!({ "input": { "placement": skills, "value": many } });
    assert_eq!(client.refused(ANSWER, input), "INVALID_INPUT");
    let foreign = json!({ "skillTagger": { "skills": [{ "skill": format!("skill:{}", uuid::Uuid::nil()) }] } });
    let input = json!({ "input": { "placement": skills, "value": foreign } });
    let refused = client.refused(ANSWER, input);
    assert!(
        ["NOT_FOUND", "INVALID_INPUT"].contains(&refused.as_str()),
        "{refused}"
    );
    let ranking = of_tool(blocks, "RANKING_GRID")["id"].clone();
    let foreign: Vec<Value> = (0..10)
        .map(|_| json!({ "userSkill": format!("user_skill:{}", uuid::Uuid::now_v7()) }))
        .collect();
    let input = json!({ "input": { "placement": ranking, "value": { "rankingGrid": { "items": foreign } } } });
    let refused = client.refused(ANSWER, input);
    assert!(
        ["NOT_FOUND", "INVALID_INPUT"].contains(&refused.as_str()),
        "{refused}"
    );
}

fn batches(client: &Client, text: &str, slider: &str) {
    let entry = |placement: &str, value: Value| json!({ "placement": placement, "value": value });
    let good = entry(text, json!({ "text": "good ".repeat(40) }));
    let send = |inputs: Vec<Value>| client.refused(MANY, json!({ "inputs": inputs }));
    assert_eq!(send(vec![good.clone(), good.clone()]), "DUPLICATE_ENTRY");
    assert_eq!(
        send(vec![good.clone(), entry(slider, json!({ "number": -9 }))]),
        "INVALID_INPUT"
    );
    assert_eq!(send(vec![]), "INVALID_INPUT");
    assert_eq!(send(vec![good.clone(); 51]), "INVALID_INPUT");
    let reply = client.send(
        MANY,
        json!({ "inputs": [good, entry(slider, json!({ "number": -9 }))] }),
    );
    assert_eq!(
        reply["errors"][0]["extensions"]["field"], "inputs[1].value.number",
        "{reply:#}"
    );
}

/// What no JSON library would send.
fn raw(server: &Server) {
    let address = server.client().address().to_owned();
    let post = |body: &str| {
        let agent: ureq::Agent = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .build()
            .into();
        let mut reply = agent
            .post(format!("{address}/graphql"))
            .header("content-type", "application/json")
            .send(body)
            .expect("the server answers");
        let json: Value = reply.body_mut().read_json().expect("JSON");
        (
            reply.status().as_u16(),
            json["errors"][0]["extensions"]["code"]
                .as_str()
                .unwrap_or("")
                .to_owned(),
        )
    };
    assert_eq!(
        post(r#"{"query":"{ viewer { id } }\ud800"}"#).1,
        "BAD_REQUEST",
        "a lone surrogate"
    );
    assert_eq!(post("{").1, "BAD_REQUEST");
    assert_eq!(
        post(&format!(r#"{{"query":"{}"}}"#, "x".repeat(2_000_000))).0,
        413
    );
    let nested = format!(
        r#"{{"query":"{{ a(x: {}{}) }}"}}"#,
        "[".repeat(3_000),
        "]".repeat(3_000)
    );
    assert_eq!(post(&nested).1, "LIMIT_EXCEEDED");
}

/// The database goes away and comes back; the server says so and recovers.
async fn database_gone(test: &TestDatabase, server: Server) {
    let client = tokio::task::spawn_blocking(move || (server.client().visit(), server));
    let (client, server) = client.await.expect("a visitor");
    let name = test
        .owner_url
        .rsplit('/')
        .next()
        .expect("a name")
        .to_owned();
    let admin = std::env::var("TEST_POSTGRES_URL").expect("checked before");
    let admin = dreamtree_database::owner(&admin)
        .await
        .expect("PostgreSQL answers");
    for sql in [
        format!("ALTER DATABASE {name} WITH ALLOW_CONNECTIONS false"),
        format!("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'"),
    ] {
        admin
            .execute_unprepared(&sql)
            .await
            .expect("the database goes away");
    }
    let during = client.clone();
    let (code, ready) = tokio::task::spawn_blocking(move || {
        (
            during.refused("{ progress { complete } }", json!({})),
            during.ready(),
        )
    })
    .await
    .expect("an answer");
    assert_eq!((code.as_str(), ready), ("UNAVAILABLE", false));
    let sql = format!("ALTER DATABASE {name} WITH ALLOW_CONNECTIONS true");
    admin
        .execute_unprepared(&sql)
        .await
        .expect("the database comes back");
    admin.close().await.expect("closed");
    tokio::task::spawn_blocking(move || {
        let back = (0..100).any(|_| {
            std::thread::sleep(std::time::Duration::from_millis(100));
            client.ready()
        });
        assert!(back, "ready again");
        client.ask("{ progress { complete } }", json!({}));
        drop(server);
    })
    .await
    .expect("recovered");
}
