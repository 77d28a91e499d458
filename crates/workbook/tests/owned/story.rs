//! Stories outside of the workbook.

use dreamtree_database::{on_both, testing::TestDatabase};
use serde_json::{Value, json};

use crate::support::{Person, Stage, clock, refusal};

const ALL: &str = "query($type: StoryType, $experience: ID) {
    stories(type: $type, experience: $experience) { id type experience instance state revision
        texts { title situation obstacle action result evaluation discovery } createdAt updatedAt } }";
const CREATE: &str = "mutation($input: CreateStoryInput!) { createStory(input: $input) {
    story { id } } }";
const UPDATE: &str = "mutation($input: UpdateStoryInput!) { updateStory(input: $input) {
    story { type experience revision texts { title situation obstacle } } } }";
const DELETE: &str = "mutation($input: DeleteInput!) { delete(input: $input) { id } }";
const EXPERIENCE: &str =
    "mutation { createExperience(input: { title: \"Cook\" }) { experience { id } } }";
const STRANGER: &str = "experience:0190a3e4-0000-7000-8000-000000000001";

on_both!(
    every_column_comes_back,
    what_is_left_out_stays_and_null_takes_away,
    stories_are_found_by_type_and_experience,
    an_experience_is_one_of_the_persons_own,
    a_deleted_experience_leaves_its_stories,
    the_slower_device_is_told_and_shown,
    what_does_not_fit_is_refused,
    texts_are_sealed_in_the_row,
    ten_stories_cost_what_one_costs,
);

async fn create(person: &Person<'_>, input: Value) -> Value {
    let mut made = person.data(CREATE, json!({ "input": input })).await;
    made["createStory"]["story"]["id"].take()
}

async fn experience(person: &Person<'_>) -> Value {
    let mut made = person.data(EXPERIENCE, json!({})).await;
    made["createExperience"]["experience"]["id"].take()
}

async fn every_column_comes_back(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let person = stage.person().await;
    let experience = experience(&person).await;
    let texts = json!({ "title": "Flood", "situation": "It rained", "obstacle": "no boat",
        "action": "swam", "result": "dry", "evaluation": "good", "discovery": "I swim" });
    let mut input = texts.clone();
    input["type"] = json!("CHALLENGE");
    input["experience"] = experience.clone();
    let id = create(&person, input).await;
    let now = "2026-03-01T12:00:00Z";
    assert_eq!(
        person.data(ALL, json!({})).await["stories"],
        json!([{ "id": id, "type": "CHALLENGE", "experience": experience, "instance": null,
            "state": "UNLOCKED", "texts": texts, "revision": 1, "createdAt": now, "updatedAt": now }])
    );
    person.data(DELETE, json!({ "input": { "id": id } })).await;
    assert_eq!(person.data(ALL, json!({})).await["stories"], json!([]));
}

async fn what_is_left_out_stays_and_null_takes_away(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let person = stage.person().await;
    let experience = experience(&person).await;
    let input = json!({ "title": "Flood", "situation": "It rained", "experience": experience });
    let id = create(&person, input).await;
    let change = json!({ "id": id, "title": null, "obstacle": " no boat ", "type": "OTHER" });
    let changed = person.data(UPDATE, json!({ "input": change })).await;
    let texts = json!({ "title": null, "situation": "It rained", "obstacle": "no boat" });
    assert_eq!(
        changed["updateStory"]["story"],
        json!({ "type": "OTHER", "experience": experience, "revision": 2, "texts": texts })
    );
    let change = json!({ "id": id, "type": null, "experience": null });
    let changed = person.data(UPDATE, json!({ "input": change })).await;
    assert_eq!(
        changed["updateStory"]["story"],
        json!({ "type": null, "experience": null, "revision": 3, "texts": texts })
    );
}

async fn stories_are_found_by_type_and_experience(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let person = stage.person().await;
    let cook = experience(&person).await;
    let plain = create(&person, json!({ "situation": "a", "type": "OTHER" })).await;
    let told = json!({ "situation": "b", "type": "OTHER", "experience": cook });
    let told = create(&person, told).await;
    for (wanted, expected) in [
        (json!({}), vec![&plain, &told]),
        (json!({ "type": "OTHER" }), vec![&plain, &told]),
        (json!({ "type": "REFRAME" }), vec![]),
        (json!({ "experience": cook }), vec![&told]),
        (json!({ "experience": STRANGER }), vec![]),
    ] {
        let found = person.data(ALL, wanted).await;
        let found = found["stories"].as_array().expect("a list").clone();
        let ids: Vec<_> = found.iter().map(|story| &story["id"]).collect();
        assert_eq!(ids, expected);
    }
}

async fn an_experience_is_one_of_the_persons_own(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let (person, other) = (stage.person().await, stage.person().await);
    let foreign = experience(&other).await;
    let id = create(&person, json!({ "situation": "It rained" })).await;
    for experience in [&foreign, &json!(STRANGER)] {
        let input = json!({ "input": { "situation": "x", "experience": experience } });
        let refused = person.refused(CREATE, input).await;
        assert_eq!(refused, refusal("NOT_FOUND", "input.experience"));
        let change = json!({ "id": id, "situation": "x", "experience": experience });
        let refused = person.refused(UPDATE, json!({ "input": change })).await;
        assert_eq!(refused, refusal("NOT_FOUND", "input.experience"));
    }
    let all = person.data(ALL, json!({})).await;
    assert_eq!(all["stories"].as_array().map(Vec::len), Some(1));
    assert_eq!(all["stories"][0]["texts"]["situation"], json!("It rained"));
}

async fn a_deleted_experience_leaves_its_stories(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let person = stage.person().await;
    let (gone, kept) = (experience(&person).await, experience(&person).await);
    for experience in [&gone, &kept] {
        create(
            &person,
            json!({ "situation": "x", "experience": experience }),
        )
        .await;
    }
    person
        .data(DELETE, json!({ "input": { "id": gone } }))
        .await;
    let all = person.data(ALL, json!({})).await;
    let all = all["stories"].as_array().expect("a list");
    let pair = |index: usize| (&all[index]["experience"], &all[index]["revision"]);
    assert_eq!(pair(0), (&json!(null), &json!(2)));
    assert_eq!(pair(1), (&kept, &json!(1)));
}

async fn the_slower_device_is_told_and_shown(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let person = stage.person().await;
    let id = create(&person, json!({ "situation": "It rained" })).await;
    let to = |text: &str| json!({ "input": { "id": id, "situation": text, "expectedVersion": 1 } });
    person.data(UPDATE, to("It snowed")).await;
    let slower = person.ask(UPDATE, to("It hailed")).await;
    let conflict = refusal("CONFLICT", "input.expectedVersion");
    assert_eq!(slower.errors, std::slice::from_ref(&conflict));
    let shown = &slower.data["updateStory"]["story"];
    assert_eq!(shown["texts"]["situation"], json!("It snowed"));
    let delete = json!({ "input": { "id": id, "expectedVersion": 1 } });
    assert_eq!(person.refused(DELETE, delete).await, conflict);
}

async fn what_does_not_fit_is_refused(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let (person, other) = (stage.person().await, stage.person().await);
    for (input, field) in [
        (json!({ "title": "A title tells nothing" }), "input"),
        (
            json!({ "situation": "x", "title": "x".repeat(201) }),
            "input.title",
        ),
        (json!({ "discovery": "x".repeat(5_001) }), "input.discovery"),
    ] {
        let refused = person.refused(CREATE, json!({ "input": input })).await;
        assert_eq!(refused, refusal("INVALID_INPUT", field));
    }
    let id = create(&person, json!({ "situation": "It rained" })).await;
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
    create(
        &person,
        json!({ "title": "Flood", "situation": "It rained" }),
    )
    .await;
    let rows = person
        .rows("SELECT title, situation, key_generation FROM user_stories")
        .await;
    let [row] = rows.as_slice() else {
        panic!("{} rows", rows.len())
    };
    for (index, clear) in ["Flood", "rained"].iter().enumerate() {
        let kept: String = row.try_get_by_index(index).expect("a text");
        assert!(!kept.contains(clear), "{kept}");
    }
    assert_eq!(row.try_get_by_index::<i32>(2).expect("a number"), 1);
}

async fn ten_stories_cost_what_one_costs(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let person = stage.person().await;
    for number in 0..10 {
        create(&person, json!({ "situation": format!("No. {number}") })).await;
        let shown = person.ask(ALL, json!({})).await;
        assert_eq!(shown.statements, 2, "the session and the stories");
    }
}
