//! Openings and applications.

use dreamtree_database::{on_both, testing::TestDatabase};
use serde_json::{Value, json};

use crate::support::{Person, Stage, clock, refusal};

const ALL: &str = "query($company: ID, $status: JobStatus) {
    jobs(company: $company, status: $status) { id company title postingUrl status notes revision
        createdAt updatedAt history { from to note { value } changedAt } } }";
const CREATE: &str =
    "mutation($input: CreateJobInput!) { createJob(input: $input) { job { id } } }";
const UPDATE: &str = "mutation($input: UpdateJobInput!) { updateJob(input: $input) {
    job { company title postingUrl status notes revision history { from to note { value } } } } }";
const COMPANY: &str = "mutation { createCompany(input: { name: \"Bakery\" }) { company { id } } }";
const DELETE: &str = "mutation($input: DeleteInput!) { delete(input: $input) { id } }";
const STRANGER: &str = "company:0190a3e4-0000-7000-8000-000000000001";

on_both!(
    every_column_comes_back,
    what_is_left_out_stays_and_null_takes_away,
    jobs_are_found_by_company_and_status,
    a_company_is_one_of_the_persons_own,
    the_slower_device_is_told_and_shown,
    what_does_not_fit_is_refused,
    ten_jobs_cost_what_one_costs,
);

async fn create(person: &Person<'_>, input: Value) -> Value {
    let mut made = person.data(CREATE, json!({ "input": input })).await;
    made["createJob"]["job"]["id"].take()
}

async fn company(person: &Person<'_>) -> Value {
    let mut made = person.data(COMPANY, json!({})).await;
    made["createCompany"]["company"]["id"].take()
}

async fn baker(person: &Person<'_>) -> (Value, Value) {
    let company = company(person).await;
    let input = json!({ "title": " Baker ", "company": company, "status": "SAVED",
        "statusNote": "paper", "notes": "nights", "postingUrl": "https://jobs.example/1" });
    (create(person, input).await, company)
}

async fn every_column_comes_back(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let person = stage.person().await;
    let (id, company) = baker(&person).await;
    let now = "2026-03-01T12:00:00Z";
    assert_eq!(
        person.data(ALL, json!({})).await["jobs"],
        json!([{ "id": id, "company": company, "title": "Baker", "status": "SAVED",
            "postingUrl": "https://jobs.example/1", "notes": "nights", "revision": 1,
            "createdAt": now, "updatedAt": now, "history": [{ "from": null, "to": "SAVED",
                "note": { "value": "paper" }, "changedAt": now }] }])
    );
    person.data(DELETE, json!({ "input": { "id": id } })).await;
    assert_eq!(person.data(ALL, json!({})).await["jobs"], json!([]));
}

async fn what_is_left_out_stays_and_null_takes_away(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let person = stage.person().await;
    let (id, company) = baker(&person).await;
    let change = json!({ "id": id, "postingUrl": null, "status": "APPLIED" });
    let changed = person.data(UPDATE, json!({ "input": change })).await;
    assert_eq!(
        changed["updateJob"]["job"],
        json!({ "company": company, "title": "Baker", "postingUrl": null, "status": "APPLIED",
            "notes": "nights", "revision": 2,
            "history": [{ "from": "SAVED", "to": "APPLIED", "note": { "value": null } },
                { "from": null, "to": "SAVED", "note": { "value": "paper" } }] })
    );
    let change = json!({ "id": id, "company": null });
    let changed = person.data(UPDATE, json!({ "input": change })).await;
    assert_eq!(changed["updateJob"]["job"]["company"], json!(null));
}

async fn jobs_are_found_by_company_and_status(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let person = stage.person().await;
    let (saved, company) = baker(&person).await;
    let input = json!({ "title": "Miller", "company": company, "status": "APPLIED" });
    let applied = create(&person, input).await;
    let elsewhere = create(&person, json!({ "title": "Cook", "status": "APPLIED" })).await;
    for (wanted, expected) in [
        (json!({}), vec![&saved, &applied, &elsewhere]),
        (json!({ "company": company }), vec![&saved, &applied]),
        (json!({ "status": "APPLIED" }), vec![&applied, &elsewhere]),
        (
            json!({ "company": company, "status": "APPLIED" }),
            vec![&applied],
        ),
        (json!({ "company": STRANGER }), vec![]),
    ] {
        let found = person.data(ALL, wanted).await;
        let found: Vec<_> = found["jobs"].as_array().expect("a list").iter().collect();
        let ids: Vec<_> = found.iter().map(|job| &job["id"]).collect();
        assert_eq!(ids, expected);
    }
}

async fn a_company_is_one_of_the_persons_own(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let (person, other) = (stage.person().await, stage.person().await);
    let foreign = company(&other).await;
    let (id, _) = baker(&person).await;
    for company in [&foreign, &json!(STRANGER)] {
        let input = json!({ "input": { "title": "Cook", "company": company } });
        let refused = person.refused(CREATE, input).await;
        assert_eq!(refused, refusal("NOT_FOUND", "input.company"));
        let input = json!({ "input": { "id": id, "company": company } });
        let refused = person.refused(UPDATE, input).await;
        assert_eq!(refused, refusal("NOT_FOUND", "input.company"));
    }
    let all = person.data(ALL, json!({})).await;
    assert_eq!(all["jobs"].as_array().map(Vec::len), Some(1));
}

async fn the_slower_device_is_told_and_shown(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let person = stage.person().await;
    let (id, _) = baker(&person).await;
    let to =
        |status: &str| json!({ "input": { "id": id, "status": status, "expectedVersion": 1 } });
    person.data(UPDATE, to("APPLIED")).await;
    let slower = person.ask(UPDATE, to("WITHDRAWN")).await;
    let conflict = refusal("CONFLICT", "input.expectedVersion");
    assert_eq!(slower.errors, std::slice::from_ref(&conflict));
    let shown = &slower.data["updateJob"]["job"];
    assert_eq!(
        (&shown["status"], &shown["revision"]),
        (&json!("APPLIED"), &json!(2))
    );
    let delete = json!({ "input": { "id": id, "expectedVersion": 1 } });
    assert_eq!(person.refused(DELETE, delete).await, conflict);
}

async fn what_does_not_fit_is_refused(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let (person, other) = (stage.person().await, stage.person().await);
    for (input, field) in [
        (json!({ "title": "" }), "input.title"),
        (json!({ "title": "x".repeat(201) }), "input.title"),
        (
            json!({ "title": "x", "notes": "x".repeat(5_001) }),
            "input.notes",
        ),
        (
            json!({ "title": "x", "postingUrl": "ftp://jobs.example" }),
            "input.postingUrl",
        ),
    ] {
        let refused = person.refused(CREATE, json!({ "input": input })).await;
        assert_eq!(refused, refusal("INVALID_INPUT", field));
    }
    let (id, _) = baker(&person).await;
    for mutation in [UPDATE, DELETE] {
        let refused = other
            .refused(mutation, json!({ "input": { "id": id } }))
            .await;
        assert_eq!(refused, refusal("NOT_FOUND", "input.id"));
    }
}

async fn ten_jobs_cost_what_one_costs(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let person = stage.person().await;
    for number in 0..10 {
        let input = json!({ "title": format!("No. {number}"), "status": "SAVED" });
        create(&person, input).await;
        let shown = person.ask(ALL, json!({})).await;
        assert_eq!(shown.statements, 2, "the session and the jobs");
    }
}
