//! The private fields of records.

use dreamtree_database::{on_both, testing::TestDatabase};
use sea_orm::QueryResult;
use serde_json::{Value, json};

use super::{LOG, ROWS, SAVE, entry, field, fields, input, read, save};
use crate::support::{Stage, clock, refusal};

const NOTE: &str = "placement:1122";

on_both!(
    private_fields_are_sealed_and_stay_while_locked,
    a_required_private_field_is_needed,
);

async fn private_fields_are_sealed_and_stay_while_locked(test: &TestDatabase) {
    let stage = Stage::with_tools(test).await;
    let person = stage.person().await;
    let column =
        |row: &QueryResult, name: &str| -> String { row.try_get("", name).expect("a text") };
    let secret = [("notes", json!({ "text": "heliotrope" }))];
    let saved = save(&person, LOG, json!([entry(&secret), entry(&[])])).await;
    let rows = person.rows(ROWS).await;
    assert!(column(&rows[0], "data").contains("The mill"));
    assert!(!column(&rows[0], "data").contains("heliotrope"));
    let envelope = column(&rows[0], "sealed");
    assert!(envelope.starts_with("{\"v\":1") && !envelope.contains("heliotrope"));
    let plain: Option<String> = rows[1].try_get("", "sealed").expect("a column");
    assert_eq!(plain, None);
    let same = |entry: &Value, fields: Value| json!({ "id": entry["id"], "fields": fields });
    let place = |text: &str| ("place", json!({ "text": text }));
    // Saved again as it is, it stays the same row, envelope included.
    let again = json!([
        same(&saved[0], fields(&[place("The mill"), secret[0].clone()])),
        same(&saved[1], fields(&[place("The mill")])),
    ]);
    save(&person, LOG, again).await;
    let rows = person.rows(ROWS).await;
    assert_eq!(
        (
            column(&rows[0], "sealed"),
            rows[0].try_get::<i32>("", "revision").expect("a number")
        ),
        (envelope.clone(), 1)
    );

    stage.lock(&person).await;
    let locked = read(&person, LOG).await;
    assert_eq!(field(&locked[0], "notes"), ("LOCKED", &Value::Null));
    assert_eq!(field(&locked[0], "contact"), ("LOCKED", &Value::Null));
    assert_eq!(
        field(&locked[0], "place"),
        ("UNLOCKED", &json!({ "text": "The mill" }))
    );
    assert_eq!(field(&locked[1], "notes"), ("EMPTY", &Value::Null));
    let moved = json!([same(&saved[0], fields(&[place("The bakery")]))]);
    let kept = save(&person, LOG, moved).await;
    assert_eq!(field(&kept[0], "notes").0, "LOCKED");
    let rows = person.rows(ROWS).await;
    assert_eq!(column(&rows[0], "sealed"), envelope);
    assert!(column(&rows[0], "data").contains("The bakery"));
    let refused = person
        .refused(
            SAVE,
            input(
                LOG,
                &json!([same(&saved[0], fields(&[place("x"), secret[0].clone()]))]),
            ),
        )
        .await;
    assert_eq!(refused, refusal("VAULT_LOCKED", "input.value"));
}

async fn a_required_private_field_is_needed(test: &TestDatabase) {
    let stage = Stage::with_tools(test).await;
    let person = stage.person().await;
    let about = ("about", json!({ "text": "bees" }));
    let refused = person
        .refused(
            SAVE,
            input(
                NOTE,
                &json!([{ "fields": fields(std::slice::from_ref(&about)) }]),
            ),
        )
        .await;
    assert_eq!(
        refused,
        refusal("INVALID_INPUT", "input.value.record.entries[0].fields")
    );
    let secret = ("secret", json!({ "text": "they sing" }));
    let saved = save(&person, NOTE, json!([{ "fields": fields(&[secret]) }])).await;
    let bare = json!([{ "id": saved[0]["id"], "fields": fields(&[about]) }]);
    let refused = person.refused(SAVE, input(NOTE, &bare)).await;
    assert_eq!(refused.0, "INVALID_INPUT");
    // What cannot be read now is there all the same.
    stage.lock(&person).await;
    let kept = save(&person, NOTE, bare).await;
    assert_eq!(field(&kept[0], "secret").0, "LOCKED");
    assert!(
        save(&person, NOTE, json!([])).await.is_empty(),
        "this form may be left empty"
    );
}
