//! What forms and collections at a placement bring to another.

use dreamtree_database::{on_both, testing::TestDatabase};
use serde_json::{Value, json};
use time::Duration;

use super::{BESIDE, FIRST, Link, answer, laid, policies::prompts, prefill, stale, write};
use crate::support::{Person, Stage, clock};

on_both!(
    a_form_brings_its_fields,
    a_collection_brings_what_is_kept_elsewhere,
);

const FORM: i32 = 100_020;
const COLLECTION: i32 = 100_017;

/// The workbook with this tool in the place of its first text, and what the author links it to.
async fn placed<'a>(stage: &Stage<'a>, tool: i32, links: &[Link<'_>]) -> (Stage<'a>, i32) {
    let placements = stage.library().placements();
    let text = placements.iter().find(|one| !one.takes_input());
    let text = text.expect("a text").id.0;
    let links: Vec<Link<'_>> = links
        .iter()
        .map(|link| Link {
            source: Some(text),
            ..*link
        })
        .collect();
    let stage = laid(stage, &links).await;
    let put = format!(
        "UPDATE stem SET block_type = 'tool', content_id = {tool}, config = NULL WHERE id = {text}"
    );
    (stage.after(&put).await, text)
}

async fn brought(person: &Person<'_>, target: i32) -> Value {
    let document = "query($around: ID!) { blocks(around: $around, first: 1) { nodes { prefill { gap total stale value {
        ... on RecordAnswer { entries { fields { key state value { ... on TextFieldValue { text } ... on ChoiceFieldValue { choice } } } } }
        ... on CompaniesAnswer { companies { name } }
        ... on AggregateAnswer { count } } } } } }";
    let around = json!({ "around": format!("placement:{target}") });
    let data = person.data(document, around).await;
    data["blocks"]["nodes"][0]["prefill"].clone()
}

async fn a_form_brings_its_fields(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let [status, notes, count, ..] = prompts(&stage)[..] else {
        panic!("three prompts")
    };
    let records = Link {
        data: "records",
        ..BESIDE
    };
    let links = [
        Link {
            target: status,
            filter: r#"{"field":"status","nth":2}"#,
            ..records
        },
        Link {
            target: notes,
            filter: r#"{"field":"notes"}"#,
            ..records
        },
        Link {
            target: count,
            usage: "aggregate",
            ..records
        },
    ];
    let (stage, form) = placed(&stage, FORM, &links).await;
    let person = stage.person().await;
    let nothing = brought(&person, status).await;
    assert_eq!(
        (&nothing["gap"], &nothing["value"]["entries"]),
        (&json!("NOT_ANSWERED"), &json!([]))
    );
    let made = "mutation { createContact(input: { name: \"Ada\" }) { contact { id } } }";
    let made = person.data(made, json!({})).await;
    let contact = &made["createContact"]["contact"]["id"];
    let entry = |status: &str, notes: Option<&str>| {
        let mut fields = vec![
            json!({ "key": "contact", "value": { "link": contact } }),
            json!({ "key": "status", "value": { "choice": status } }),
        ];
        fields.extend(notes.map(|text| json!({ "key": "notes", "value": { "text": text } })));
        json!({ "fields": fields })
    };
    let entries = [entry("planned", Some("warm")), entry("talked", None)];
    answer(&person, form, json!({ "record": { "entries": entries } })).await;
    let field = |key: &str, value: Value| json!([{ "fields": [{ "key": key, "state": "UNLOCKED", "value": value }] }]);
    let second = brought(&person, status).await;
    assert_eq!(
        second["value"]["entries"],
        field("status", json!({ "choice": "talked" }))
    );
    assert_eq!(second["total"], json!(2));
    let noted = brought(&person, notes).await;
    assert_eq!(
        noted["value"]["entries"],
        field("notes", json!({ "text": "warm" }))
    );
    assert_eq!(
        brought(&person, count).await["value"],
        json!({ "count": 2 })
    );
    stage.lock(&person).await;
    assert_eq!(brought(&person, notes).await["gap"], "LOCKED");
    assert_eq!(brought(&person, status).await["gap"], json!(null));
}

async fn a_collection_brings_what_is_kept_elsewhere(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let target = prompts(&stage)[0];
    let link = Link {
        target,
        data: "companies",
        filter: r#"{"top":1}"#,
        on_change: "flag",
        ..BESIDE
    };
    let (stage, collection) = placed(&stage, COLLECTION, &[link]).await;
    let person = stage.person().await;
    let create = |name: &str| {
        format!(
            "mutation {{ createCompany(input: {{ name: \"{name}\" }}) {{ company {{ id }} }} }}"
        )
    };
    person.data(&create("Mill"), json!({})).await;
    assert_eq!(prefill(&person, target).await["gap"], "NOT_ANSWERED");
    let done = json!({ "collection": true });
    answer(&person, collection, done.clone()).await;
    let shown = brought(&person, target).await;
    assert_eq!(shown["value"]["companies"], json!([{ "name": "Mill" }]));
    assert_eq!(
        prefill(&person, target).await["source"],
        json!(format!("placement:{collection}"))
    );
    write(&person, target, "One").await;
    test.database.clock().advance(Duration::minutes(1));
    assert!(answer(&person, collection, done).await.is_empty());
    assert!(stale(&person).await.is_empty(), "{FIRST}: nothing changed");
    person.data(&create("Bakery"), json!({})).await;
    assert_eq!(stale(&person).await.len(), 1);
    assert_eq!(brought(&person, target).await["total"], json!(2));
}
