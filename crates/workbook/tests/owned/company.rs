//! Companies, and how statuses came about.

use dreamtree_database::{on_both, testing::TestDatabase};
use sea_orm::{ConnectionTrait, Statement};
use serde_json::{Value, json};

use crate::support::{Person, Stage, clock, refusal};

const ALL: &str = "{ companies { id name status researchNotes url revision createdAt updatedAt
    history { from to note { state value } changedAt } } }";
const CREATE: &str = "mutation($input: CreateCompanyInput!) { createCompany(input: $input) {
    company { id name revision history { from to } } } }";
const UPDATE: &str = "mutation($input: UpdateCompanyInput!) { updateCompany(input: $input) {
    company { name status researchNotes url revision history { from to note { value } } } } }";
const DELETE: &str = "mutation($input: DeleteInput!) { delete(input: $input) { id } }";
const STRANGER: &str = "company:0190a3e4-0000-7000-8000-000000000001";

on_both!(
    every_column_comes_back,
    what_is_left_out_stays_and_null_takes_away,
    only_a_change_of_the_status_is_noted,
    a_note_needs_a_change,
    a_repeated_request_notes_nothing_twice,
    the_slower_device_is_told_and_shown,
    what_does_not_fit_is_refused,
    those_who_work_there_and_its_jobs_stay,
    notes_of_changes_are_sealed,
    the_job_board_costs_two_statements,
    a_status_changes_five_hundred_times_at_most,
);

async fn create(person: &Person<'_>, input: Value) -> Value {
    let mut made = person.data(CREATE, json!({ "input": input })).await;
    made["createCompany"]["company"].take()
}

async fn update(person: &Person<'_>, input: Value) -> Value {
    let mut made = person.data(UPDATE, json!({ "input": input })).await;
    made["updateCompany"]["company"].take()
}

async fn every_column_comes_back(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let person = stage.person().await;
    let input = json!({ "name": " Bakery ", "status": "IN_CONVERSATION", "statusNote": "Ana",
        "researchNotes": "rye", "url": "https://bakery.example/jobs" });
    let id = create(&person, input).await["id"].take();
    let now = "2026-03-01T12:00:00Z";
    assert_eq!(
        person.data(ALL, json!({})).await["companies"],
        json!([{ "id": id, "name": "Bakery", "status": "IN_CONVERSATION",
            "researchNotes": "rye", "url": "https://bakery.example/jobs",
            "revision": 1, "createdAt": now, "updatedAt": now,
            "history": [{ "from": null, "to": "IN_CONVERSATION",
                "note": { "state": "UNLOCKED", "value": "Ana" }, "changedAt": now }] }])
    );
    person.data(DELETE, json!({ "input": { "id": id } })).await;
    let left = person.data(ALL, json!({})).await;
    assert_eq!(left["companies"], json!([]));
    let changes = person.rows("SELECT id FROM user_status_changes").await;
    assert!(changes.is_empty(), "the history goes with the company");
}

async fn what_is_left_out_stays_and_null_takes_away(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let person = stage.person().await;
    let input = json!({ "name": "Bakery", "status": "TARGETED", "researchNotes": "rye",
        "url": "http://bakery.example" });
    let id = create(&person, input).await["id"].take();
    let changed = update(&person, json!({ "id": id, "url": null, "name": "Mill" })).await;
    assert_eq!(
        changed,
        json!({ "name": "Mill", "status": "TARGETED", "researchNotes": "rye", "url": null,
            "revision": 2, "history": [{ "from": null, "to": "TARGETED", "note": { "value": null } }] })
    );
    let blank = json!({ "id": id, "researchNotes": " ", "status": null });
    let changed = update(&person, blank).await;
    assert_eq!(
        (&changed["researchNotes"], &changed["status"]),
        (&json!(null), &json!(null))
    );
    assert_eq!(
        changed["history"][0],
        json!({ "from": "TARGETED", "to": null, "note": { "value": null } })
    );
}

async fn only_a_change_of_the_status_is_noted(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let person = stage.person().await;
    let made = create(&person, json!({ "name": "Bakery" })).await;
    assert_eq!(made["history"], json!([]));
    for status in ["RESEARCHING", "RESEARCHING", "CONTACTED"] {
        update(&person, json!({ "id": made["id"], "status": status })).await;
    }
    let last = json!({ "id": made["id"], "status": "CLOSED", "statusNote": " no luck " });
    let changed = update(&person, last).await;
    assert_eq!(
        changed["history"],
        json!([
            { "from": "CONTACTED", "to": "CLOSED", "note": { "value": "no luck" } },
            { "from": "RESEARCHING", "to": "CONTACTED", "note": { "value": null } },
            { "from": null, "to": "RESEARCHING", "note": { "value": null } },
        ])
    );
}

async fn a_note_needs_a_change(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let person = stage.person().await;
    let input = json!({ "name": "Bakery", "status": "CLOSED" });
    let id = create(&person, input).await["id"].take();
    for input in [
        json!({ "id": id, "name": "Mill", "statusNote": "lost" }),
        json!({ "id": id, "status": "CLOSED", "statusNote": "lost" }),
        json!({ "id": id, "status": "TARGETED", "statusNote": "x".repeat(501) }),
    ] {
        let refused = person.refused(UPDATE, json!({ "input": input })).await;
        assert_eq!(refused, refusal("INVALID_INPUT", "input.statusNote"));
    }
    let kept = person.data(ALL, json!({})).await;
    let kept = &kept["companies"][0];
    assert_eq!(
        (&kept["name"], &kept["revision"]),
        (&json!("Bakery"), &json!(1))
    );
}

async fn a_repeated_request_notes_nothing_twice(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let person = stage.person().await;
    let input = json!({ "id": STRANGER, "name": "Bakery", "status": "TARGETED" });
    let first = create(&person, input.clone()).await;
    assert_eq!(create(&person, input).await, first);
    assert_eq!(
        first["history"],
        json!([{ "from": null, "to": "TARGETED" }])
    );
}

async fn the_slower_device_is_told_and_shown(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let person = stage.person().await;
    let input = json!({ "name": "Bakery", "status": "TARGETED" });
    let id = create(&person, input).await["id"].take();
    let to =
        |status: &str| json!({ "input": { "id": id, "status": status, "expectedVersion": 1 } });
    person.data(UPDATE, to("CONTACTED")).await;
    let slower = person.ask(UPDATE, to("CLOSED")).await;
    let conflict = refusal("CONFLICT", "input.expectedVersion");
    assert_eq!(slower.errors, std::slice::from_ref(&conflict));
    let shown = &slower.data["updateCompany"]["company"];
    assert_eq!(
        (&shown["status"], &shown["revision"]),
        (&json!("CONTACTED"), &json!(2))
    );
    assert_eq!(shown["history"].as_array().map(Vec::len), Some(2));
    let delete = json!({ "input": { "id": id, "expectedVersion": 1 } });
    assert_eq!(person.refused(DELETE, delete).await, conflict);
}

async fn what_does_not_fit_is_refused(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let (person, other) = (stage.person().await, stage.person().await);
    for (input, field) in [
        (json!({ "name": " " }), "input.name"),
        (json!({ "name": "x".repeat(201) }), "input.name"),
        (
            json!({ "name": "x", "researchNotes": "x".repeat(5_001) }),
            "input.researchNotes",
        ),
        (
            json!({ "name": "x", "url": "javascript:alert(1)" }),
            "input.url",
        ),
        (
            json!({ "name": "x", "url": format!("https://{}", "x".repeat(1_993)) }),
            "input.url",
        ),
    ] {
        let refused = person.refused(CREATE, json!({ "input": input })).await;
        assert_eq!(refused, refusal("INVALID_INPUT", field));
    }
    let id = create(&person, json!({ "name": "Bakery" })).await["id"].take();
    let nameless = json!({ "input": { "id": id, "name": null } });
    let refused = person.refused(UPDATE, nameless).await;
    assert_eq!(refused, refusal("INVALID_INPUT", "input.name"));
    for id in [&id, &json!(STRANGER)] {
        for mutation in [UPDATE, DELETE] {
            let foreign = json!({ "input": { "id": id } });
            let refused = other.refused(mutation, foreign).await;
            assert_eq!(refused, refusal("NOT_FOUND", "input.id"));
        }
    }
    let kept = person.data(ALL, json!({})).await;
    assert_eq!(kept["companies"].as_array().map(Vec::len), Some(1));
}

async fn those_who_work_there_and_its_jobs_stay(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let person = stage.person().await;
    let id = create(&person, json!({ "name": "Bakery" })).await["id"].take();
    let both = "mutation($company: ID!) {
        createContact(input: { name: \"Ana\", company: $company }) { contact { company } }
        createJob(input: { title: \"Baker\", company: $company }) { job { company } } }";
    let made = person.data(both, json!({ "company": id })).await;
    assert_eq!(made["createContact"]["contact"]["company"], id);
    assert_eq!(made["createJob"]["job"]["company"], id);
    person.data(DELETE, json!({ "input": { "id": id } })).await;
    let left = person
        .data(
            "{ contacts { company revision } jobs { company revision } }",
            json!({}),
        )
        .await;
    let alone = json!([{ "company": null, "revision": 2 }]);
    assert_eq!(left, json!({ "contacts": alone, "jobs": alone }));
}

async fn notes_of_changes_are_sealed(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let person = stage.person().await;
    let input = json!({ "name": "Bakery", "status": "CONTACTED", "statusNote": "met Ana" });
    create(&person, input).await;
    let rows = person
        .rows("SELECT note, key_generation FROM user_status_changes")
        .await;
    let [row] = rows.as_slice() else {
        panic!("{} rows", rows.len())
    };
    let note: String = row.try_get_by_index(0).expect("a note");
    assert!(!note.contains("Ana"), "{note}");
    assert_eq!(row.try_get_by_index::<i32>(1).expect("a number"), 1);
}

async fn the_job_board_costs_two_statements(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let person = stage.person().await;
    let board = "{ companies { name history { to } } contacts { name { value } history { to } }
        jobs { title history { to } } }";
    let fill = "mutation($name: String!) {
        createCompany(input: { name: $name, status: TARGETED }) { company { id } }
        createContact(input: { name: $name, status: COLD }) { contact { id } }
        createJob(input: { title: $name, status: SAVED }) { job { id } } }";
    for name in ["A", "B", "C", "D", "E"] {
        person.data(fill, json!({ "name": name })).await;
    }
    let first = create(&person, json!({ "name": "F", "status": "TARGETED" })).await;
    update(&person, json!({ "id": first["id"], "status": "CLOSED" })).await;
    let shown = person.ask(board, json!({})).await;
    assert_eq!(shown.statements, 2, "the session and all lists");
    let companies = shown.data["companies"].as_array().expect("a list");
    assert_eq!(companies.len(), 6);
    assert_eq!(
        companies[5],
        json!({ "name": "F", "history": [{ "to": "CLOSED" }, { "to": "TARGETED" }] })
    );
    let names = person.ask("{ companies { name } }", json!({})).await;
    assert_eq!(names.statements, 2, "the session and the companies");
}

async fn a_status_changes_five_hundred_times_at_most(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let person = stage.person().await;
    let made = create(&person, json!({ "name": "Bakery", "status": "TARGETED" })).await;
    let id = made["id"].as_str().expect("an id").strip_prefix("company:");
    let id = uuid::Uuid::try_parse(id.expect("a company")).expect("an id");
    let scope = stage.write(&person).await;
    for _ in 1..499 {
        let sql = "INSERT INTO user_status_changes (user_id, id, company_id, new_status, changed_at) \
            VALUES ($1, $2, $3, 'targeted', $4)";
        let (user, own) = (scope.user().into(), uuid::Uuid::now_v7().into());
        let values = [user, own, id.into(), scope.now().into()];
        let backend = scope.connection().get_database_backend();
        let statement = Statement::from_sql_and_values(backend, sql, values);
        scope
            .connection()
            .execute_raw(statement)
            .await
            .expect("a change");
    }
    scope.commit().await.expect("committed");
    let change = |status: &str| json!({ "id": made["id"], "status": status });
    update(&person, change("CONTACTED")).await;
    let refused = person
        .refused(UPDATE, json!({ "input": change("TARGETED") }))
        .await;
    assert_eq!(refused, refusal("INVALID_INPUT", "input.status"));
    let renamed = update(&person, json!({ "id": made["id"], "name": "Mill" })).await;
    assert_eq!(renamed["name"], "Mill", "all else goes on");
}
