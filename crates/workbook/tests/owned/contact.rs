//! People to talk to.

use dreamtree_database::{on_both, testing::TestDatabase};
use serde_json::{Value, json};

use crate::support::{Person, Stage, clock, refusal};

const ALL: &str =
    "query($company: ID) { contacts(company: $company) { id company name { state value }
    title { state value } status notes { state value } linkedinUrl { state value } revision
    createdAt updatedAt history { from to note { value } changedAt } } }";
const CREATE: &str = "mutation($input: CreateContactInput!) { createContact(input: $input) {
    contact { id } } }";
const UPDATE: &str = "mutation($input: UpdateContactInput!) { updateContact(input: $input) {
    contact { company name { value } title { value } status notes { value } linkedinUrl { value }
        revision history { from to note { value } } } } }";
const COMPANY: &str = "mutation { createCompany(input: { name: \"Bakery\" }) { company { id } } }";
const DELETE: &str = "mutation($input: DeleteInput!) { delete(input: $input) { id } }";
const STRANGER: &str = "company:0190a3e4-0000-7000-8000-000000000001";

on_both!(
    every_column_comes_back,
    what_is_left_out_stays_and_null_takes_away,
    a_company_is_one_of_the_persons_own,
    the_slower_device_is_told_and_shown,
    what_does_not_fit_is_refused,
    who_it_is_cannot_be_read_in_the_database,
    ten_contacts_cost_what_one_costs,
);

async fn create(person: &Person<'_>, input: Value) -> Value {
    let mut made = person.data(CREATE, json!({ "input": input })).await;
    made["createContact"]["contact"]["id"].take()
}

async fn company(person: &Person<'_>) -> Value {
    let mut made = person.data(COMPANY, json!({})).await;
    made["createCompany"]["company"]["id"].take()
}

async fn ana(person: &Person<'_>) -> (Value, Value) {
    let company = company(person).await;
    let input = json!({ "name": " Ana ", "title": "Baker", "company": company, "status": "WARM",
        "statusNote": "fair", "notes": "likes rye", "linkedinUrl": "https://in.example/ana" });
    (create(person, input).await, company)
}

async fn every_column_comes_back(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let person = stage.person().await;
    let (id, company) = ana(&person).await;
    create(&person, json!({ "name": "Ben" })).await;
    let now = "2026-03-01T12:00:00Z";
    let open = |text: &str| json!({ "state": "UNLOCKED", "value": text });
    let there = person.data(ALL, json!({ "company": company })).await;
    assert_eq!(
        there["contacts"],
        json!([{ "id": id, "company": company, "name": open("Ana"), "title": open("Baker"),
            "status": "WARM", "notes": open("likes rye"),
            "linkedinUrl": open("https://in.example/ana"), "revision": 1,
            "createdAt": now, "updatedAt": now, "history": [{ "from": null, "to": "WARM",
                "note": { "value": "fair" }, "changedAt": now }] }])
    );
    let all = person.data(ALL, json!({})).await;
    let ben = &all["contacts"][1];
    assert_eq!(ben["title"], json!({ "state": "EMPTY", "value": null }));
    assert_eq!(
        (&ben["company"], &ben["status"]),
        (&json!(null), &json!(null))
    );
    person.data(DELETE, json!({ "input": { "id": id } })).await;
    let there = person.data(ALL, json!({ "company": company })).await;
    assert_eq!(there["contacts"], json!([]));
}

async fn what_is_left_out_stays_and_null_takes_away(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let person = stage.person().await;
    let (id, _) = ana(&person).await;
    let change = json!({ "id": id, "company": null, "notes": null, "status": "CONNECTED" });
    let changed = person.data(UPDATE, json!({ "input": change })).await;
    assert_eq!(
        changed["updateContact"]["contact"],
        json!({ "company": null, "name": { "value": "Ana" }, "title": { "value": "Baker" },
            "status": "CONNECTED", "notes": { "value": null },
            "linkedinUrl": { "value": "https://in.example/ana" }, "revision": 2,
            "history": [{ "from": "WARM", "to": "CONNECTED", "note": { "value": null } },
                { "from": null, "to": "WARM", "note": { "value": "fair" } }] })
    );
}

async fn a_company_is_one_of_the_persons_own(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let (person, other) = (stage.person().await, stage.person().await);
    let foreign = company(&other).await;
    let (id, own) = ana(&person).await;
    for company in [&foreign, &json!(STRANGER)] {
        let input = json!({ "input": { "name": "Ben", "company": company } });
        let refused = person.refused(CREATE, input).await;
        assert_eq!(refused, refusal("NOT_FOUND", "input.company"));
        let input = json!({ "input": { "id": id, "company": company, "title": "Thief" } });
        let refused = person.refused(UPDATE, input).await;
        assert_eq!(refused, refusal("NOT_FOUND", "input.company"));
    }
    let all = person.data(ALL, json!({})).await;
    assert_eq!(all["contacts"].as_array().map(Vec::len), Some(1));
    assert_eq!(all["contacts"][0]["company"], own);
    assert_eq!(all["contacts"][0]["title"]["value"], json!("Baker"));
}

async fn the_slower_device_is_told_and_shown(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let person = stage.person().await;
    let (id, _) = ana(&person).await;
    let rename = |name: &str| json!({ "input": { "id": id, "name": name, "expectedVersion": 1 } });
    person.data(UPDATE, rename("Anna")).await;
    let slower = person.ask(UPDATE, rename("Anne")).await;
    let conflict = refusal("CONFLICT", "input.expectedVersion");
    assert_eq!(slower.errors, std::slice::from_ref(&conflict));
    let shown = &slower.data["updateContact"]["contact"];
    assert_eq!(
        (&shown["name"]["value"], &shown["revision"]),
        (&json!("Anna"), &json!(2))
    );
    let delete = json!({ "input": { "id": id, "expectedVersion": 1 } });
    assert_eq!(person.refused(DELETE, delete).await, conflict);
}

async fn what_does_not_fit_is_refused(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let (person, other) = (stage.person().await, stage.person().await);
    for (input, field) in [
        (json!({ "name": " " }), "input.name"),
        (
            json!({ "name": "x", "title": "x".repeat(201) }),
            "input.title",
        ),
        (json!({ "name": "x", "notes": "a\u{0}b" }), "input.notes"),
        (
            json!({ "name": "x", "linkedinUrl": "in/ana" }),
            "input.linkedinUrl",
        ),
        (
            json!({ "name": "x", "statusNote": "why" }),
            "input.statusNote",
        ),
    ] {
        let refused = person.refused(CREATE, json!({ "input": input })).await;
        assert_eq!(refused, refusal("INVALID_INPUT", field));
    }
    let (id, _) = ana(&person).await;
    let nameless = json!({ "input": { "id": id, "name": null } });
    let refused = person.refused(UPDATE, nameless).await;
    assert_eq!(refused, refusal("INVALID_INPUT", "input.name"));
    for mutation in [UPDATE, DELETE] {
        let refused = other
            .refused(mutation, json!({ "input": { "id": id } }))
            .await;
        assert_eq!(refused, refusal("NOT_FOUND", "input.id"));
    }
}

async fn who_it_is_cannot_be_read_in_the_database(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let person = stage.person().await;
    ana(&person).await;
    let rows = person
        .rows("SELECT name, title, notes, linkedin_url, key_generation FROM user_contacts")
        .await;
    let [row] = rows.as_slice() else {
        panic!("{} rows", rows.len())
    };
    for (index, clear) in ["Ana", "Baker", "likes rye", "in.example"]
        .iter()
        .enumerate()
    {
        let kept: String = row.try_get_by_index(index).expect("a text");
        assert!(!kept.contains(clear), "{kept}");
    }
    assert_eq!(row.try_get_by_index::<i32>(4).expect("a number"), 1);
}

async fn ten_contacts_cost_what_one_costs(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let person = stage.person().await;
    for number in 0..10 {
        let input = json!({ "name": format!("No. {number}"), "status": "COLD" });
        create(&person, input).await;
        let shown = person.ask(ALL, json!({})).await;
        assert_eq!(shown.statements, 2, "the session and the contacts");
    }
}
