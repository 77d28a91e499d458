//! What a tool keeps at a placement and what is kept without one lie in the same tables.

use dreamtree_content::{PlacementId, ToolKind};
use dreamtree_database::{on_both, testing::TestDatabase};
use dreamtree_types::{ClientError, Code, Private};
use dreamtree_workbook::{
    Answered, Entry, FlowLogId, Value, flow_log,
    tool::{
        ToolData,
        budget::{self, Budget, Expense},
        flow::Flow,
    },
};
use time::{Date, macros::date};

use crate::{
    clock,
    reader::{Reader, open_way},
};

const DAYS: [Date; 3] = [
    date!(2026 - 02 - 04),
    date!(2026 - 02 - 03),
    date!(2026 - 02 - 02),
];

on_both!(
    the_flow_tracker_writes_its_own_log_only,
    a_budget_is_one_wherever_it_is_saved,
);

/// The first placement of a tool, with the way to it open.
async fn reach(reader: &Reader, kind: ToolKind) -> PlacementId {
    let mut placements = reader.library.placements().iter();
    let placement = placements
        .find(|one| one.tool().is_some_and(|tool| tool.tool.kind == kind))
        .expect("a placement");
    open_way(reader, placement).await;
    placement.id
}

fn entry(activity: &str, date: Date) -> flow_log::Entry {
    flow_log::Entry {
        date,
        activity: activity.to_owned(),
        energy: 1,
        focus: 4,
        notes: None,
    }
}

/// New entries, one for each of the days.
fn three(activities: [&str; 3]) -> Vec<(Option<FlowLogId>, flow_log::Entry)> {
    let entries = activities.into_iter().zip(DAYS);
    entries
        .map(|(activity, day)| (None, entry(activity, day)))
        .collect()
}

async fn track(
    reader: &Reader,
    placement: PlacementId,
    entries: Vec<(Option<FlowLogId>, flow_log::Entry)>,
) {
    let value = Value::Tool(ToolData::Flow(Flow { entries }));
    let saved = reader.answer(&[Entry { placement, value }]).await;
    saved.expect("an answer");
}

async fn log(reader: &Reader) -> Vec<flow_log::FlowLog> {
    let wanted = flow_log::Wanted::default();
    let page = flow_log::page(&reader.read().await, wanted, 100, None).await;
    page.expect("a page").entries
}

/// What the entries say, each with its revision.
fn said(log: &[flow_log::FlowLog]) -> Vec<(&str, i32)> {
    let said = log.iter();
    said.map(|one| (&*one.entry.activity, one.revision))
        .collect()
}

async fn the_flow_tracker_writes_its_own_log_only(test: &TestDatabase) {
    let reader = Reader::new(test).await;
    let placement = reach(&reader, ToolKind::FlowTracker).await;
    let scope = reader.write().await;
    let alone = flow_log::create(&scope, None, entry("Alone", date!(2026 - 02 - 01))).await;
    let alone = alone.expect("an entry");
    scope.commit().await.expect("committed");
    track(&reader, placement, three(["Bees", "Ants", "Moths"])).await;
    let before = log(&reader).await;
    let first = [("Bees", 1), ("Ants", 1), ("Moths", 1), ("Alone", 1)];
    assert_eq!(said(&before), first);
    assert_eq!((before[3].id, before[3].instance), (alone.id, None));
    assert!(before[0].instance.is_some());
    // One entry stays, one changes, one is new, and one that is left out goes.
    let entries = vec![
        (Some(before[0].id), entry("Bees", DAYS[0])),
        (Some(before[1].id), entry("Wasps", DAYS[1])),
        (None, entry("Flies", DAYS[2])),
    ];
    track(&reader, placement, entries).await;
    let after = log(&reader).await;
    let second = [("Bees", 1), ("Wasps", 2), ("Flies", 1), ("Alone", 1)];
    assert_eq!(said(&after), second);
    assert_eq!((after[1].id, after[3].id), (before[1].id, alone.id));
    // What was written without a placement is not the tracker's to keep.
    let mut entries = three(["Bees", "Wasps", "Mine"]);
    entries[2].0 = Some(alone.id);
    let value = Value::Tool(ToolData::Flow(Flow { entries }));
    let refused = reader.answer(&[Entry { placement, value }]).await;
    let fault = refused.expect_err("not of this log").fault();
    let fault = fault.map(|fault| (fault.code, fault.field));
    let field = "[0].value.flowTracker.entries[2].id".to_owned();
    assert_eq!(fault, Some((Code::NotFound, Some(field))));
    assert_eq!(said(&log(&reader).await), second, "nothing half-written");
}

async fn a_budget_is_one_wherever_it_is_saved(test: &TestDatabase) {
    let reader = Reader::new(test).await;
    let placement = reach(&reader, ToolKind::BudgetCalculator).await;
    let budget = |currency: &str| Budget {
        currency: currency.to_owned(),
        expenses: vec![Expense {
            name: "Rent".to_owned(),
            amount: 95_000,
            essential: true,
        }],
        ..Budget::default()
    };
    let value = Value::Tool(ToolData::Budget(budget("EUR")));
    let saved = reader.answer(&[Entry { placement, value }]).await;
    saved.expect("an answer");
    let scope = reader.write().await;
    let saved = budget::set(&scope, Some(1), &budget("CHF")).await;
    saved.expect("the first one was seen");
    scope.commit().await.expect("committed");
    let scope = reader.read().await;
    let kept = budget::get(&scope).await.expect("a budget");
    let Private::Open(now) = kept.budget else {
        panic!("{:?}", kept.budget)
    };
    assert_eq!((&*now.currency, kept.revision), ("CHF", 2));
    let answered = Answered::find(&scope).await.expect("answers");
    assert!(answered.contains(placement));
}
