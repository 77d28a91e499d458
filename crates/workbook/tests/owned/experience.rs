//! Jobs, education and projects.

use dreamtree_database::{on_both, testing::TestDatabase};
use serde_json::{Value, json};

use crate::support::{Person, Stage, clock, refusal};

const ALL: &str = "query($type: ExperienceType) { experiences(type: $type) { id title organization type
    startDate endDate description skills { skill name category createdAt } revision createdAt updatedAt } }";
const CREATE: &str = "mutation($input: CreateExperienceInput!) { createExperience(input: $input) {
    experience { id skills { name } } } }";
const UPDATE: &str = "mutation($input: UpdateExperienceInput!) { updateExperience(input: $input) {
    experience { title organization type startDate endDate description skills { name } revision } } }";
const DELETE: &str = "mutation($input: DeleteInput!) { delete(input: $input) { id } }";
const STRANGER: &str = "experience:0190a3e4-0000-7000-8000-000000000001";

on_both!(
    every_column_comes_back,
    what_is_left_out_stays_and_null_takes_away,
    the_latest_start_comes_first,
    skills_are_replaced_as_a_whole,
    a_repeated_request_makes_nothing_twice,
    the_slower_device_is_told_and_shown,
    what_does_not_fit_is_refused,
    an_end_is_not_before_the_start,
    what_hangs_on_a_skill_goes_with_the_experience,
    five_experiences_cost_what_one_costs,
);

async fn create(person: &Person<'_>, input: Value) -> Value {
    let mut made = person.data(CREATE, json!({ "input": input })).await;
    made["createExperience"]["experience"]["id"].take()
}

async fn cook(person: &Person<'_>) -> Value {
    let (ids, _) = person.listed_skills();
    let input = json!({ "title": " Cook ", "organization": "Inn", "type": "JOB",
        "startDate": "2019-02-28", "endDate": "2019-02-28", "description": "hot",
        "skills": [{ "customName": " Plating " }, { "skill": ids[0] }] });
    create(person, input).await
}

async fn every_column_comes_back(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let person = stage.person().await;
    let id = cook(&person).await;
    let (ids, names) = person.listed_skills();
    let mut all = person.data(ALL, json!({})).await;
    let category = all["experiences"][0]["skills"][1]["category"].take();
    assert!(category.is_string(), "a listed skill has a category");
    let now = "2026-03-01T12:00:00Z";
    assert_eq!(
        all["experiences"],
        json!([{ "id": id, "title": "Cook", "organization": "Inn", "type": "JOB",
            "startDate": "2019-02-28", "endDate": "2019-02-28", "description": "hot",
            "skills": [
                { "skill": null, "name": "Plating", "category": null, "createdAt": now },
                { "skill": ids[0], "name": names[0], "category": null, "createdAt": now },
            ], "revision": 1, "createdAt": now, "updatedAt": now }])
    );
}

async fn what_is_left_out_stays_and_null_takes_away(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let person = stage.person().await;
    let id = cook(&person).await;
    let (_, names) = person.listed_skills();
    let change = json!({ "id": id, "endDate": null, "organization": null, "type": "PROJECT" });
    let changed = person.data(UPDATE, json!({ "input": change })).await;
    assert_eq!(
        changed["updateExperience"]["experience"],
        json!({ "title": "Cook", "organization": null, "type": "PROJECT",
            "startDate": "2019-02-28", "endDate": null, "description": "hot",
            "skills": [{ "name": "Plating" }, { "name": names[0] }], "revision": 2 })
    );
    let change = json!({ "id": id, "skills": null, "type": null, "description": " " });
    let changed = person.data(UPDATE, json!({ "input": change })).await;
    let changed = &changed["updateExperience"]["experience"];
    assert_eq!(changed["skills"], json!([]));
    assert_eq!(
        (&changed["type"], &changed["description"]),
        (&json!(null), &json!(null))
    );
}

async fn the_latest_start_comes_first(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let person = stage.person().await;
    for (title, start, kind) in [
        ("undated", None, "OTHER"),
        ("old", Some("1999-12-31"), "JOB"),
        ("new", Some("2020-01-01"), "EDUCATION"),
        ("also old", Some("1999-12-31"), "JOB"),
    ] {
        let input = json!({ "title": title, "startDate": start, "type": kind });
        create(&person, input).await;
    }
    let titles = |data: Value| -> Vec<String> {
        let all = data["experiences"].as_array().expect("a list").clone();
        let title = |one: &Value| one["title"].as_str().expect("a title").to_owned();
        all.iter().map(title).collect()
    };
    let all = titles(person.data(ALL, json!({})).await);
    assert_eq!(all, ["new", "old", "also old", "undated"]);
    let jobs = titles(person.data(ALL, json!({ "type": "JOB" })).await);
    assert_eq!(jobs, ["old", "also old"]);
}

async fn skills_are_replaced_as_a_whole(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let person = stage.person().await;
    let id = cook(&person).await;
    let (ids, names) = person.listed_skills();
    // The name of a listed skill stands for that skill, and one's own skill is the same in any case of letters.
    let skills = json!([{ "customName": names[1].to_uppercase() }, { "customName": "PLATING" },
        { "skill": ids[2] }]);
    let change = json!({ "input": { "id": id, "skills": skills } });
    person.data(UPDATE, change).await;
    let all = person.data(ALL, json!({})).await;
    let skills = all["experiences"][0]["skills"].as_array().expect("a list");
    let pairs: Vec<_> = skills
        .iter()
        .map(|one| (&one["skill"], &one["name"]))
        .collect();
    assert_eq!(
        pairs,
        [
            (&json!(ids[1]), &json!(names[1])),
            (&json!(null), &json!("Plating")),
            (&json!(ids[2]), &json!(names[2])),
        ]
    );
    assert_eq!(
        person.rows("SELECT id FROM user_custom_skills").await.len(),
        1
    );
}

async fn a_repeated_request_makes_nothing_twice(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let person = stage.person().await;
    for skill in ["Plating", "Juggling"] {
        let input = json!({ "id": STRANGER, "title": skill, "skills": [{ "customName": skill }] });
        let made = person.data(CREATE, json!({ "input": input })).await;
        let made = &made["createExperience"]["experience"];
        assert_eq!(made["skills"], json!([{ "name": "Plating" }]));
    }
    assert_eq!(
        person.rows("SELECT id FROM user_custom_skills").await.len(),
        1
    );
}

async fn the_slower_device_is_told_and_shown(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let person = stage.person().await;
    let id = cook(&person).await;
    let rename = |title: &str| json!({ "input": { "id": id, "title": title, "skills": [], "expectedVersion": 1 } });
    let first = json!({ "input": { "id": id, "title": "Chef", "expectedVersion": 1 } });
    person.data(UPDATE, first).await;
    let slower = person.ask(UPDATE, rename("Waiter")).await;
    let conflict = refusal("CONFLICT", "input.expectedVersion");
    assert_eq!(slower.errors, std::slice::from_ref(&conflict));
    let shown = &slower.data["updateExperience"]["experience"];
    assert_eq!(
        (&shown["title"], &shown["revision"]),
        (&json!("Chef"), &json!(2))
    );
    assert_eq!(shown["skills"].as_array().map(Vec::len), Some(2));
    let delete = json!({ "input": { "id": id, "expectedVersion": 1 } });
    assert_eq!(person.refused(DELETE, delete).await, conflict);
}

async fn what_does_not_fit_is_refused(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let (person, other) = (stage.person().await, stage.person().await);
    let (ids, _) = person.listed_skills();
    let many: Vec<_> = (0..51)
        .map(|number| json!({ "customName": format!("s{number}") }))
        .collect();
    for (input, code, field) in [
        (json!({ "title": " " }), "INVALID_INPUT", "input.title"),
        (
            json!({ "title": "x", "organization": "x".repeat(201) }),
            "INVALID_INPUT",
            "input.organization",
        ),
        (
            json!({ "title": "x", "description": "x".repeat(5_001) }),
            "INVALID_INPUT",
            "input.description",
        ),
        (
            json!({ "title": "x", "startDate": "1899-12-31" }),
            "INVALID_INPUT",
            "input.startDate",
        ),
        (
            json!({ "title": "x", "endDate": "2201-01-01" }),
            "INVALID_INPUT",
            "input.endDate",
        ),
        (
            json!({ "title": "x", "skills": many }),
            "INVALID_INPUT",
            "input.skills",
        ),
        (
            json!({ "title": "x", "skills": [{ "customName": "x".repeat(101) }] }),
            "INVALID_INPUT",
            "input.skills[0].customName",
        ),
        (
            json!({ "title": "x", "skills": [{ "skill": ids[0] }, { "skill": ids[0] }] }),
            "DUPLICATE_ENTRY",
            "input.skills[1]",
        ),
        (
            json!({ "title": "x", "skills": [{ "skill": "skill:0190a3e4-0000-7000-8000-000000000001" }] }),
            "NOT_FOUND",
            "input.skills[0].skill",
        ),
    ] {
        let refused = person.refused(CREATE, json!({ "input": input })).await;
        assert_eq!(refused, refusal(code, field));
    }
    assert_eq!(person.data(ALL, json!({})).await["experiences"], json!([]));
    let own = person.rows("SELECT id FROM user_custom_skills").await;
    assert!(own.is_empty(), "nothing half-written");
    let id = cook(&person).await;
    for mutation in [UPDATE, DELETE] {
        let refused = other
            .refused(mutation, json!({ "input": { "id": id } }))
            .await;
        assert_eq!(refused, refusal("NOT_FOUND", "input.id"));
    }
}

async fn an_end_is_not_before_the_start(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let person = stage.person().await;
    let early = refusal("INVALID_INPUT", "input.endDate");
    let input = json!({ "title": "x", "startDate": "2020-01-02", "endDate": "2020-01-01" });
    assert_eq!(
        person.refused(CREATE, json!({ "input": input })).await,
        early
    );
    let id = cook(&person).await;
    for change in [
        json!({ "id": id, "endDate": "2019-02-27" }),
        json!({ "id": id, "startDate": "2019-03-01" }),
    ] {
        assert_eq!(
            person.refused(UPDATE, json!({ "input": change })).await,
            early
        );
    }
    let both = json!({ "id": id, "startDate": "2020-01-01", "endDate": "2020-01-01" });
    person.data(UPDATE, json!({ "input": both })).await;
}

async fn what_hangs_on_a_skill_goes_with_the_experience(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let person = stage.person().await;
    let id = cook(&person).await;
    person.data(DELETE, json!({ "input": { "id": id } })).await;
    assert_eq!(person.data(ALL, json!({})).await["experiences"], json!([]));
    let links = person.rows("SELECT id FROM user_experience_skills").await;
    assert!(links.is_empty());
    let own = person.rows("SELECT id FROM user_custom_skills").await;
    assert!(own.is_empty(), "a skill of one's own that nothing names");
}

async fn five_experiences_cost_what_one_costs(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let person = stage.person().await;
    let (ids, _) = person.listed_skills();
    for number in 0..5 {
        let skills = json!([{ "skill": ids[number] }, { "customName": "Plating" },
            { "customName": format!("s{number}") }, { "skill": ids[5] }]);
        let input = json!({ "title": format!("No. {number}"), "skills": skills });
        create(&person, input).await;
        let shown = person.ask(ALL, json!({})).await;
        assert_eq!(
            shown.statements, 2,
            "the session, the experiences with their skills"
        );
        let skills = &shown.data["experiences"][number]["skills"];
        assert_eq!(skills.as_array().map(Vec::len), Some(4));
    }
}
