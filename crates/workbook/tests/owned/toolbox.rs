//! The index of tools.

use dreamtree_content::{PlacementId, ToolKind};
use dreamtree_database::{on_both, testing::TestDatabase};
use serde_json::{Value, json};
use time::macros::datetime;

use crate::support::{Person, Stage, clock};

const INDEX: &str = "{ toolsIndex { tool { id name reminder { frequency } } unlocked unlockedBy { placement title location { exerciseId } }
    standalone instances standaloneInstances lastUsedAt nextDueOn } }";
const LIST: &str = "mutation($tool: ID!) { createToolInstance(input: { tool: $tool,
    value: { listBuilder: { items: [{ content: \"One\" }] } } }) { instance { id } } }";

on_both!(
    tools_are_locked_until_they_are_reached,
    uses_are_counted_and_the_next_day_is_known,
    the_index_costs_the_same_however_much_there_is,
);

async fn index(person: &Person<'_>) -> Vec<Value> {
    let data = person.data(INDEX, json!({})).await;
    data["toolsIndex"].as_array().expect("a list").clone()
}

fn of<'a>(index: &'a [Value], name: &str) -> &'a Value {
    let found = index.iter().find(|one| one["tool"]["name"] == name);
    found.expect("the tool")
}

/// Somebody to whom everything is open.
async fn reader<'a>(stage: &'a Stage<'a>) -> Person<'a> {
    let person = stage.person().await;
    let placements = stage.library().placements().iter();
    let marked = placements.filter(|one| one.required);
    let marked: Vec<PlacementId> = marked.map(|one| one.id).collect();
    let at = datetime!(2026-01-01 12:00 UTC);
    stage.mark(&person, &marked, at).await;
    person
}

async fn tools_are_locked_until_they_are_reached(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let newcomer = stage.person().await;
    let tools = index(&newcomer).await;
    assert_eq!(tools.len(), stage.library().tools().len());
    let flow = of(&tools, "flow_tracker");
    assert_eq!(flow["unlocked"], false);
    assert_eq!(
        (&flow["nextDueOn"], &flow["lastUsedAt"]),
        (&Value::Null, &Value::Null)
    );
    let by = &flow["unlockedBy"];
    assert!(by["placement"].is_string() && by["title"].is_string());
    let kind = |tool: &&std::sync::Arc<dreamtree_content::Tool>| tool.kind == ToolKind::FlowTracker;
    let tool = stage.library().tools().iter().find(kind).expect("the tool");
    let first = stage
        .library()
        .first_placement_of(tool.id)
        .expect("a place");
    let first = &stage.library().placements()[first];
    assert_eq!(by["location"]["exerciseId"], first.location.exercise_id());
    assert_eq!(
        (&flow["standalone"], &flow["instances"]),
        (&json!(true), &json!(0))
    );
    assert_eq!(of(&tools, "ranking_grid")["standalone"], false);
    let tools = index(&reader(&stage).await).await;
    assert_eq!(of(&tools, "flow_tracker")["unlocked"], true);
}

async fn uses_are_counted_and_the_next_day_is_known(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let person = reader(&stage).await;
    let before = index(&person).await;
    // Never used: due today.
    assert_eq!(of(&before, "flow_tracker")["nextDueOn"], "2026-03-01");
    let list = of(&before, "list_builder");
    assert_eq!(list["standaloneInstances"], 0);
    assert_eq!(list["lastUsedAt"], "2026-01-01T12:00:00Z");
    person
        .data(LIST, json!({ "tool": list["tool"]["id"] }))
        .await;
    let log = "mutation { createFlowLog(input: { activity: \"Bees\", date: \"2026-03-01\", energy: 1, focus: 4 }) { flowLog { id } } }";
    person.data(log, json!({})).await;
    let after = index(&person).await;
    let used = of(&after, "list_builder");
    assert_eq!(used["standaloneInstances"], 1);
    assert_eq!(
        used["instances"].as_i64(),
        list["instances"].as_i64().map(|count| count + 1)
    );
    assert_eq!(used["lastUsedAt"], "2026-03-01T12:00:00Z");
    assert_eq!(used["nextDueOn"], Value::Null, "nothing reminds of it");
    let flow = of(&after, "flow_tracker");
    assert_eq!(flow["nextDueOn"], "2026-03-02");
    let snooze = "mutation($tool: ID!) { snooze(input: { tool: $tool, until: \"2026-03-09\" }) { dailyDos { id } } }";
    person
        .data(snooze, json!({ "tool": flow["tool"]["id"] }))
        .await;
    let rested = index(&person).await;
    assert_eq!(of(&rested, "flow_tracker")["nextDueOn"], "2026-03-09");
}

async fn the_index_costs_the_same_however_much_there_is(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let person = reader(&stage).await;
    let tools = index(&person).await;
    let tool = &of(&tools, "list_builder")["tool"]["id"];
    for _ in 0..5 {
        let cost = person.ask(INDEX, json!({})).await.statements;
        assert_eq!(
            cost, 3,
            "the session, what is answered, and the rest at once"
        );
        person.data(LIST, json!({ "tool": tool })).await;
    }
}
