//! What was there when a placement was answered.

use dreamtree_database::{on_both, testing::TestDatabase};
use serde_json::{Value, json};
use time::Duration;

use super::{BESIDE, Link, laid, named, policies::prompts, prefill, write};
use crate::support::{Person, Stage, clock, refusal};

on_both!(
    a_snapshot_stays_until_it_is_refreshed,
    what_is_private_is_sealed_in_a_snapshot,
    nothing_is_no_snapshot,
    every_kind_comes_back_from_its_snapshot,
    what_cannot_be_refreshed_is_refused,
);

const REFRESH: &str = "mutation($placement: ID!) {
    refreshSnapshot(placement: $placement) { block { prefill { takenAt value { ... on TextAnswer { text } } } } } }";

fn text(prefill: &Value) -> &str {
    let text = prefill["value"]["text"].as_str().expect("a text");
    text.split(',').next().expect("a beginning")
}

async fn rows(person: &Person<'_>) -> Vec<(String, bool)> {
    let rows = person
        .rows("SELECT data, is_sealed FROM user_snapshots")
        .await;
    let read = |row: &sea_orm::QueryResult| {
        let data = row.try_get_by_index(0).expect("data");
        (data, row.try_get_by_index(1).expect("a flag"))
    };
    rows.iter().map(read).collect()
}

async fn a_snapshot_stays_until_it_is_refreshed(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let [source, target, ..] = prompts(&stage)[..] else {
        panic!("two prompts")
    };
    let link = Link {
        target,
        source: Some(source),
        on_change: "snapshot",
        ..BESIDE
    };
    let stage = laid(&stage, &[link]).await;
    let person = stage.person().await;
    write(&person, source, "One").await;
    let live = prefill(&person, target).await;
    assert_eq!((text(&live), &live["takenAt"]), ("One", &json!(null)));
    write(&person, target, "Mine").await;
    let taken = prefill(&person, target).await;
    assert_eq!(taken["takenAt"], "2026-03-01T12:00:00Z");
    test.database.clock().advance(Duration::hours(1));
    assert!(
        write(&person, source, "Two").await.is_empty(),
        "nobody is told"
    );
    assert_eq!(text(&prefill(&person, target).await), "One");
    write(&person, target, "Mine again").await;
    assert_eq!(text(&prefill(&person, target).await), "One");
    let fresh = person.data(REFRESH, named(target)).await;
    let fresh = &fresh["refreshSnapshot"]["block"]["prefill"];
    assert_eq!(
        (text(fresh), &fresh["takenAt"]),
        ("Two", &json!("2026-03-01T13:00:00Z"))
    );
    assert_eq!(rows(&person).await.len(), 1);
    // Somebody else has none of it.
    let other = stage.person().await;
    assert_eq!(prefill(&other, target).await["gap"], "NOT_ANSWERED");
}

async fn what_is_private_is_sealed_in_a_snapshot(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let target = prompts(&stage)[0];
    let link = Link {
        target,
        data: "stories",
        on_change: "snapshot",
        ..BESIDE
    };
    let stage = laid(&stage, &[link]).await;
    let person = stage.person().await;
    let tell = r#"mutation { createStory(input: { title: "Heliotrope", situation: "wet" }) { story { id } } }"#;
    person.data(tell, json!({})).await;
    write(&person, target, "Mine").await;
    let kept = rows(&person).await;
    assert!(kept[0].1 && !kept[0].0.contains("Heliotrope"), "{kept:?}");
    let shown = prefill(&person, target).await;
    assert_eq!(
        shown["value"]["stories"],
        json!([{ "texts": { "title": "Heliotrope" } }])
    );
    stage.lock(&person).await;
    let locked = prefill(&person, target).await;
    assert_eq!(
        (&locked["gap"], &locked["value"]),
        (&json!("LOCKED"), &json!(null))
    );
    let refused = person.refused(REFRESH, named(target)).await;
    assert_eq!(refused.0, "VAULT_LOCKED");
    // A locked vault is no reason to refuse the answer.
    write(&person, target, "Mine, still").await;
}

async fn nothing_is_no_snapshot(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let target = prompts(&stage)[0];
    let link = Link {
        target,
        data: "jobs",
        on_change: "snapshot",
        ..BESIDE
    };
    let stage = laid(&stage, &[link]).await;
    let person = stage.person().await;
    write(&person, target, "Mine").await;
    assert!(rows(&person).await.is_empty());
    let refused = person.refused(REFRESH, named(target)).await;
    assert_eq!(refused, refusal("INVALID_INPUT", "placement"));
    let create = |title: &str| {
        format!("mutation {{ createJob(input: {{ title: \"{title}\" }}) {{ job {{ id }} }} }}")
    };
    person.data(&create("Miller"), json!({})).await;
    assert_eq!(
        prefill(&person, target).await["value"]["jobs"],
        json!([{ "title": "Miller" }])
    );
    write(&person, target, "Mine again").await;
    person.data(&create("Baker"), json!({})).await;
    assert_eq!(
        prefill(&person, target).await["value"]["jobs"],
        json!([{ "title": "Miller" }])
    );
}

async fn every_kind_comes_back_from_its_snapshot(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let kinds = super::belongings::all(&stage);
    let targets = prompts(&stage);
    assert!(targets.len() > 3, "room for some kinds");
    for chunk in kinds.chunks(targets.len()) {
        let lay: Vec<Link<'_>> = chunk
            .iter()
            .zip(&targets)
            .map(|((data, filter, ..), target)| Link {
                target: *target,
                data,
                filter,
                on_change: "snapshot",
                ..BESIDE
            })
            .collect();
        let open = laid(&stage, &lay).await;
        let person = open.person().await;
        super::belongings::give(&open, &person).await;
        for link in &lay {
            let before = prefill(&person, link.target).await;
            write(&person, link.target, "Mine").await;
            let after = prefill(&person, link.target).await;
            assert!(after["takenAt"].is_string(), "{}: {after}", link.data);
            for field in ["value", "total", "changedAt", "gap"] {
                assert_eq!(after[field], before[field], "{} {field}", link.data);
            }
        }
        stage.forget(super::FIRST).await;
    }
}

async fn what_cannot_be_refreshed_is_refused(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let [source, target, other, ..] = prompts(&stage)[..] else {
        panic!("three prompts")
    };
    let snapshot = Link {
        target,
        source: Some(source),
        on_change: "snapshot",
        ..BESIDE
    };
    let update = Link {
        target: other,
        source: Some(source),
        ..BESIDE
    };
    let stage = laid(&stage, &[snapshot, update]).await;
    let person = stage.person().await;
    let refused = async |placement| person.refused(REFRESH, named(placement)).await;
    assert_eq!(refused(7).await, refusal("NOT_FOUND", "placement"));
    for placement in [source, target, other] {
        assert_eq!(
            refused(placement).await,
            refusal("INVALID_INPUT", "placement"),
            "{placement}"
        );
    }
    write(&person, source, "One").await;
    write(&person, target, "Mine").await;
    person.data(REFRESH, named(target)).await;
}
