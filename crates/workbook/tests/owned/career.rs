//! Career options, and what becomes of their milestones.

use dreamtree_database::{on_both, testing::TestDatabase};
use serde_json::{Value, json};

use crate::support::{Person, Stage, clock, refusal};

const ALL: &str = "{ careerOptions { id title rank revision
    milestones { id title year quarter careerOption } } }";
const CREATE: &str =
    "mutation($input: CreateCareerOptionInput!) { createCareerOption(input: $input) {
    careerOption { id title description rank coherence workNeeds lifeNeeds unknowns notes
      milestones { id } revision } } }";
const UPDATE: &str =
    "mutation($input: UpdateCareerOptionInput!) { updateCareerOption(input: $input) {
    careerOption { title description coherence unknowns revision milestones { title } } } }";
const STEP: &str = "mutation($input: CreateMilestoneInput!) { createMilestone(input: $input) {
    milestone { id } } }";
const STEPS: &str = "{ milestones { title careerOption revision } }";
const DELETE: &str = "mutation($input: DeleteInput!) { delete(input: $input) { id } }";
const REORDER: &str = "mutation($input: ReorderInput!) { reorder(input: $input) { ids } }";

on_both!(
    an_option_is_made_changed_and_taken_away,
    the_slower_device_is_told_and_shown,
    milestones_outlive_their_option,
    ranks_stay_without_gaps_whatever_happens,
    more_than_three_cannot_be_ranked,
    what_does_not_fit_is_refused,
    ten_options_cost_what_one_costs,
);

async fn create(person: &Person<'_>, title: &str) -> String {
    let made = person
        .data(CREATE, json!({ "input": { "title": title } }))
        .await;
    let id = &made["createCareerOption"]["careerOption"]["id"];
    id.as_str().expect("an id").to_owned()
}

async fn step(person: &Person<'_>, option: &str, year: i32) {
    let input = json!({ "title": format!("Step of {year}"), "year": year, "careerOption": option });
    person.data(STEP, json!({ "input": input })).await;
}

async fn all(person: &Person<'_>) -> Vec<Value> {
    let data = person.data(ALL, json!({})).await;
    data["careerOptions"].as_array().expect("a list").clone()
}

/// The ids of the ranked ones; panics unless their ranks are 1, 2, 3 in this order, ahead of the rest.
async fn ranked(person: &Person<'_>) -> Vec<String> {
    let all = all(person).await;
    let ranks: Vec<Option<i64>> = all.iter().map(|one| one["rank"].as_i64()).collect();
    let count = ranks.iter().flatten().count();
    let dense = (1..).map(Some).take(count);
    let expected: Vec<Option<i64>> = dense
        .chain(std::iter::repeat_n(None, ranks.len() - count))
        .collect();
    assert_eq!(ranks, expected);
    let ids = all.iter().take(count).map(|one| one["id"].as_str());
    ids.map(|id| id.expect("an id").to_owned()).collect()
}

async fn an_option_is_made_changed_and_taken_away(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let person = stage.person().await;
    let input = json!({ "title": " Baker ", "description": "Bread", "coherence": 5, "workNeeds": 4,
        "lifeNeeds": 3, "unknowns": 1, "notes": " " });
    let made = person.data(CREATE, json!({ "input": input })).await;
    let made = &made["createCareerOption"]["careerOption"];
    let id = &made["id"];
    assert_eq!(
        made,
        &json!({ "id": id, "title": "Baker", "description": "Bread", "rank": null, "coherence": 5,
            "workNeeds": 4, "lifeNeeds": 3, "unknowns": 1, "notes": null, "milestones": [], "revision": 1 })
    );
    let change = json!({ "id": id, "description": null, "unknowns": 2 });
    let changed = person.data(UPDATE, json!({ "input": change })).await;
    assert_eq!(
        changed["updateCareerOption"]["careerOption"],
        json!({ "title": "Baker", "description": null, "coherence": 5, "unknowns": 2, "revision": 2,
            "milestones": [] })
    );
    let again = json!({ "input": { "id": id, "title": "Miller" } });
    let again = person.data(CREATE, again).await;
    let again = &again["createCareerOption"]["careerOption"];
    assert_eq!(
        (&again["title"], &again["revision"]),
        (&json!("Baker"), &json!(2)),
        "a repeated request makes nothing twice"
    );
    let delete = json!({ "input": { "id": id } });
    person.data(DELETE, delete.clone()).await;
    assert!(all(&person).await.is_empty());
    let gone = person.refused(DELETE, delete).await;
    assert_eq!(gone, refusal("NOT_FOUND", "input.id"));
}

async fn the_slower_device_is_told_and_shown(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let person = stage.person().await;
    let id = create(&person, "Baker").await;
    step(&person, &id, 2027).await;
    let rename =
        |title: &str| json!({ "input": { "id": id, "title": title, "expectedVersion": 1 } });
    person.data(UPDATE, rename("Miller")).await;
    let slower = person.ask(UPDATE, rename("Cook")).await;
    let conflict = [refusal("CONFLICT", "input.expectedVersion")];
    assert_eq!(slower.errors, conflict);
    let shown = &slower.data["updateCareerOption"]["careerOption"];
    assert_eq!(
        (&shown["title"], &shown["milestones"]),
        (&json!("Miller"), &json!([{ "title": "Step of 2027" }]))
    );
    let delete = json!({ "input": { "id": id, "expectedVersion": 1 } });
    assert_eq!([person.refused(DELETE, delete).await], conflict);
    let kept = &all(&person).await[0];
    assert_eq!(kept["title"], "Miller");
    assert_eq!(kept["milestones"][0]["careerOption"], json!(id));
}

async fn milestones_outlive_their_option(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let person = stage.person().await;
    let (baker, cook) = (
        create(&person, "Baker").await,
        create(&person, "Cook").await,
    );
    step(&person, &baker, 2028).await;
    step(&person, &cook, 2027).await;
    step(&person, &baker, 2026).await;
    let of_baker = &all(&person).await[0]["milestones"];
    let years: Vec<_> = of_baker.as_array().into_iter().flatten().collect();
    let years: Vec<_> = years.iter().map(|one| one["year"].as_i64()).collect();
    assert_eq!(years, [Some(2026), Some(2028)]);
    person
        .data(DELETE, json!({ "input": { "id": baker } }))
        .await;
    let steps = person.data(STEPS, json!({})).await;
    let step = |year: i32, option: Option<&str>, revision: i32| json!({ "title": format!("Step of {year}"), "careerOption": option, "revision": revision });
    let expected = [
        step(2026, None, 2),
        step(2027, Some(&cook), 1),
        step(2028, None, 2),
    ];
    assert_eq!(steps["milestones"], json!(expected));
}

/// A generator of its own (splitmix64), so that a failure can be repeated.
fn draw(state: &mut u64, below: usize) -> usize {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mixed = (*state ^ (*state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    usize::try_from((mixed >> 33) % u64::try_from(below).expect("small")).expect("small")
}

async fn ranks_stay_without_gaps_whatever_happens(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let person = stage.person().await;
    let mut seed = 7;
    let (mut there, mut model) = (Vec::new(), Vec::new());
    for turn in 0..40 {
        match draw(&mut seed, 3) {
            0 if there.len() > 2 => {
                let gone = there.remove(draw(&mut seed, there.len()));
                person
                    .data(DELETE, json!({ "input": { "id": gone } }))
                    .await;
                model.retain(|one| *one != gone);
            }
            1 if !there.is_empty() => {
                let mut rest = there.clone();
                let count = 1 + draw(&mut seed, there.len().min(3));
                model = (0..count)
                    .map(|_| rest.remove(draw(&mut seed, rest.len())))
                    .collect();
                person
                    .data(REORDER, json!({ "input": { "ids": model } }))
                    .await;
            }
            _ => there.push(create(&person, &format!("Path {turn}")).await),
        }
        assert_eq!(ranked(&person).await, model, "turn {turn}");
    }
}

async fn more_than_three_cannot_be_ranked(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let person = stage.person().await;
    let mut ids = Vec::new();
    for title in ["A", "B", "C", "D"] {
        ids.push(create(&person, title).await);
    }
    let three = json!({ "input": { "ids": ids[1..] } });
    person.data(REORDER, three).await;
    let four = person
        .refused(REORDER, json!({ "input": { "ids": ids } }))
        .await;
    assert_eq!(four, refusal("INVALID_INPUT", "input.ids"));
    assert_eq!(ranked(&person).await, ids[1..], "nothing half-written");
}

async fn what_does_not_fit_is_refused(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let (person, other) = (stage.person().await, stage.person().await);
    let id = create(&person, "Baker").await;
    for (name, value) in [
        ("title", json!(" ")),
        ("title", json!("x".repeat(201))),
        ("title", json!(null)),
        ("description", json!("x".repeat(5_001))),
        ("notes", json!("a\u{0}b")),
        ("coherence", json!(0)),
        ("workNeeds", json!(6)),
        ("lifeNeeds", json!(-1)),
        ("unknowns", json!(6)),
    ] {
        let mut input = json!({ "id": id, "coherence": 3 });
        input[name] = value;
        let refused = person.refused(UPDATE, json!({ "input": input })).await;
        assert_eq!(refused, refusal("INVALID_INPUT", &format!("input.{name}")));
    }
    let foreign = json!({ "input": { "id": id, "title": "Mine" } });
    let missing = refusal("NOT_FOUND", "input.id");
    assert_eq!(other.refused(UPDATE, foreign).await, missing);
    let foreign = json!({ "input": { "id": id } });
    assert_eq!(other.refused(DELETE, foreign).await, missing);
    let kept = &all(&person).await[0];
    assert_eq!(
        (&kept["title"], &kept["revision"]),
        (&json!("Baker"), &json!(1)),
        "nothing half-written"
    );
}

async fn ten_options_cost_what_one_costs(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let person = stage.person().await;
    let id = create(&person, "A").await;
    step(&person, &id, 2027).await;
    let one = person.ask(ALL, json!({})).await.statements;
    for title in ["B", "C", "D", "E", "F", "G", "H", "I", "J"] {
        let id = create(&person, title).await;
        step(&person, &id, 2027).await;
        step(&person, &id, 2028).await;
    }
    assert_eq!(person.ask(ALL, json!({})).await.statements, one);
    assert_eq!(one, 2, "the session, the options with their milestones");
}
