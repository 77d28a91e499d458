//! What experiences consisted of, and the skills that it took.

use dreamtree_database::{on_both, testing::TestDatabase};
use serde_json::{Value, json};

use crate::support::{Person, Stage, clock, refusal};

const CREATE: &str = "mutation($input: CreateExperienceInput!) {
    createExperience(input: $input) { experience { id tasks { id text skill skillName matched score } } } }";
const UPDATE: &str = "mutation($input: UpdateExperienceInput!) {
    updateExperience(input: $input) { experience { revision tasks { id text skill skillName matched score } } } }";
const DELETE: &str = "mutation($input: DeleteInput!) { delete(input: $input) { id } }";

on_both!(
    a_task_finds_its_skill,
    a_task_keeps_what_it_was_linked_to,
    what_does_not_fit_is_refused,
    own_skills_of_tasks_go_with_the_last_that_names_them,
);

async fn make(person: &Person<'_>, tasks: Value) -> (Value, Value) {
    let input = json!({ "title": "Foundry", "tasks": tasks });
    let made = person.data(CREATE, json!({ "input": input })).await;
    let made = &made["createExperience"]["experience"];
    (made["id"].clone(), made["tasks"].clone())
}

fn links(tasks: &Value) -> Vec<(&str, &str, bool)> {
    let tasks = tasks.as_array().expect("a list").iter();
    tasks
        .map(|one| {
            let text = |field: &str| one[field].as_str().expect("a text");
            (text("skillName"), text("matched"), one["skill"].is_null())
        })
        .collect()
}

async fn a_task_finds_its_skill(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let person = stage.person().await;
    let name = stage.skill().name.clone();
    let mut mistyped = name.clone();
    mistyped.remove(3);
    let (ids, names) = person.listed_skills();
    let tasks = json!([{ "text": name.to_uppercase() }, { "text": mistyped }, { "text": "Bell founding" },
        { "text": "Kept the furnace going", "skill": ids[2] }]);
    let (_, tasks) = make(&person, tasks).await;
    assert_eq!(
        links(&tasks),
        [
            (name.as_str(), "EXACT", false),
            (name.as_str(), "FUZZY", false),
            ("Bell founding", "CUSTOM", true),
            (names[2].as_str(), "CHOSEN", false),
        ]
    );
    assert_eq!(
        (&tasks[0]["score"], &tasks[3]["score"]),
        (&json!(1.0), &json!(null))
    );
    let fuzzy = tasks[1]["score"].as_f64().expect("a score");
    assert!((0.9..1.0).contains(&fuzzy), "{fuzzy}");
    let proposed = person.rows("SELECT id FROM skill_proposals WHERE name = 'Bell founding'");
    assert_eq!(proposed.await.len(), 1, "the words go to the operators");
}

async fn a_task_keeps_what_it_was_linked_to(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let person = stage.person().await;
    let (ids, names) = person.listed_skills();
    let tasks =
        json!([{ "text": "Bell founding", "skill": ids[0] }, { "text": "Casting of lead" }]);
    let (id, before) = make(&person, tasks).await;
    let again = json!([{ "text": "Casting of lead" }, { "text": "Bell founding" }]);
    let change = json!({ "input": { "id": id, "tasks": again } });
    let changed = person.data(UPDATE, change).await;
    let after = &changed["updateExperience"]["experience"];
    assert_eq!(
        after["tasks"],
        json!([before[1], before[0]]),
        "in another order"
    );
    assert_eq!(after["revision"], 2);
    let chosen = json!([{ "text": "Bell founding", "skill": ids[1] }]);
    let change = json!({ "input": { "id": id, "tasks": chosen } });
    let changed = person.data(UPDATE, change).await;
    let after = &changed["updateExperience"]["experience"]["tasks"];
    assert_eq!(links(after), [(names[1].as_str(), "CHOSEN", false)]);
    let none = json!({ "input": { "id": id, "tasks": null } });
    let changed = person.data(UPDATE, none).await;
    assert_eq!(
        changed["updateExperience"]["experience"]["tasks"],
        json!([])
    );
}

async fn what_does_not_fit_is_refused(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let person = stage.person().await;
    let many: Vec<_> = (0..51)
        .map(|number| json!({ "text": format!("t{number}") }))
        .collect();
    let unknown = "skill:0190a3e4-0000-7000-8000-000000000001";
    for (tasks, code, field) in [
        (json!(many), "INVALID_INPUT", "input.tasks"),
        (
            json!([{ "text": " " }]),
            "INVALID_INPUT",
            "input.tasks[0].text",
        ),
        (
            json!([{ "text": "z".repeat(101) }]),
            "INVALID_INPUT",
            "input.tasks[0].text",
        ),
        (
            json!([{ "text": "z".repeat(201) }]),
            "INVALID_INPUT",
            "input.tasks[0].text",
        ),
        (
            json!([{ "text": "a" }, { "text": "a " }]),
            "DUPLICATE_ENTRY",
            "input.tasks[1]",
        ),
        (
            json!([{ "text": "a", "skill": unknown }]),
            "NOT_FOUND",
            "input.tasks[0].skill",
        ),
    ] {
        let input = json!({ "title": "x", "tasks": tasks });
        let refused = person.refused(CREATE, json!({ "input": input })).await;
        assert_eq!(refused, refusal(code, field));
    }
    assert!(
        person
            .rows("SELECT id FROM user_experiences")
            .await
            .is_empty()
    );
}

async fn own_skills_of_tasks_go_with_the_last_that_names_them(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let person = stage.person().await;
    let (one, _) = make(&person, json!([{ "text": "Bell founding" }])).await;
    let (other, _) = make(&person, json!([{ "text": "bell founding" }])).await;
    let own = async || person.rows("SELECT id FROM user_custom_skills").await.len();
    assert_eq!(own().await, 1);
    person.data(DELETE, json!({ "input": { "id": one } })).await;
    assert_eq!(own().await, 1, "the other one names it still");
    person
        .data(UPDATE, json!({ "input": { "id": other, "tasks": [] } }))
        .await;
    assert_eq!(own().await, 0);
}
