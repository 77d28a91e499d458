//! What matters to a person.

use dreamtree_database::{on_both, testing::TestDatabase};
use serde_json::{Value, json};

use crate::support::{Person, Stage, clock, refusal};

const VALUES: &str =
    "{ values { workValues lifeValues compassStatement revision createdAt updatedAt } }";
const UPDATE: &str = "mutation($input: UpdateValuesInput!) { updateValues(input: $input) {
    values { workValues lifeValues compassStatement revision } } }";

on_both!(
    values_begin_empty_and_are_changed_one_by_one,
    the_slower_device_is_told_and_shown,
    what_does_not_fit_is_refused,
    values_need_no_key_and_belong_to_one_person,
);

async fn change(person: &Person<'_>, input: Value) -> Value {
    let data = person.data(UPDATE, json!({ "input": input })).await;
    data["updateValues"]["values"].clone()
}

async fn values_begin_empty_and_are_changed_one_by_one(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let person = stage.person().await;
    let empty = person.ask(VALUES, json!({})).await;
    assert_eq!(
        empty.data["values"],
        json!({ "workValues": null, "lifeValues": null, "compassStatement": null,
            "revision": 0, "createdAt": null, "updatedAt": null })
    );
    assert_eq!(empty.statements, 2, "the session and the values");
    let input = json!({ "workValues": " Craft ", "lifeValues": "Company", "expectedVersion": 0 });
    change(&person, input).await;
    let changed = change(
        &person,
        json!({ "lifeValues": null, "compassStatement": "North" }),
    )
    .await;
    assert_eq!(
        changed,
        json!({ "workValues": "Craft", "lifeValues": null, "compassStatement": "North", "revision": 2 })
    );
    let blank = change(&person, json!({ "compassStatement": " \n" })).await;
    assert_eq!(blank["compassStatement"], json!(null));
    test.database.clock().advance(time::Duration::minutes(1));
    change(&person, json!({ "lifeValues": "Calm" })).await;
    let kept = person.data(VALUES, json!({})).await;
    assert_eq!(
        (&kept["values"]["createdAt"], &kept["values"]["updatedAt"]),
        (
            &json!("2026-03-01T12:00:00Z"),
            &json!("2026-03-01T12:01:00Z")
        )
    );
}

async fn the_slower_device_is_told_and_shown(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let person = stage.person().await;
    let input = |text: &str, version: i32| json!({ "input": { "workValues": text, "expectedVersion": version } });
    let early = person.ask(UPDATE, input("Craft", 1)).await;
    assert_eq!(early.errors, [refusal("CONFLICT", "input.expectedVersion")]);
    assert_eq!(
        early.data["updateValues"]["values"]["revision"], 0,
        "nothing there yet"
    );
    person.data(UPDATE, input("Craft", 0)).await;
    let slower = person.ask(UPDATE, input("Fame", 0)).await;
    assert_eq!(
        slower.errors,
        [refusal("CONFLICT", "input.expectedVersion")]
    );
    let shown = &slower.data["updateValues"]["values"];
    assert_eq!(
        (&shown["workValues"], &shown["revision"]),
        (&json!("Craft"), &json!(1))
    );
}

async fn what_does_not_fit_is_refused(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let person = stage.person().await;
    for field in ["workValues", "lifeValues", "compassStatement"] {
        for text in ["x".repeat(5_001), "a\u{0}b".to_owned()] {
            let mut input = json!({ "workValues": "Craft" });
            input[field] = json!(text);
            let refused = person.refused(UPDATE, json!({ "input": input })).await;
            assert_eq!(refused, refusal("INVALID_INPUT", &format!("input.{field}")));
        }
    }
    let kept = person.data(VALUES, json!({})).await;
    assert_eq!(kept["values"]["revision"], 0, "nothing half-written");
    change(&person, json!({ "workValues": "ü".repeat(5_000) })).await;
}

async fn values_need_no_key_and_belong_to_one_person(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let (person, other) = (stage.person().await, stage.person().await);
    stage.lock(&person).await;
    change(&person, json!({ "workValues": "Craft" })).await;
    let theirs = other.data(VALUES, json!({})).await;
    assert_eq!(theirs["values"]["workValues"], json!(null));
}
