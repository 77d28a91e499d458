//! First answers by the days of the person's own calendar.

use dreamtree_content::PlacementId;
use dreamtree_database::{on_both, testing::TestDatabase};
use dreamtree_types::Clock;
use serde_json::{Value, json};
use time::macros::datetime;

use crate::support::{Person, Stage, refusal};

const HISTORY: &str = "query($days: Int) { progressHistory(days: $days) { day answered } }";
const ZONE: &str = "mutation($zone: String!) { updateSettings(input: { timeZone: $zone }) {
    viewer { settings { timeZone } } } }";

/// A day after the clocks went back in Europe.
fn clock() -> Clock {
    Clock::fixed(datetime!(2026-10-26 12:00 UTC))
}

on_both!(
    a_day_has_23_to_25_hours,
    only_so_many_days_are_looked_back_on,
    answering_again_is_not_a_first_answer,
);

async fn history(person: &Person<'_>, days: i32) -> Vec<(String, u64)> {
    let asked = person.ask(HISTORY, json!({ "days": days })).await;
    assert_eq!(asked.statements, 2, "the session and the days");
    let days = asked.data["progressHistory"]
        .as_array()
        .expect("a list")
        .clone();
    let day = |day: &Value| day["day"].as_str().expect("a day").to_owned();
    days.iter()
        .map(|one| (day(one), one["answered"].as_u64().expect("a count")))
        .collect()
}

fn days(days: &[(&str, u64)]) -> Vec<(String, u64)> {
    days.iter()
        .map(|(day, count)| ((*day).to_owned(), *count))
        .collect()
}

async fn a_day_has_23_to_25_hours(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let person = stage.person().await;
    let ids: Vec<PlacementId> = stage
        .library()
        .placements()
        .iter()
        .map(|one| one.id)
        .collect();
    let moments = [
        datetime!(2026-03-28 22:59:59.9 UTC),
        datetime!(2026-03-28 23:00 UTC),
        datetime!(2026-03-29 21:59:59 UTC),
        datetime!(2026-03-29 22:00 UTC),
        datetime!(2026-10-24 21:59:59.999_999 UTC),
        datetime!(2026-10-24 22:00 UTC),
        datetime!(2026-10-25 22:59:59 UTC),
        datetime!(2026-10-25 23:00 UTC),
    ];
    for (id, moment) in ids.iter().zip(moments) {
        stage.mark(&person, &[*id], moment).await;
    }
    let utc = [
        ("2026-03-28", 2),
        ("2026-03-29", 2),
        ("2026-10-24", 2),
        ("2026-10-25", 2),
    ];
    assert_eq!(history(&person, 366).await, days(&utc));
    person.data(ZONE, json!({ "zone": "Europe/Berlin" })).await;
    let berlin = [
        ("2026-03-28", 1),
        ("2026-03-29", 2),
        ("2026-03-30", 1),
        ("2026-10-24", 1),
        ("2026-10-25", 2),
        ("2026-10-26", 1),
    ];
    assert_eq!(history(&person, 366).await, days(&berlin));
    assert_eq!(history(&person, 2).await, days(&berlin[4..]));
    person
        .data(ZONE, json!({ "zone": "Pacific/Kiritimati" }))
        .await;
    assert_eq!(
        history(&person, 2).await,
        days(&[("2026-10-26", 2)]),
        "it is the 27th there"
    );
}

async fn only_so_many_days_are_looked_back_on(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let (person, other) = (stage.person().await, stage.person().await);
    let id = stage.library().placements()[0].id;
    stage
        .mark(&person, &[id], datetime!(2026-07-29 00:00 UTC))
        .await;
    let by_default = person
        .data("{ progressHistory { answered } }", json!({}))
        .await;
    assert_eq!(
        by_default["progressHistory"],
        json!([{ "answered": 1 }]),
        "90 days, today included"
    );
    assert_eq!(history(&person, 89).await, []);
    assert_eq!(
        history(&other, 366).await,
        [],
        "nobody sees another person's days"
    );
    for days in [-1, 0, 367] {
        let refused = person.refused(HISTORY, json!({ "days": days })).await;
        assert_eq!(refused, refusal("INVALID_INPUT", "days"));
    }
}

async fn answering_again_is_not_a_first_answer(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let person = stage.person().await;
    let answer = "mutation($id: ID!, $text: String!) {
        answer(input: { placement: $id, value: { text: $text } }) { block { state } } }";
    let asked = "{ progress { position { placement } } }";
    let at = person.data(asked, json!({})).await;
    let id = &at["progress"]["position"]["placement"];
    for text in [
        "Long enough to be taken for an answer.",
        "Another one that is long enough.",
    ] {
        person.data(answer, json!({ "id": id, "text": text })).await;
        test.database.clock().advance(time::Duration::days(2));
    }
    // The first request in a while also notes that the session is in use.
    person.data(HISTORY, json!({ "days": 1 })).await;
    assert_eq!(history(&person, 90).await, days(&[("2026-10-26", 1)]));
}
