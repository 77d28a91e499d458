//! The flow log outside of any placement.

use dreamtree_database::{on_both, testing::TestDatabase};
use serde_json::{Value, json};

use crate::support::{Person, Stage, clock, refusal};

const PAGE: &str =
    "query($high: Boolean, $from: Date, $to: Date, $first: Int = 20, $after: String) {
    flowLogs(highFlow: $high, from: $from, to: $to, first: $first, after: $after) {
      nodes { activity date highFlow }
      pageInfo { hasNextPage hasPreviousPage endCursor } } }";
const COUNTED: &str = "{ flowLogs(first: 1) { totalCount nodes { id } } }";
const CREATE: &str =
    "mutation($input: CreateFlowLogInput!) { createFlowLog(input: $input) { flowLog {
    id instance date activity energy focus highFlow notes revision } } }";
const UPDATE: &str =
    "mutation($input: UpdateFlowLogInput!) { updateFlowLog(input: $input) { flowLog {
    date activity energy focus highFlow notes revision } } }";
const DELETE: &str = "mutation($input: DeleteInput!) { delete(input: $input) { id } }";

on_both!(
    an_entry_is_made_changed_and_taken_away,
    the_slower_device_is_told_and_shown,
    pages_follow_each_other_without_gap_or_repetition,
    high_flow_and_days_narrow_the_log,
    a_cursor_of_another_list_is_refused,
    what_does_not_fit_is_refused,
    twenty_entries_cost_what_two_cost,
);

async fn create(person: &Person<'_>, input: Value) -> Value {
    let made = person.data(CREATE, json!({ "input": input })).await;
    made["createFlowLog"]["flowLog"].clone()
}

fn entry(activity: &str, date: &str) -> Value {
    json!({ "date": date, "activity": activity, "energy": 1, "focus": 4 })
}

async fn activities(person: &Person<'_>, wanted: Value) -> Vec<String> {
    let data = person.data(PAGE, wanted).await;
    let nodes = data["flowLogs"]["nodes"].as_array().expect("nodes").clone();
    let activity = |one: &Value| one["activity"].as_str().expect("a text").to_owned();
    nodes.iter().map(activity).collect()
}

async fn an_entry_is_made_changed_and_taken_away(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let person = stage.person().await;
    let input = json!({ "date": "2026-03-01", "activity": " Bees ", "energy": 1, "focus": 4,
        "notes": "Warm" });
    let made = create(&person, input).await;
    let id = &made["id"];
    assert_eq!(
        made,
        json!({ "id": id, "instance": null, "date": "2026-03-01", "activity": "Bees", "energy": 1,
            "focus": 4, "highFlow": true, "notes": "Warm", "revision": 1 })
    );
    let change = json!({ "id": id, "energy": 0, "notes": null });
    let changed = person.data(UPDATE, json!({ "input": change })).await;
    assert_eq!(
        changed["updateFlowLog"]["flowLog"],
        json!({ "date": "2026-03-01", "activity": "Bees", "energy": 0, "focus": 4,
            "highFlow": false, "notes": null, "revision": 2 })
    );
    let mut again = entry("Wasps", "2026-02-01");
    again["id"] = id.clone();
    let again = create(&person, again).await;
    assert_eq!(
        (&again["activity"], &again["revision"]),
        (&json!("Bees"), &json!(2)),
        "a repeated request makes nothing twice"
    );
    let delete = json!({ "input": { "id": id } });
    person.data(DELETE, delete.clone()).await;
    assert!(activities(&person, json!({})).await.is_empty());
    let gone = person.refused(DELETE, delete).await;
    assert_eq!(gone, refusal("NOT_FOUND", "input.id"));
}

async fn the_slower_device_is_told_and_shown(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let person = stage.person().await;
    let id = create(&person, entry("Bees", "2026-03-01")).await["id"].clone();
    let rename = |activity: &str| json!({ "input": { "id": id, "activity": activity, "expectedVersion": 1 } });
    person.data(UPDATE, rename("Wasps")).await;
    let slower = person.ask(UPDATE, rename("Ants")).await;
    let conflict = [refusal("CONFLICT", "input.expectedVersion")];
    assert_eq!(slower.errors, conflict);
    assert_eq!(
        slower.data["updateFlowLog"]["flowLog"]["activity"],
        json!("Wasps")
    );
    let delete = json!({ "input": { "id": id, "expectedVersion": 1 } });
    assert_eq!([person.refused(DELETE, delete).await], conflict);
    assert_eq!(activities(&person, json!({})).await, ["Wasps"]);
}

async fn pages_follow_each_other_without_gap_or_repetition(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let person = stage.person().await;
    // Days out of order and several entries of one day, so that a page ends within a day.
    let days = ["02", "03", "02", "01", "02", "03", "02"];
    let mut entries = Vec::new();
    for (number, day) in days.into_iter().enumerate() {
        let made = entry(&format!("{number}"), &format!("2026-02-{day}"));
        create(&person, made).await;
        entries.push((day, number));
    }
    entries.sort_unstable();
    let expected: Vec<String> = entries
        .iter()
        .rev()
        .map(|(_, one)| one.to_string())
        .collect();
    for size in [1, 2, 3, 6, 7, 100] {
        let (mut seen, mut after) = (Vec::new(), Value::Null);
        // A page that does not go on must not be asked for for ever.
        while seen.len() <= expected.len() {
            let asked = json!({ "first": size, "after": after });
            let data = person.data(PAGE, asked).await;
            let page = &data["flowLogs"];
            let nodes = page["nodes"].as_array().expect("nodes");
            seen.extend(nodes.iter().map(|one| one["activity"].clone()));
            let info = &page["pageInfo"];
            assert_eq!(info["hasPreviousPage"], json!(!after.is_null()));
            after = info["endCursor"].clone();
            if info["hasNextPage"] == json!(false) {
                break;
            }
        }
        assert_eq!(json!(seen), json!(expected), "pages of {size}");
    }
    // A cursor outlives its entry.
    let first = person.data(PAGE, json!({ "first": 3 })).await;
    let after = &first["flowLogs"]["pageInfo"]["endCursor"];
    let id = after.as_str().and_then(|text| text.rsplit(':').next());
    let id = format!("flow_log:{}", id.expect("an id"));
    person.data(DELETE, json!({ "input": { "id": id } })).await;
    assert_eq!(
        activities(&person, json!({ "after": after })).await,
        expected[3..]
    );
}

async fn high_flow_and_days_narrow_the_log(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let person = stage.person().await;
    for (activity, day, energy, focus) in [
        ("a", "01", 2, 5),
        ("b", "02", 0, 5),
        ("c", "03", 1, 4),
        ("d", "04", 2, 3),
    ] {
        let date = format!("2026-02-{day}");
        let input = json!({ "date": date, "activity": activity, "energy": energy, "focus": focus });
        create(&person, input).await;
    }
    let high = json!({ "high": true });
    assert_eq!(activities(&person, high).await, ["c", "a"]);
    let low = json!({ "high": false });
    assert_eq!(activities(&person, low).await, ["d", "b"]);
    let days = json!({ "from": "2026-02-02", "to": "2026-02-03" });
    assert_eq!(activities(&person, days).await, ["c", "b"]);
    let all = json!({ "high": true, "from": "2026-02-02" });
    assert_eq!(activities(&person, all).await, ["c"]);
    let other = stage.person().await;
    assert!(activities(&other, json!({})).await.is_empty());
}

async fn a_cursor_of_another_list_is_refused(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let person = stage.person().await;
    let id = "0190a3e4-0000-7000-8000-000000000001";
    for after in [
        id.to_owned(),
        format!("story:2026-03-01:{id}"),
        format!("flow_log:{id}"),
        format!("flow_log:2026-02-30:{id}"),
        "flow_log:2026-03-01:1".to_owned(),
        "1104".to_owned(),
    ] {
        let refused = person.refused(PAGE, json!({ "after": after })).await;
        assert_eq!(refused, refusal("INVALID_INPUT", "after"), "{after}");
    }
    for first in [0, -1, 101] {
        let refused = person.refused(PAGE, json!({ "first": first })).await;
        assert_eq!(refused, refusal("INVALID_INPUT", "first"), "{first}");
    }
}

async fn what_does_not_fit_is_refused(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let (person, other) = (stage.person().await, stage.person().await);
    let id = create(&person, entry("Bees", "2026-03-01")).await["id"].clone();
    for (name, value) in [
        ("energy", json!(3)),
        ("energy", json!(-3)),
        ("focus", json!(0)),
        ("focus", json!(6)),
        ("activity", json!(" ")),
        ("activity", json!("x".repeat(201))),
        ("notes", json!("x".repeat(2_001))),
        ("date", json!("1969-12-31")),
        ("date", json!("2026-03-03")),
    ] {
        let mut made = entry("Wasps", "2026-02-01");
        made[name] = value.clone();
        let invalid = refusal("INVALID_INPUT", &format!("input.{name}"));
        let refused = person.refused(CREATE, json!({ "input": made })).await;
        assert_eq!(refused, invalid);
        made["id"] = id.clone();
        let refused = person.refused(UPDATE, json!({ "input": made })).await;
        assert_eq!(refused, invalid);
    }
    for name in ["date", "activity", "energy", "focus"] {
        let mut change = json!({ "id": id, "notes": "New" });
        change[name] = Value::Null;
        let refused = person.refused(UPDATE, json!({ "input": change })).await;
        assert_eq!(refused, refusal("INVALID_INPUT", &format!("input.{name}")));
    }
    let foreign = json!({ "input": { "id": id, "activity": "Mine" } });
    let missing = refusal("NOT_FOUND", "input.id");
    assert_eq!(other.refused(UPDATE, foreign).await, missing);
    let foreign = json!({ "input": { "id": id } });
    assert_eq!(other.refused(DELETE, foreign).await, missing);
    assert_eq!(
        activities(&person, json!({})).await,
        ["Bees"],
        "nothing half-written"
    );
}

async fn twenty_entries_cost_what_two_cost(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let person = stage.person().await;
    let cost = async |document| person.ask(document, json!({})).await.statements;
    for activity in ["A", "B"] {
        create(&person, entry(activity, "2026-02-01")).await;
    }
    let two = (cost(PAGE).await, cost(COUNTED).await);
    for number in 3..=20 {
        create(&person, entry(&number.to_string(), "2026-02-01")).await;
    }
    assert_eq!((cost(PAGE).await, cost(COUNTED).await), two);
    assert_eq!(
        two,
        (2, 3),
        "the session, the page, and the number if asked"
    );
    let counted = person.data(COUNTED, json!({})).await;
    assert_eq!(counted["flowLogs"]["totalCount"], json!(20));
}
