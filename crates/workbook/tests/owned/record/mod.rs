//! Records: forms that are defined as data.

use dreamtree_database::{on_both, testing::TestDatabase};
use serde_json::{Value, json};

use crate::support::{Person, Stage, clock, refusal};

mod sealed;

const SAVE: &str = "mutation($input: AnswerInput!) { answer(input: $input) { block {
    tool: body { ... on ToolPlacement { tool { name } } }
    answer { state revision value { ... on RecordAnswer { entries { id
        fields { key label state value { ... on TextFieldValue { text } ... on NumberFieldValue { number }
            ... on DateFieldValue { date } ... on ChoiceFieldValue { choice } ... on ChoicesFieldValue { choices }
            ... on FlagFieldValue { flag } ... on LinkFieldValue { link } } }
        statusHistory { key from to changedAt } } } } } } } }";
const READ: &str =
    "query($id: ID!) { blocks(first: 1, around: $id) { nodes { answer { state value {
    ... on RecordAnswer { entries { id fields { key state value { ... on TextFieldValue { text }
        ... on LinkFieldValue { link } ... on ChoiceFieldValue { choice } } }
        statusHistory { from to } } } } } } } }";
const LOG: &str = "placement:1121";
const ROWS: &str =
    "SELECT id, data, sealed, key_generation, revision FROM user_records ORDER BY position";

on_both!(
    every_type_of_field_comes_back,
    entries_keep_their_ids_and_histories,
    values_are_held_to_their_fields,
    links_name_ones_own_things,
    a_link_may_outlive_what_it_names,
    only_the_last_hundred_changes_are_kept,
    strangers_have_their_own_records,
    an_author_may_take_a_field_away,
    three_entries_cost_what_one_costs,
);

fn input(placement: &str, entries: &Value) -> Value {
    json!({ "input": { "placement": placement, "value": { "record": { "entries": entries } } } })
}

fn fields(pairs: &[(&str, Value)]) -> Value {
    let field = |(key, value): &(&str, Value)| json!({ "key": key, "value": value });
    pairs.iter().map(field).collect()
}

/// An entry that says where, and something more.
fn entry(more: &[(&str, Value)]) -> Value {
    let place = ("place", json!({ "text": "The mill" }));
    json!({ "fields": fields(&[&[place], more].concat()) })
}

async fn save(person: &Person<'_>, placement: &str, entries: Value) -> Vec<Value> {
    let saved = person.data(SAVE, input(placement, &entries)).await;
    let answer = &saved["answer"]["block"]["answer"];
    assert_eq!(answer["state"], "UNLOCKED");
    answer["value"]["entries"]
        .as_array()
        .expect("entries")
        .clone()
}

async fn read(person: &Person<'_>, placement: &str) -> Vec<Value> {
    let read = person.data(READ, json!({ "id": placement })).await;
    let value = &read["blocks"]["nodes"][0]["answer"]["value"];
    value["entries"].as_array().cloned().unwrap_or_default()
}

/// State and value of a field.
fn field<'a>(entry: &'a Value, key: &str) -> (&'a str, &'a Value) {
    let all = entry["fields"].as_array().expect("fields");
    let one = all.iter().find(|one| one["key"] == key).expect("the field");
    (one["state"].as_str().expect("a state"), &one["value"])
}

async fn made(person: &Person<'_>, mutation: &str) -> Value {
    let mut made = person.data(mutation, json!({})).await;
    let made = made.as_object_mut().expect("data");
    let payload = made.values_mut().next().expect("a payload");
    let thing = payload
        .as_object_mut()
        .expect("an object")
        .values_mut()
        .next();
    thing.expect("a thing")["id"].take()
}

async fn company(person: &Person<'_>) -> Value {
    let create = "mutation { createCompany(input: { name: \"Mill\" }) { company { id } } }";
    made(person, create).await
}

async fn contact(person: &Person<'_>) -> Value {
    let create = "mutation { createContact(input: { name: \"Miller\" }) { contact { id } } }";
    made(person, create).await
}

async fn every_type_of_field_comes_back(test: &TestDatabase) {
    let stage = Stage::with_tools(test).await;
    let person = stage.person().await;
    let (company, contact) = (company(&person).await, contact(&person).await);
    let given = [
        (
            "told",
            json!({ "text": "Two\nlines" }),
            json!({ "text": "Two\nlines" }),
        ),
        ("people", json!({ "number": 12 }), json!({ "number": 12 })),
        ("mood", json!({ "number": -2 }), json!({ "number": -2 })),
        (
            "seen_on",
            json!({ "date": "2026-02-28" }),
            json!({ "date": "2026-02-28" }),
        ),
        (
            "status",
            json!({ "choice": "planned" }),
            json!({ "choice": "planned" }),
        ),
        (
            "seen",
            json!({ "choices": ["dogs", "desks"] }),
            json!({ "choices": ["desks", "dogs"] }),
        ),
        ("again", json!({ "flag": false }), json!({ "flag": false })),
        (
            "page",
            json!({ "text": "https://mill.example" }),
            json!({ "text": "https://mill.example" }),
        ),
        (
            "company",
            json!({ "link": company }),
            json!({ "link": company }),
        ),
        (
            "notes",
            json!({ "text": " hush " }),
            json!({ "text": "hush" }),
        ),
        (
            "contact",
            json!({ "link": contact }),
            json!({ "link": contact }),
        ),
    ];
    let sent: Vec<_> = given
        .iter()
        .map(|(key, value, _)| (*key, value.clone()))
        .collect();
    let saved = save(&person, LOG, json!([entry(&sent)])).await;
    let labels = saved[0]["fields"].as_array().expect("fields");
    assert_eq!(labels.len(), 12);
    assert_eq!(
        (&labels[0]["key"], &labels[0]["label"]),
        (&json!("place"), &json!("Where"))
    );
    assert_eq!(
        field(&saved[0], "place"),
        ("UNLOCKED", &json!({ "text": "The mill" }))
    );
    for (key, _, expected) in &given {
        assert_eq!(field(&saved[0], key), ("UNLOCKED", expected), "{key}");
    }
    let history = json!([{ "key": "status", "from": null, "to": "planned", "changedAt": "2026-03-01T12:00:00Z" }]);
    assert_eq!(saved[0]["statusHistory"], history);
    // Blanks and no choice at all are nothing.
    let empty = [
        ("told", json!({ "text": " " })),
        ("seen", json!({ "choices": [] })),
        ("notes", json!({ "text": "" })),
    ];
    let saved = save(&person, LOG, json!([entry(&empty)])).await;
    for key in ["told", "seen", "notes", "mood", "contact"] {
        assert_eq!(field(&saved[0], key), ("EMPTY", &Value::Null), "{key}");
    }
}

async fn entries_keep_their_ids_and_histories(test: &TestDatabase) {
    let stage = Stage::with_tools(test).await;
    let person = stage.person().await;
    let status = |word: &str| [("status", json!({ "choice": word }))];
    let first = json!([
        entry(&status("planned")),
        entry(&[("people", json!({ "number": 1 }))])
    ]);
    let first = save(&person, LOG, first).await;
    let with_id = |saved: &Value, mut entry: Value| {
        entry["id"] = saved["id"].clone();
        entry
    };
    // The second one stays as it is and moves to the front, a new one follows, the first one moves on.
    let second = json!([
        with_id(&first[1], entry(&[("people", json!({ "number": 1 }))])),
        entry(&[]),
        with_id(&first[0], entry(&status("made"))),
    ]);
    let second = save(&person, LOG, second).await;
    assert_eq!(
        (&second[0]["id"], &second[2]["id"]),
        (&first[1]["id"], &first[0]["id"])
    );
    let steps = |entry: &Value| -> Vec<(Value, Value)> {
        let history = entry["statusHistory"].as_array().expect("a history");
        history
            .iter()
            .map(|one| (one["from"].clone(), one["to"].clone()))
            .collect()
    };
    let moved = vec![
        (json!("planned"), json!("made")),
        (json!(null), json!("planned")),
    ];
    assert_eq!(steps(&second[2]), moved);
    assert!(steps(&second[0]).is_empty());
    // Taken away, the status leaves its history; the entry takes it along when it goes.
    let third = save(&person, LOG, json!([with_id(&second[2], entry(&[]))])).await;
    assert_eq!(steps(&third[0])[0], (json!("made"), Value::Null));
    assert_eq!(
        person
            .rows("SELECT id FROM user_record_changes")
            .await
            .len(),
        3
    );
    save(&person, LOG, json!([entry(&[])])).await;
    assert!(
        person
            .rows("SELECT id FROM user_record_changes")
            .await
            .is_empty()
    );
    let unknown = json!([with_id(&first[0], entry(&[]))]);
    let refused = person.refused(SAVE, input(LOG, &unknown)).await;
    assert_eq!(
        refused,
        refusal("NOT_FOUND", "input.value.record.entries[0].id")
    );
}

async fn only_the_last_hundred_changes_are_kept(test: &TestDatabase) {
    let stage = Stage::with_tools(test).await;
    let person = stage.person().await;
    let mut kept = save(&person, LOG, json!([entry(&[]), entry(&[])])).await;
    for number in 0..103 {
        let word = ["planned", "made"][number % 2];
        let mut changed = entry(&[("status", json!({ "choice": word }))]);
        changed["id"] = kept[0]["id"].clone();
        let mut other = entry(&[("status", json!({ "choice": "planned" }))]);
        other["id"] = kept[1]["id"].clone();
        kept = save(&person, LOG, json!([changed, other])).await;
    }
    let history = kept[0]["statusHistory"].as_array().expect("a history");
    assert_eq!((history.len(), &history[0]["to"]), (100, &json!("planned")));
    assert_eq!(kept[1]["statusHistory"].as_array().map(Vec::len), Some(1));
}

async fn values_are_held_to_their_fields(test: &TestDatabase) {
    let stage = Stage::with_tools(test).await;
    let person = stage.person().await;
    let at = |rest: &str| format!("input.value.record.entries{rest}");
    let long = "x".repeat(21);
    for (entries, code, field) in [
        (json!([]), "INVALID_INPUT", ""),
        (
            json!([entry(&[]), entry(&[]), entry(&[]), entry(&[])]),
            "INVALID_INPUT",
            "",
        ),
        (json!([{ "fields": [] }]), "INVALID_INPUT", "[0].fields"),
        (
            json!([entry(&[]), { "fields": fields(&[("place", json!({ "text": " " }))]) }]),
            "INVALID_INPUT",
            "[1].fields",
        ),
        (
            json!([{ "fields": fields(&[("place", json!({ "text": long }))]) }]),
            "INVALID_INPUT",
            "[0].fields[0].value",
        ),
        (
            json!([entry(&[("shoes", json!({ "text": "x" }))])]),
            "NOT_FOUND",
            "[0].fields[1].key",
        ),
        (
            json!([entry(&[("place", json!({ "text": "x" }))])]),
            "DUPLICATE_ENTRY",
            "[0].fields[1].key",
        ),
        (
            json!([entry(&[("people", json!({ "text": "x" }))])]),
            "INVALID_INPUT",
            "[0].fields[1].value",
        ),
        (
            json!([entry(&[("people", json!({ "number": 501 }))])]),
            "INVALID_INPUT",
            "[0].fields[1].value",
        ),
        (
            json!([entry(&[("mood", json!({ "number": 3 }))])]),
            "INVALID_INPUT",
            "[0].fields[1].value",
        ),
        (
            json!([entry(&[("status", json!({ "choice": "lost" }))])]),
            "INVALID_INPUT",
            "[0].fields[1].value",
        ),
        (
            json!([entry(&[("seen", json!({ "choices": ["cats"] }))])]),
            "INVALID_INPUT",
            "[0].fields[1].value.choices[0]",
        ),
        (
            json!([entry(&[("seen", json!({ "choices": ["dogs", "dogs"] }))])]),
            "DUPLICATE_ENTRY",
            "[0].fields[1].value.choices[1]",
        ),
        (
            json!([entry(&[("page", json!({ "text": "javascript:alert(1)" }))])]),
            "INVALID_INPUT",
            "[0].fields[1].value",
        ),
        (
            json!([entry(&[("notes", json!({ "number": 1 }))])]),
            "INVALID_INPUT",
            "[0].fields[1].value",
        ),
    ] {
        let refused = person.refused(SAVE, input(LOG, &entries)).await;
        assert_eq!(refused, refusal(code, &at(field)), "{entries}");
    }
    assert!(person.rows(ROWS).await.is_empty(), "nothing half-written");
    let list =
        json!({ "input": { "placement": LOG, "value": { "listBuilder": { "items": [] } } } });
    assert_eq!(
        person.refused(SAVE, list).await,
        refusal("WRONG_KIND", "input.value")
    );
}

async fn links_name_ones_own_things(test: &TestDatabase) {
    let stage = Stage::with_tools(test).await;
    let (person, other) = (stage.person().await, stage.person().await);
    let (foreign, mine) = (company(&other).await, company(&person).await);
    let foreign_contact = contact(&other).await;
    for (key, link, code) in [
        ("company", foreign, "NOT_FOUND"),
        ("contact", foreign_contact, "NOT_FOUND"),
        (
            "company",
            json!("company:0190a3e4-0000-7000-8000-000000000001"),
            "NOT_FOUND",
        ),
        (
            "company",
            json!("cloud:0190a3e4-0000-7000-8000-000000000001"),
            "NOT_FOUND",
        ),
        ("company", json!("company"), "NOT_FOUND"),
        ("contact", mine.clone(), "INVALID_INPUT"),
    ] {
        let entries = json!([entry(&[]), entry(&[(key, json!({ "link": link }))])]);
        let refused = person.refused(SAVE, input(LOG, &entries)).await;
        let field = "input.value.record.entries[1].fields[1].value";
        assert_eq!(refused, refusal(code, field), "{key}: {link}");
    }
    save(
        &person,
        LOG,
        json!([entry(&[("company", json!({ "link": mine }))])]),
    )
    .await;
}

async fn a_link_may_outlive_what_it_names(test: &TestDatabase) {
    let stage = Stage::with_tools(test).await;
    let person = stage.person().await;
    let (company, contact) = (company(&person).await, contact(&person).await);
    let links = [
        ("company", json!({ "link": company })),
        ("contact", json!({ "link": contact })),
    ];
    let saved = save(&person, LOG, json!([entry(&links)])).await;
    let delete = "mutation($id: ID!) { delete(input: { id: $id }) { id } }";
    for id in [&company, &contact] {
        person.data(delete, json!({ "id": id })).await;
    }
    let mut again = entry(&links);
    again["id"] = saved[0]["id"].clone();
    let kept = save(&person, LOG, json!([again])).await;
    assert_eq!(
        field(&kept[0], "company"),
        ("UNLOCKED", &json!({ "link": company }))
    );
    let refused = person
        .refused(SAVE, input(LOG, &json!([entry(&links)])))
        .await;
    assert_eq!(refused.0, "NOT_FOUND", "in another entry it would be new");
}

async fn strangers_have_their_own_records(test: &TestDatabase) {
    let stage = Stage::with_tools(test).await;
    let (person, other) = (stage.person().await, stage.person().await);
    let mine = save(&person, LOG, json!([entry(&[])])).await;
    assert!(read(&other, LOG).await.is_empty());
    let mut taken = entry(&[]);
    taken["id"] = mine[0]["id"].clone();
    let refused = other.refused(SAVE, input(LOG, &json!([taken]))).await;
    assert_eq!(
        refused,
        refusal("NOT_FOUND", "input.value.record.entries[0].id")
    );
    assert_eq!(person.rows(ROWS).await.len(), 1);
    assert_eq!(read(&person, LOG).await[0]["id"], mine[0]["id"]);
}

async fn an_author_may_take_a_field_away(test: &TestDatabase) {
    let stage = Stage::with_tools(test).await;
    let person = stage.person().await;
    let given = [
        ("status", json!({ "choice": "made" })),
        ("notes", json!({ "text": "hush" })),
    ];
    save(&person, LOG, json!([entry(&given)])).await;
    let form = r#"{"fields":[{"key":"place","label":"Where","type":"text"}]}"#;
    let change = format!("UPDATE tools SET config = '{form}' WHERE id = 100020");
    let later = stage.after(&change).await;
    let entries = read(&person.at(&later), LOG).await;
    let fields = json!([{ "key": "place", "state": "UNLOCKED", "value": { "text": "The mill" } }]);
    assert_eq!(
        (&entries[0]["fields"], &entries[0]["statusHistory"]),
        (&fields, &json!([]))
    );
}

async fn three_entries_cost_what_one_costs(test: &TestDatabase) {
    let stage = Stage::with_tools(test).await;
    let (one, more) = (stage.person().await, stage.person().await);
    let status = entry(&[
        ("status", json!({ "choice": "made" })),
        ("notes", json!({ "text": "x" })),
    ]);
    let mut costs = Vec::new();
    for (person, entries) in [(&one, vec![status.clone()]), (&more, vec![status; 3])] {
        let saved = person.ask(SAVE, input(LOG, &json!(entries))).await;
        let read = person.ask(READ, json!({ "id": LOG })).await;
        costs.push((saved.statements, read.statements));
    }
    assert_eq!(costs[0], costs[1]);
}
