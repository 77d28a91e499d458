//! Collections: things that are kept elsewhere too, gathered to a purpose.

use dreamtree_database::{on_both, testing::TestDatabase};
use serde_json::{Value, json};

use crate::support::{Person, Stage, clock, refusal};

const DONE: &str = "mutation($id: ID!, $done: Boolean!) { answer(input: { placement: $id, value: { collection: $done } }) {
    block { state answer { state value { ... on CollectionAnswer {
        companies { name history { to } } contacts { name { state value } } jobs { title } milestones { title }
        careerOptions { title milestones { title } } experiences { title skills { name } }
        locations { name { state value } } } } } } } }";
const READ: &str =
    "query($id: ID!) { blocks(first: 1, around: $id) { nodes { answer { state value {
    ... on CollectionAnswer { companies { name } locations { name { state value } } } } } } } }";

on_both!(
    each_collection_shows_its_things,
    a_collection_asks_for_enough,
    a_collection_shows_what_is_there_now,
    what_is_private_stays_so,
    work_on_the_things_is_work_with_the_tool,
);

/// Each collection: its placement, the field that shows its things, a mutation that makes one, and how that looks.
fn kinds() -> [(&'static str, &'static str, &'static str, Value); 7] {
    let sealed = |name: &str| json!({ "name": { "state": "UNLOCKED", "value": name } });
    [
        (
            "placement:1131",
            "companies",
            "createCompany(input: { name: \"Mill\", status: TARGETED }) { company { id } }",
            json!({ "name": "Mill", "history": [{ "to": "TARGETED" }] }),
        ),
        (
            "placement:1132",
            "contacts",
            "createContact(input: { name: \"Miller\" }) { contact { id } }",
            sealed("Miller"),
        ),
        (
            "placement:1133",
            "jobs",
            "createJob(input: { title: \"Baker\" }) { job { id } }",
            json!({ "title": "Baker" }),
        ),
        (
            "placement:1134",
            "milestones",
            "createMilestone(input: { title: \"Oven\", year: 2030 }) { milestone { id } }",
            json!({ "title": "Oven" }),
        ),
        (
            "placement:1135",
            "careerOptions",
            "createCareerOption(input: { title: \"Bread\" }) { careerOption { id } }",
            json!({ "title": "Bread", "milestones": [] }),
        ),
        (
            "placement:1136",
            "experiences",
            "createExperience(input: { title: \"Cook\", skills: [{ customName: \"Dough\" }] }) { experience { id } }",
            json!({ "title": "Cook", "skills": [{ "name": "Dough" }] }),
        ),
        (
            "placement:1137",
            "locations",
            "createLocation(input: { name: \"Hills\" }) { location { id } }",
            sealed("Hills"),
        ),
    ]
}

async fn make(person: &Person<'_>, mutation: &str) {
    person
        .data(&format!("mutation {{ {mutation} }}"), json!({}))
        .await;
}

async fn done(person: &Person<'_>, placement: &str) -> Value {
    let mut saved = person
        .data(DONE, json!({ "id": placement, "done": true }))
        .await;
    saved["answer"]["block"].take()
}

async fn each_collection_shows_its_things(test: &TestDatabase) {
    let stage = Stage::with_tools(test).await;
    let (person, other) = (stage.person().await, stage.person().await);
    for (placement, field, mutation, expected) in kinds() {
        make(&other, mutation).await;
        make(&person, mutation).await;
        if field == "companies" {
            make(&person, &mutation.replace("Mill", "Bakery")).await;
        }
        let block = done(&person, placement).await;
        assert_eq!(
            (&block["state"], &block["answer"]["state"]),
            (&json!("ANSWERED"), &json!("UNLOCKED"))
        );
        let value = block["answer"]["value"].as_object().expect("a value");
        assert_eq!(value[field][0], expected, "{field}");
        let count = if field == "companies" { 2 } else { 1 };
        assert_eq!(
            value[field].as_array().map(Vec::len),
            Some(count),
            "only one's own"
        );
        let shown: Vec<_> = value.iter().filter(|(_, list)| !list.is_null()).collect();
        assert_eq!(shown.len(), 1, "{field} alone: {value:?}");
    }
}

async fn a_collection_asks_for_enough(test: &TestDatabase) {
    let stage = Stage::with_tools(test).await;
    let (person, other) = (stage.person().await, stage.person().await);
    for _ in 0..2 {
        make(&other, kinds()[0].2).await;
    }
    make(&person, kinds()[0].2).await;
    for (placement, field, ..) in kinds() {
        if field == "locations" {
            done(&person, placement).await;
            continue;
        }
        let refused = person
            .refused(DONE, json!({ "id": placement, "done": true }))
            .await;
        assert_eq!(
            refused,
            refusal("INVALID_INPUT", "input.value.collection"),
            "{field}"
        );
    }
    let refused = person
        .refused(DONE, json!({ "id": "placement:1137", "done": false }))
        .await;
    assert_eq!(refused, refusal("INVALID_INPUT", "input.value.collection"));
    make(&person, kinds()[0].2).await;
    done(&person, "placement:1131").await;
}

async fn a_collection_shows_what_is_there_now(test: &TestDatabase) {
    let stage = Stage::with_tools(test).await;
    let person = stage.person().await;
    let read = || person.data(READ, json!({ "id": "placement:1131" }));
    let answer = |read: Value| read["blocks"]["nodes"][0]["answer"].clone();
    assert_eq!(
        answer(read().await),
        json!({ "state": "EMPTY", "value": null })
    );
    for _ in 0..2 {
        make(&person, kinds()[0].2).await;
    }
    assert_eq!(answer(read().await)["state"], "EMPTY", "it is not done yet");
    done(&person, "placement:1131").await;
    make(&person, &kinds()[0].2.replace("Mill", "Bakery")).await;
    let value = &answer(read().await)["value"];
    assert_eq!(value["companies"][2], json!({ "name": "Bakery" }));
}

async fn what_is_private_stays_so(test: &TestDatabase) {
    let stage = Stage::with_tools(test).await;
    let person = stage.person().await;
    make(&person, kinds()[6].2).await;
    done(&person, "placement:1137").await;
    stage.lock(&person).await;
    let read = person.data(READ, json!({ "id": "placement:1137" })).await;
    let locations = &read["blocks"]["nodes"][0]["answer"]["value"]["locations"];
    assert_eq!(
        locations,
        &json!([{ "name": { "state": "LOCKED", "value": null } }])
    );
}

async fn work_on_the_things_is_work_with_the_tool(test: &TestDatabase) {
    let stage = Stage::with_tools(test).await;
    let person = stage.person().await;
    let due = "{ dailyDos { toolName } }";
    let weekly = json!({ "dailyDos": [{ "toolName": "company_tracker" }] });
    assert_eq!(person.data(due, json!({})).await, weekly);
    make(&person, kinds()[1].2).await;
    assert_eq!(
        person.data(due, json!({})).await,
        weekly,
        "a contact is no company"
    );
    make(&person, kinds()[0].2).await;
    assert_eq!(person.data(due, json!({})).await, json!({ "dailyDos": [] }));
}
