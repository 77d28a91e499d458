//! Who a person finds they are.

use dreamtree_content::{PlacementId, ToolKind};
use dreamtree_database::{on_both, testing::TestDatabase};
use serde_json::{Value, json};

use crate::support::{Person, Stage, clock, refusal};

const PROFILE: &str =
    "{ profile { headline { state value } summary { state value } identityStory { value }
    allegory { value } valueProposition { value } lifeDashboard { work notes { state value } }
    revision createdAt updatedAt } }";
const UPDATE: &str = "mutation($input: UpdateProfileInput!) { updateProfile(input: $input) {
    profile { headline { state value } summary { state value } revision } } }";
const RATE: &str =
    "mutation($id: ID!, $work: Int!, $notes: String) { answer(input: { placement: $id,
    value: { lifeDashboard: { work: $work, play: 2, love: 3, health: 4, notes: $notes } } }) {
    block { answer { revision } } } }";
/// Each text and the most characters it may have.
const TEXTS: [(&str, usize); 5] = [
    ("headline", 200),
    ("summary", 1_000),
    ("identityStory", 10_000),
    ("allegory", 10_000),
    ("valueProposition", 200),
];

on_both!(
    texts_begin_empty_and_are_changed_one_by_one,
    the_slower_device_is_told_and_shown,
    the_dashboard_and_the_texts_do_not_get_in_each_others_way,
    a_locked_profile_shows_that_it_is_and_takes_nothing,
    what_does_not_fit_is_refused,
    texts_are_sealed_in_the_row,
);

async fn change(person: &Person<'_>, input: Value) -> Value {
    let data = person.data(UPDATE, json!({ "input": input })).await;
    data["updateProfile"]["profile"].clone()
}

async fn profile(person: &Person<'_>) -> Value {
    person.data(PROFILE, json!({})).await["profile"].clone()
}

async fn texts_begin_empty_and_are_changed_one_by_one(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let (person, other) = (stage.person().await, stage.person().await);
    let empty = person.ask(PROFILE, json!({})).await;
    assert_eq!(empty.statements, 2, "the session and the profile");
    let empty = &empty.data["profile"];
    assert_eq!(
        empty["headline"],
        json!({ "state": "EMPTY", "value": null })
    );
    assert_eq!(
        (&empty["revision"], &empty["createdAt"]),
        (&json!(0), &json!(null))
    );
    change(
        &person,
        json!({ "headline": " Builder ", "allegory": "A fox", "expectedVersion": 0 }),
    )
    .await;
    let changed = change(&person, json!({ "headline": null, "summary": "I build." })).await;
    let (none, summary) = (
        json!({ "state": "EMPTY", "value": null }),
        json!({ "state": "UNLOCKED", "value": "I build." }),
    );
    assert_eq!(
        changed,
        json!({ "headline": none, "summary": summary, "revision": 2 })
    );
    assert_eq!(
        profile(&person).await["allegory"]["value"],
        "A fox",
        "left out"
    );
    assert_eq!(
        profile(&other).await["revision"],
        0,
        "nobody sees another person's"
    );
}

async fn the_slower_device_is_told_and_shown(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let person = stage.person().await;
    let input = |text: &str, version: i32| json!({ "input": { "headline": text, "expectedVersion": version } });
    person.data(UPDATE, input("Builder", 0)).await;
    let slower = person.ask(UPDATE, input("Dreamer", 0)).await;
    assert_eq!(
        slower.errors,
        [refusal("CONFLICT", "input.expectedVersion")]
    );
    let shown = &slower.data["updateProfile"]["profile"];
    assert_eq!(
        (&shown["headline"]["value"], &shown["revision"]),
        (&json!("Builder"), &json!(1))
    );
    assert_eq!(profile(&person).await["headline"]["value"], "Builder");
}

/// Opens the way to the life dashboard of the workbook.
async fn dashboard(stage: &Stage<'_>, person: &Person<'_>) -> String {
    let all = stage.library().placements();
    let is_dashboard = |kind| kind == ToolKind::LifeDashboard;
    let at = all
        .iter()
        .position(|one| one.tool().is_some_and(|tool| is_dashboard(tool.tool.kind)));
    let at = at.expect("a dashboard");
    let before = all[..at]
        .iter()
        .filter(|one| one.required)
        .map(|one| one.id);
    stage
        .mark(person, &before.collect::<Vec<PlacementId>>(), clock().now())
        .await;
    format!("placement:{}", all[at].id.0)
}

async fn the_dashboard_and_the_texts_do_not_get_in_each_others_way(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let person = stage.person().await;
    let id = dashboard(&stage, &person).await;
    let rate = |work: i32| json!({ "id": id, "work": work, "notes": "Tired" });
    person.data(RATE, rate(5)).await;
    let rated = profile(&person).await;
    assert_eq!(
        (&rated["revision"], &rated["lifeDashboard"]["work"]),
        (&json!(0), &json!(5))
    );
    assert_eq!(rated["createdAt"], "2026-03-01T12:00:00Z");
    change(
        &person,
        json!({ "headline": "Builder", "expectedVersion": 0 }),
    )
    .await;
    // Saved by itself while the person writes on.
    person.data(RATE, rate(6)).await;
    let again = person.data(RATE, rate(7)).await;
    assert_eq!(again["answer"]["block"]["answer"]["revision"], 3);
    change(
        &person,
        json!({ "summary": "I build.", "expectedVersion": 1 }),
    )
    .await;
    let both = profile(&person).await;
    let dashboard = json!({ "work": 7, "notes": { "state": "UNLOCKED", "value": "Tired" } });
    assert_eq!(
        (&both["lifeDashboard"], &both["revision"]),
        (&dashboard, &json!(2))
    );
    assert_eq!(both["headline"]["value"], "Builder");
}

async fn a_locked_profile_shows_that_it_is_and_takes_nothing(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let person = stage.person().await;
    change(&person, json!({ "headline": "Builder" })).await;
    stage.lock(&person).await;
    let locked = profile(&person).await;
    assert_eq!(
        locked["headline"],
        json!({ "state": "LOCKED", "value": null })
    );
    assert_eq!(locked["summary"]["state"], "EMPTY");
    let input = json!({ "input": { "headline": "Dreamer" } });
    let (code, _) = person.refused(UPDATE, input).await;
    assert_eq!(code, "VAULT_LOCKED");
    assert_eq!(
        profile(&person).await["revision"],
        1,
        "nothing half-written"
    );
}

async fn what_does_not_fit_is_refused(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let person = stage.person().await;
    for (field, longest) in TEXTS {
        for text in ["x".repeat(longest + 1), "a\u{0}b".to_owned()] {
            let mut input = json!({ "headline": "Builder" });
            input[field] = json!(text);
            let refused = person.refused(UPDATE, json!({ "input": input })).await;
            assert_eq!(refused, refusal("INVALID_INPUT", &format!("input.{field}")));
        }
    }
    assert_eq!(
        profile(&person).await["revision"],
        0,
        "nothing half-written"
    );
    let full: Value = TEXTS
        .iter()
        .map(|(field, most)| ((*field).to_owned(), "ü".repeat(*most).into()))
        .collect::<serde_json::Map<_, _>>()
        .into();
    assert_eq!(change(&person, full).await["revision"], 1);
}

async fn texts_are_sealed_in_the_row(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let person = stage.person().await;
    let secret = "A fox in the snow";
    let all: Value = TEXTS
        .iter()
        .map(|(field, _)| ((*field).to_owned(), secret.into()))
        .collect::<serde_json::Map<_, _>>()
        .into();
    change(&person, all).await;
    let columns = "headline, summary, identity_story, allegory, value_proposition, key_generation";
    let rows = person
        .rows(&format!("SELECT {columns} FROM user_profile"))
        .await;
    let [row] = rows.as_slice() else {
        panic!("{} rows", rows.len())
    };
    for column in 0..5 {
        let sealed: String = row.try_get_by_index(column).expect("a text");
        assert!(
            sealed.starts_with("{\"v\":1,") && !sealed.contains("fox"),
            "{sealed}"
        );
    }
    assert_eq!(row.try_get_by_index::<i32>(5).expect("a generation"), 1);
}
