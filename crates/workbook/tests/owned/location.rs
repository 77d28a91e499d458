//! Places to live.

use dreamtree_database::{on_both, testing::TestDatabase};
use serde_json::{Value, json};

use crate::support::{Person, Stage, clock, refusal};

const ALL: &str =
    "{ locations { id name { state value } rank traitsLiked { value } notes { state } revision } }";
const CREATE: &str = "mutation($input: CreateLocationInput!) {
    createLocation(input: $input) { location { id revision rank notes { value } } } }";
const UPDATE: &str = "mutation($input: UpdateLocationInput!) {
    updateLocation(input: $input) { location { name { value } traitsLiked { value } revision } } }";
const DELETE: &str = "mutation($input: DeleteInput!) { delete(input: $input) { id } }";
const REORDER: &str = "mutation($input: ReorderInput!) { reorder(input: $input) { ids } }";

on_both!(
    a_place_is_made_changed_and_taken_away,
    a_repeated_request_makes_nothing_twice,
    the_slower_device_is_told_and_shown,
    ranks_stay_without_gaps,
    an_order_counts_as_a_change_of_what_moves,
    what_does_not_fit_is_refused,
    texts_are_sealed_in_the_row,
    ten_places_cost_what_one_costs,
);

async fn create(person: &Person<'_>, name: &str) -> String {
    let made = person
        .data(CREATE, json!({ "input": { "name": name } }))
        .await;
    let id = &made["createLocation"]["location"]["id"];
    id.as_str().expect("an id").to_owned()
}

async fn all(person: &Person<'_>) -> Vec<Value> {
    let data = person.data(ALL, json!({})).await;
    data["locations"].as_array().expect("a list").clone()
}

async fn ranked(person: &Person<'_>) -> Vec<(String, Option<i64>)> {
    let all = all(person).await;
    let name = |one: &Value| one["name"]["value"].as_str().expect("a name").to_owned();
    all.iter()
        .map(|one| (name(one), one["rank"].as_i64()))
        .collect()
}

async fn a_place_is_made_changed_and_taken_away(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let person = stage.person().await;
    let input = json!({ "name": " Porto ", "traitsLiked": "light", "notes": " " });
    let made = person.data(CREATE, json!({ "input": input })).await;
    let made = &made["createLocation"]["location"];
    assert_eq!(
        (&made["revision"], &made["notes"]["value"]),
        (&json!(1), &json!(null))
    );
    let change = json!({ "id": made["id"], "traitsLiked": null });
    let changed = person.data(UPDATE, json!({ "input": change })).await;
    assert_eq!(
        changed["updateLocation"]["location"],
        json!({ "name": { "value": "Porto" }, "traitsLiked": { "value": null }, "revision": 2 })
    );
    person
        .data(DELETE, json!({ "input": { "id": made["id"] } }))
        .await;
    assert!(all(&person).await.is_empty());
    let gone = person
        .refused(DELETE, json!({ "input": { "id": made["id"] } }))
        .await;
    assert_eq!(gone, refusal("NOT_FOUND", "input.id"));
}

async fn a_repeated_request_makes_nothing_twice(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let person = stage.person().await;
    let id = "location:0190a3e4-0000-7000-8000-000000000001";
    // What a repeated request says besides counts for nothing, be it wrong.
    for name in ["Porto", "Lyon", " "] {
        let input = json!({ "id": id, "name": name });
        person.data(CREATE, json!({ "input": input })).await;
    }
    assert_eq!(ranked(&person).await, [("Porto".to_owned(), None)]);
    // The id is the person's own: somebody else may have made the same one up.
    let other = stage.person().await;
    other
        .data(CREATE, json!({ "input": { "id": id, "name": "Graz" } }))
        .await;
    assert_eq!(ranked(&other).await, [("Graz".to_owned(), None)]);
}

async fn the_slower_device_is_told_and_shown(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let person = stage.person().await;
    let id = create(&person, "Porto").await;
    let rename = |name: &str, version: i32| json!({ "input": { "id": id, "name": name, "expectedVersion": version } });
    person.data(UPDATE, rename("Lyon", 1)).await;
    let slower = person.ask(UPDATE, rename("Graz", 1)).await;
    assert_eq!(
        slower.errors,
        [refusal("CONFLICT", "input.expectedVersion")]
    );
    let shown = &slower.data["updateLocation"]["location"];
    assert_eq!(
        (&shown["name"]["value"], &shown["revision"]),
        (&json!("Lyon"), &json!(2))
    );
    let delete = json!({ "input": { "id": id, "expectedVersion": 1 } });
    let refused = person.refused(DELETE, delete).await;
    assert_eq!(refused, refusal("CONFLICT", "input.expectedVersion"));
    assert_eq!(ranked(&person).await, [("Lyon".to_owned(), None)]);
}

async fn ranks_stay_without_gaps(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let person = stage.person().await;
    let mut ids = Vec::new();
    for name in ["A", "B", "C", "D"] {
        ids.push(create(&person, name).await);
    }
    let order = |picked: &[usize]| {
        let picked: Vec<_> = picked.iter().map(|index| &ids[*index]).collect();
        json!({ "input": { "ids": picked } })
    };
    let rank = |name: &str, rank: i64| (name.to_owned(), (rank > 0).then_some(rank));
    person.data(REORDER, order(&[2, 0, 3])).await;
    let expected = [rank("C", 1), rank("A", 2), rank("D", 3), rank("B", 0)];
    assert_eq!(ranked(&person).await, expected);
    person.data(REORDER, order(&[3, 2, 1, 0])).await;
    person
        .data(DELETE, json!({ "input": { "id": ids[2] } }))
        .await;
    let expected = [rank("D", 1), rank("B", 2), rank("A", 3)];
    assert_eq!(ranked(&person).await, expected);
    let twice = person.refused(REORDER, order(&[0, 1, 0])).await;
    assert_eq!(twice, refusal("DUPLICATE_ENTRY", "input.ids[2]"));
    assert_eq!(ranked(&person).await, expected, "nothing half-written");
}

async fn an_order_counts_as_a_change_of_what_moves(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let person = stage.person().await;
    let (porto, lyon) = (
        create(&person, "Porto").await,
        create(&person, "Lyon").await,
    );
    let state = async || {
        let all = all(&person).await;
        let state = |id: &String| {
            let one = all.iter().find(|one| one["id"] == **id).expect("there");
            (one["rank"].as_i64(), one["revision"].as_i64())
        };
        [state(&porto), state(&lyon)]
    };
    let order = async |input: Value| person.data(REORDER, json!({ "input": input })).await;
    order(json!({ "ids": [porto] })).await;
    assert_eq!(state().await, [(Some(1), Some(2)), (None, Some(1))]);
    order(json!({ "ids": [porto, lyon] })).await;
    assert_eq!(state().await, [(Some(1), Some(2)), (Some(2), Some(2))]);
    order(json!({ "ids": [lyon, porto] })).await;
    assert_eq!(state().await, [(Some(2), Some(3)), (Some(1), Some(3))]);
    order(json!({ "ids": [], "kind": "LOCATION" })).await;
    assert_eq!(state().await, [(None, Some(4)), (None, Some(4))]);
    let neither = json!({ "input": { "ids": [] } });
    assert_eq!(
        person.refused(REORDER, neither).await,
        refusal("INVALID_INPUT", "input.kind")
    );
}

async fn what_does_not_fit_is_refused(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let (person, other) = (stage.person().await, stage.person().await);
    let id = create(&person, "Porto").await;
    for (input, field) in [
        (json!({ "name": " " }), "input.name"),
        (json!({ "name": "x".repeat(201) }), "input.name"),
        (json!({ "name": "x", "notes": "a\u{0}b" }), "input.notes"),
        (
            json!({ "name": "x", "traitsDisliked": "x".repeat(5_001) }),
            "input.traitsDisliked",
        ),
    ] {
        let refused = person.refused(CREATE, json!({ "input": input })).await;
        assert_eq!(refused, refusal("INVALID_INPUT", field));
    }
    let nameless = json!({ "input": { "id": id, "name": null } });
    let refused = person.refused(UPDATE, nameless).await;
    assert_eq!(refused, refusal("INVALID_INPUT", "input.name"));
    let foreign = json!({ "input": { "id": id, "name": "Mine" } });
    assert_eq!(
        other.refused(UPDATE, foreign).await,
        refusal("NOT_FOUND", "input.id")
    );
    let foreign = json!({ "input": { "id": id } });
    assert_eq!(
        other.refused(DELETE, foreign).await,
        refusal("NOT_FOUND", "input.id")
    );
    let foreign = json!({ "input": { "ids": [id] } });
    assert_eq!(
        other.refused(REORDER, foreign).await,
        refusal("NOT_FOUND", "input.ids[0]")
    );
    for (ids, field) in [
        (
            json!(["user:0190a3e4-0000-7000-8000-000000000001"]),
            "input.ids[0]",
        ),
        (
            json!([id, "story:0190a3e4-0000-7000-8000-000000000001"]),
            "input.ids[1]",
        ),
        (json!(["location:1"]), "input.ids[0]"),
    ] {
        let refused = person
            .refused(REORDER, json!({ "input": { "ids": ids } }))
            .await;
        assert_eq!(refused, refusal("NOT_FOUND", field));
    }
    assert_eq!(all(&person).await.len(), 1, "nothing half-written");
}

async fn texts_are_sealed_in_the_row(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let person = stage.person().await;
    create(&person, "Porto").await;
    let rows = person.rows("SELECT name FROM user_locations").await;
    let [row] = rows.as_slice() else {
        panic!("{} rows", rows.len())
    };
    let name: String = row.try_get_by_index(0).expect("a name");
    assert!(!name.contains("Porto"), "{name}");
}

async fn ten_places_cost_what_one_costs(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let person = stage.person().await;
    create(&person, "A").await;
    let one = person.ask(ALL, json!({})).await.statements;
    for name in ["B", "C", "D", "E", "F", "G", "H", "I", "J"] {
        create(&person, name).await;
    }
    assert_eq!(person.ask(ALL, json!({})).await.statements, one);
    assert_eq!(one, 2, "the session and the places");
}
