//! Failures seen anew, outside of the workbook.

use dreamtree_database::{on_both, testing::TestDatabase};
use serde_json::{Value, json};

use crate::support::{Person, Stage, clock, refusal};

const ALL: &str = "{ reframes { id instance state revision createdAt updatedAt
    texts { situation initialFeelings whatLearned whatWouldChange silverLining nextStep
        reframedStatement } } }";
const CREATE: &str = "mutation($input: CreateReframeInput!) { createReframe(input: $input) {
    reframe { id } } }";
const UPDATE: &str = "mutation($input: UpdateReframeInput!) { updateReframe(input: $input) {
    reframe { revision texts { situation nextStep } } } }";
const DELETE: &str = "mutation($input: DeleteInput!) { delete(input: $input) { id } }";

on_both!(
    every_column_comes_back,
    what_is_left_out_stays_and_null_takes_away,
    the_slower_device_is_told_and_shown,
    what_does_not_fit_is_refused,
    texts_are_sealed_in_the_row,
    ten_reframes_cost_what_one_costs,
);

async fn create(person: &Person<'_>, input: Value) -> Value {
    let mut made = person.data(CREATE, json!({ "input": input })).await;
    made["createReframe"]["reframe"]["id"].take()
}

async fn every_column_comes_back(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let person = stage.person().await;
    let texts = json!({ "situation": "lost", "initialFeelings": "sad", "whatLearned": "maps",
        "whatWouldChange": "ask", "silverLining": "view", "nextStep": "walk",
        "reframedStatement": "I find ways" });
    let id = create(&person, texts.clone()).await;
    let now = "2026-03-01T12:00:00Z";
    assert_eq!(
        person.data(ALL, json!({})).await["reframes"],
        json!([{ "id": id, "instance": null, "state": "UNLOCKED", "revision": 1,
            "createdAt": now, "updatedAt": now, "texts": texts }])
    );
    person.data(DELETE, json!({ "input": { "id": id } })).await;
    assert_eq!(person.data(ALL, json!({})).await["reframes"], json!([]));
}

async fn what_is_left_out_stays_and_null_takes_away(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let person = stage.person().await;
    let input = json!({ "situation": "lost", "nextStep": "walk" });
    let id = create(&person, input).await;
    let change = json!({ "input": { "id": id, "nextStep": null } });
    let changed = person.data(UPDATE, change).await;
    assert_eq!(
        changed["updateReframe"]["reframe"],
        json!({ "revision": 2, "texts": { "situation": "lost", "nextStep": null } })
    );
}

async fn the_slower_device_is_told_and_shown(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let person = stage.person().await;
    let id = create(&person, json!({ "situation": "lost" })).await;
    let to = |text: &str| json!({ "input": { "id": id, "situation": text, "expectedVersion": 1 } });
    person.data(UPDATE, to("late")).await;
    let slower = person.ask(UPDATE, to("ill")).await;
    let conflict = refusal("CONFLICT", "input.expectedVersion");
    assert_eq!(slower.errors, std::slice::from_ref(&conflict));
    let shown = &slower.data["updateReframe"]["reframe"];
    assert_eq!(shown["texts"]["situation"], json!("late"));
    let delete = json!({ "input": { "id": id, "expectedVersion": 1 } });
    assert_eq!(person.refused(DELETE, delete).await, conflict);
}

async fn what_does_not_fit_is_refused(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let (person, other) = (stage.person().await, stage.person().await);
    for (input, field) in [
        (json!({}), "input"),
        (json!({ "silverLining": " " }), "input"),
        (
            json!({ "whatLearned": "x".repeat(5_001) }),
            "input.whatLearned",
        ),
    ] {
        let refused = person.refused(CREATE, json!({ "input": input })).await;
        assert_eq!(refused, refusal("INVALID_INPUT", field));
    }
    let id = create(&person, json!({ "situation": "lost" })).await;
    let empty = json!({ "input": { "id": id, "situation": null } });
    let refused = person.refused(UPDATE, empty).await;
    assert_eq!(refused, refusal("INVALID_INPUT", "input"));
    for mutation in [UPDATE, DELETE] {
        let refused = other
            .refused(mutation, json!({ "input": { "id": id } }))
            .await;
        assert_eq!(refused, refusal("NOT_FOUND", "input.id"));
    }
}

async fn texts_are_sealed_in_the_row(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let person = stage.person().await;
    create(&person, json!({ "whatLearned": "maps" })).await;
    let rows = person
        .rows("SELECT what_learned, key_generation FROM user_failure_reframes")
        .await;
    let [row] = rows.as_slice() else {
        panic!("{} rows", rows.len())
    };
    let kept: String = row.try_get_by_index(0).expect("a text");
    assert!(!kept.contains("maps"), "{kept}");
    assert_eq!(row.try_get_by_index::<i32>(1).expect("a number"), 1);
}

async fn ten_reframes_cost_what_one_costs(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let person = stage.person().await;
    for number in 0..10 {
        create(&person, json!({ "situation": format!("No. {number}") })).await;
        let shown = person.ask(ALL, json!({})).await;
        assert_eq!(shown.statements, 2, "the session and the reframes");
    }
}
