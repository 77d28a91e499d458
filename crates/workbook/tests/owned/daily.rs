//! The Daily Dos, across time zones and a change of the clocks.

use dreamtree_content::{PlacementId, ToolKind};
use dreamtree_database::{on_both, testing::TestDatabase};
use dreamtree_types::Clock;
use serde_json::{Value, json};
use time::{Duration, macros::datetime};

use crate::support::{Person, Stage, refusal};

const TODAY: &str = "{ dailyDos { id kind tool toolName title prompt dueSince placement } }";
const LOG: &str =
    "mutation($input: CreateFlowLogInput!) { createFlowLog(input: $input) { flowLog { id } } }";
const REFRAME: &str =
    "mutation($input: CreateReframeInput!) { createReframe(input: $input) { reframe { id } } }";
const SNOOZE: &str = "mutation($input: SnoozeInput!) { snooze(input: $input) { dailyDos { id } } }";
const ZONE: &str =
    "mutation($zone: String!) { updateSettings(input: { timeZone: $zone }) { viewer { id } } }";

/// The evening before the clocks go forward in Berlin, where it is an hour later.
fn clock() -> Clock {
    Clock::fixed(datetime!(2026-03-28 20:00 UTC))
}

on_both!(
    the_workbook_comes_first_and_tools_once_they_are_reached,
    a_daily_tool_is_due_from_the_next_day_on,
    a_weekly_tool_rests_for_seven_days,
    a_tool_rests_until_it_is_woken,
    todays_list_costs_the_same_however_much_there_is,
);

async fn today(person: &Person<'_>) -> Vec<Value> {
    let data = person.data(TODAY, json!({})).await;
    data["dailyDos"].as_array().expect("a list").clone()
}

async fn names(person: &Person<'_>) -> Vec<String> {
    let today = today(person).await;
    let name = |one: &Value| one["toolName"].as_str().unwrap_or("RESUME").to_owned();
    today.iter().map(name).collect()
}

/// Somebody in Berlin to whom all of Part 1 is open, and who has one required placement of it left.
async fn reader<'a>(stage: &'a Stage<'a>) -> Person<'a> {
    let person = stage.person().await;
    person.data(ZONE, json!({ "zone": "Europe/Berlin" })).await;
    let placements = stage.library().placements();
    let mut required: Vec<PlacementId> = placements
        .iter()
        .filter(|one| one.required && one.location.part == 1)
        .map(|one| one.id)
        .collect();
    required.pop();
    stage
        .mark(&person, &required, datetime!(2026-01-01 12:00 UTC))
        .await;
    person
}

fn tool(stage: &Stage<'_>, kind: ToolKind) -> String {
    let mut tools = stage.library().tools().iter();
    let tool = tools.find(|tool| tool.kind == kind).expect("the tool");
    format!("tool:{}", tool.id.0)
}

async fn the_workbook_comes_first_and_tools_once_they_are_reached(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let newcomer = stage.person().await;
    let today_of_newcomer = today(&newcomer).await;
    let [resume] = today_of_newcomer.as_slice() else {
        panic!("{today_of_newcomer:#?}")
    };
    assert_eq!(
        (&resume["id"], &resume["kind"]),
        (&json!("resume"), &json!("RESUME"))
    );
    assert!(resume["title"].is_string() && resume["tool"].is_null());
    assert_eq!(resume["dueSince"], "2026-03-28T00:00:00Z");

    let person = reader(&stage).await;
    assert_eq!(
        names(&person).await,
        ["RESUME", "flow_tracker", "failure_reframer"]
    );
    let today = today(&person).await;
    assert_eq!(
        (&today[1]["kind"], &today[2]["kind"]),
        (&json!("DAILY"), &json!("WEEKLY"))
    );
    assert!(today[1]["prompt"].is_string());
    assert_eq!(
        today[1]["dueSince"], "2026-03-27T23:00:00Z",
        "midnight in Berlin"
    );
}

async fn a_daily_tool_is_due_from_the_next_day_on(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let person = reader(&stage).await;
    let log = json!({ "activity": "Baking", "date": "2026-03-28", "energy": 1, "focus": 4 });
    person.data(LOG, json!({ "input": log })).await;
    assert_eq!(names(&person).await, ["RESUME", "failure_reframer"]);
    test.database
        .clock()
        .advance(Duration::hours(2) + Duration::minutes(59));
    assert_eq!(
        names(&person).await,
        ["RESUME", "failure_reframer"],
        "23:59 in Berlin"
    );
    test.database.clock().advance(Duration::minutes(1));
    assert_eq!(
        names(&person).await[1],
        "flow_tracker",
        "midnight in Berlin"
    );
    assert_eq!(today(&person).await[1]["dueSince"], "2026-03-28T23:00:00Z");
    test.database.clock().advance(Duration::hours(23));
    assert_eq!(
        today(&person).await[1]["dueSince"],
        "2026-03-28T23:00:00Z",
        "the day of the change had 23 hours; it still waits since its beginning"
    );
}

async fn a_weekly_tool_rests_for_seven_days(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let person = reader(&stage).await;
    let reframe = json!({ "situation": "The oven went out." });
    person.data(REFRAME, json!({ "input": reframe })).await;
    for _ in 0..8 {
        assert_eq!(names(&person).await, ["RESUME", "flow_tracker"]);
        test.database.clock().advance(Duration::DAY);
    }
    assert_eq!(
        names(&person).await,
        ["RESUME", "flow_tracker", "failure_reframer"]
    );
    assert_eq!(
        today(&person).await[2]["dueSince"],
        "2026-04-04T22:00:00Z",
        "in summer time"
    );
}

async fn a_tool_rests_until_it_is_woken(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let person = reader(&stage).await;
    let flow = tool(&stage, ToolKind::FlowTracker);
    let until = |day: Value| json!({ "input": { "tool": flow, "until": day } });
    let slept = person.data(SNOOZE, until(json!("2026-03-30"))).await;
    assert_eq!(
        slept["snooze"]["dailyDos"].as_array().map(Vec::len),
        Some(2)
    );
    test.database.clock().advance(Duration::DAY);
    assert_eq!(
        names(&person).await,
        ["RESUME", "failure_reframer"],
        "still the 29th"
    );
    test.database.clock().advance(Duration::hours(2));
    assert_eq!(
        names(&person).await[1],
        "flow_tracker",
        "the 30th in Berlin"
    );
    person.data(SNOOZE, until(json!("2026-04-20"))).await;
    assert_eq!(names(&person).await.len(), 2);
    person.data(SNOOZE, until(json!(null))).await;
    assert_eq!(names(&person).await.len(), 3, "woken");

    for day in ["2026-03-30", "2026-03-29", "2026-07-01"] {
        let refused = person.refused(SNOOZE, until(json!(day))).await;
        assert_eq!(refused, refusal("INVALID_INPUT", "input.until"), "{day}");
    }
    for tool in [tool(&stage, ToolKind::ListBuilder), "tool:7".to_owned()] {
        let input = json!({ "input": { "tool": tool, "until": "2026-04-01" } });
        assert_eq!(
            person.refused(SNOOZE, input).await,
            refusal("NOT_FOUND", "input.tool")
        );
    }
}

async fn todays_list_costs_the_same_however_much_there_is(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let newcomer = stage.person().await;
    let person = reader(&stage).await;
    for day in 1..10 {
        let log = json!({ "activity": "Baking", "date": format!("2026-03-0{day}"), "energy": 1, "focus": 4 });
        person.data(LOG, json!({ "input": log })).await;
    }
    let few = newcomer.ask(TODAY, json!({})).await.statements;
    assert_eq!(person.ask(TODAY, json!({})).await.statements, few);
    assert_eq!(
        few, 3,
        "the session, what is answered, and the rest at once"
    );
}
