//! What is followed, on both databases.

use std::time::Duration;

use dreamtree_database::{on_both, testing::TestDatabase};
use dreamtree_types::Clock;
use futures_util::{StreamExt, stream::BoxStream};
use serde_json::{Value, json};
use time::macros::datetime;
use tokio::time::timeout;

use crate::support::{Person, Stage};

const TODAY: &str = "subscription { dailyDosChanged { id dueSince } }";
const ZONE: &str =
    "mutation($zone: String!) { updateSettings(input: { timeZone: $zone }) { viewer { id } } }";
const NAME: &str = "mutation { updateSettings(input: { displayName: \"Ada\" }) { viewer { id } } }";

/// A quarter of a second before midnight in Vienna.
fn clock() -> Clock {
    Clock::fixed(datetime!(2026-06-30 21:59:59.750 UTC))
}

on_both!(
    a_day_that_begins_is_told,
    a_write_that_changes_nothing_is_not_told,
    a_stream_holds_no_connection_while_it_waits,
);

async fn next(states: &mut BoxStream<'static, Value>) -> Option<Value> {
    let state = timeout(Duration::from_secs(2), states.next()).await;
    state.ok().map(|state| state.expect("it goes on"))
}

async fn in_vienna<'a>(stage: &'a Stage<'a>) -> Person<'a> {
    let person = stage.person().await;
    person.data(ZONE, json!({ "zone": "Europe/Vienna" })).await;
    person
}

async fn a_day_that_begins_is_told(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let person = in_vienna(&stage).await;
    let mut states = person.follow(TODAY);
    let first = next(&mut states).await.expect("the present state");
    assert_eq!(
        first["dailyDosChanged"][0]["dueSince"],
        "2026-06-29T22:00:00Z"
    );
    test.database.clock().advance(time::Duration::seconds(1));
    let midnight = next(&mut states).await.expect("the next day");
    assert_eq!(
        midnight["dailyDosChanged"][0]["dueSince"],
        "2026-06-30T22:00:00Z"
    );
}

async fn a_write_that_changes_nothing_is_not_told(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let person = stage.person().await;
    let mut states = person.follow(TODAY);
    next(&mut states).await.expect("the present state");
    person.data(NAME, json!({})).await;
    assert_eq!(next(&mut states).await, None);
    person.data(ZONE, json!({ "zone": "Asia/Tokyo" })).await;
    assert!(next(&mut states).await.is_some());
}

async fn a_stream_holds_no_connection_while_it_waits(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let person = in_vienna(&stage).await;
    // More than the pool has connections.
    let mut all: Vec<_> = (0..12).map(|_| person.follow(TODAY)).collect();
    for states in &mut all {
        next(states).await.expect("the present state");
    }
    person.data(ZONE, json!({ "zone": "Asia/Tokyo" })).await;
    for states in &mut all {
        next(states).await.expect("a change");
    }
}
