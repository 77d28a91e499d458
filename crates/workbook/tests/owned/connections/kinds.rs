//! Every kind of data: filled, empty, filtered, locked.

use dreamtree_content::PlacementId;
use dreamtree_database::{on_both, testing::TestDatabase};
use serde_json::{Value, json};

use super::{
    answer,
    belongings::{give, kinds, lay, list_name, named},
    prefill,
};
use crate::support::{Stage, clock};

on_both!(
    each_kind_brings_what_is_there,
    a_filter_that_nothing_passes_says_so,
    who_has_nothing_is_told_so,
    without_the_key_private_things_are_locked,
    what_is_counted_comes_with_its_figures,
    a_page_of_all_kinds_costs_four_statements,
    what_was_made_in_some_exercises_is_told_apart,
);

async fn each_kind_brings_what_is_there(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let kinds = kinds(&list_name(&stage));
    let (stage, targets) = lay(&stage, &named(&kinds), "prefill").await;
    let person = stage.person().await;
    give(&stage, &person).await;
    for ((data, filter, value, total), target) in kinds.iter().zip(targets) {
        let found = prefill(&person, target).await;
        assert_eq!(found["value"], *value, "{data} {filter}");
        assert_eq!(found["total"], *total, "{data} {filter}");
        assert_eq!(
            (&found["gap"], &found["source"]),
            (&json!(null), &json!(null)),
            "{data}"
        );
        assert_eq!(
            (&found["usage"], &found["stale"]),
            (&json!("PREFILL"), &json!(false))
        );
    }
}

async fn a_filter_that_nothing_passes_says_so(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let filters = [
        ("skills", r#"{"category":"transferable"}"#, "skills"),
        ("stories", r#"{"type":"reframe"}"#, "stories"),
        ("experiences", r#"{"type":"project"}"#, "experiences"),
        ("flow", r#"{"high":true,"nth":2}"#, "entries"),
        ("locations", r#"{"nth":3}"#, "locations"),
        (
            "competencies",
            r#"{"category":"strategic"}"#,
            "competencies",
        ),
    ];
    let laid: Vec<_> = filters
        .iter()
        .map(|(data, filter, _)| (*data, (*filter).to_owned()))
        .collect();
    let (stage, targets) = lay(&stage, &laid, "show_beside").await;
    let person = stage.person().await;
    give(&stage, &person).await;
    for ((data, _, field), target) in filters.iter().zip(targets) {
        let found = prefill(&person, target).await;
        assert_eq!(found["gap"], "NOTHING_FITS", "{data}");
        assert_eq!(
            found["value"][field],
            json!([]),
            "{data}: a collection is empty, not gone"
        );
    }
}

async fn who_has_nothing_is_told_so(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let kinds = kinds(&list_name(&stage));
    let (stage, targets) = lay(&stage, &named(&kinds), "prefill").await;
    let somebody = stage.person().await;
    give(&stage, &somebody).await;
    // What somebody else has is not there for them.
    let person = stage.person().await;
    for ((data, filter, value, total), target) in kinds.iter().zip(targets) {
        let found = prefill(&person, target).await;
        assert_eq!(found["gap"], "NOTHING_YET", "{data} {filter}");
        if total.is_null() {
            assert_eq!(
                found["value"],
                json!(null),
                "{data}: a single value is not there"
            );
        } else {
            assert_eq!(found["total"], json!(0), "{data}");
            let (field, _) = value
                .as_object()
                .expect("a value")
                .iter()
                .find(|(name, _)| *name != "__typename")
                .expect("a field");
            assert_eq!(
                found["value"][field],
                json!([]),
                "{data}: a collection is empty"
            );
        }
    }
}

async fn without_the_key_private_things_are_locked(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let kinds = kinds(&list_name(&stage));
    let (stage, targets) = lay(&stage, &named(&kinds), "prefill").await;
    let person = stage.person().await;
    give(&stage, &person).await;
    stage.lock(&person).await;
    for ((data, filter, value, _), target) in kinds.iter().zip(targets) {
        let found = prefill(&person, target).await;
        let sealed = ["stories", "locations", "contacts", "profile", "budget"]
            .contains(&data.as_str())
            || filter.contains("notes");
        if sealed {
            assert_eq!(
                (&found["gap"], &found["value"]),
                (&json!("LOCKED"), &json!(null)),
                "{data}"
            );
        } else {
            assert_eq!(
                (&found["gap"], &found["value"]),
                (&json!(null), value),
                "{data}"
            );
        }
    }
}

async fn what_is_counted_comes_with_its_figures(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let counted = [
        (
            "skills",
            "{}",
            3,
            json!([{ "measure": "MASTERY", "count": 3, "min": 3, "mean": 4.0, "max": 5 }]),
        ),
        (
            "flow",
            r#"{"high":true}"#,
            1,
            json!([
            { "measure": "ENERGY", "count": 1, "min": 2, "mean": 2.0, "max": 2 },
            { "measure": "FOCUS", "count": 1, "min": 5, "mean": 5.0, "max": 5 }]),
        ),
        (
            "career_options",
            "{}",
            2,
            json!([
            { "measure": "COHERENCE", "count": 2, "min": 1, "mean": 2.5, "max": 4 },
            { "measure": "UNKNOWNS", "count": 1, "min": 1, "mean": 1.0, "max": 1 }]),
        ),
        (
            "competencies",
            "{}",
            3,
            json!([{ "measure": "SCORE", "count": 3, "min": 1, "mean": 3.0, "max": 5 }]),
        ),
        ("jobs", "{}", 1, json!([])),
        (
            "dashboard",
            r#"{"field":"love"}"#,
            1,
            json!([{ "measure": "NUMBER", "count": 1, "min": 9, "mean": 9.0, "max": 9 }]),
        ),
    ];
    let kinds: Vec<_> = counted
        .iter()
        .map(|(data, filter, ..)| (*data, (*filter).to_owned()))
        .collect();
    let (stage, targets) = lay(&stage, &kinds, "aggregate").await;
    let person = stage.person().await;
    give(&stage, &person).await;
    for ((data, _, count, figures), target) in counted.iter().zip(&targets) {
        let found = prefill(&person, *target).await;
        assert_eq!(found["value"]["__typename"], "AggregateAnswer", "{data}");
        assert_eq!(
            (&found["value"]["count"], &found["value"]["figures"]),
            (&json!(count), figures),
            "{data}"
        );
    }
    let other = stage.person().await;
    let none = prefill(&other, targets[0]).await;
    assert_eq!(
        (&none["value"]["count"], &none["gap"]),
        (&json!(0), &json!("NOTHING_YET"))
    );
}

async fn a_page_of_all_kinds_costs_four_statements(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let kinds = kinds(&list_name(&stage));
    let (stage, _) = lay(&stage, &named(&kinds), "show_beside").await;
    let person = stage.person().await;
    let page = "{ blocks(first: 100) { nodes { prefill { gap value { __typename } } } } }";
    let few = person.ask(page, json!({})).await;
    give(&stage, &person).await;
    let many = person.ask(page, json!({})).await;
    assert!(many.errors.is_empty(), "{many:?}");
    assert!(many.statements <= 4, "{} statements", many.statements);
    assert!(
        many.statements <= few.statements + 1,
        "the rows, not the kinds"
    );
}

async fn what_was_made_in_some_exercises_is_told_apart(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let exercise = |id: i32| {
        let placement = stage
            .library()
            .placement(PlacementId(id))
            .expect("a placement");
        placement.location.exercise_id()
    };
    // Two taggers in one module, flow trackers in two.
    let (first, second, flow) = (exercise(1129), exercise(1162), exercise(1315));
    let kinds = [
        ("skills", json!({ "exercises": [first] }).to_string()),
        (
            "skills",
            json!({ "exercises": [first, second] }).to_string(),
        ),
        ("skills", json!({ "module": "1.1" }).to_string()),
        ("flow", json!({ "exercises": [flow] }).to_string()),
        ("flow", "{}".to_owned()),
    ];
    let (stage, targets) = lay(&stage, &kinds, "show_beside").await;
    let person = stage.person().await;
    let tag =
        |name: &str, category: &str| json!({ "skillTagger": { "skills": tags(name, category) } });
    answer(&person, 1129, tag("lift", "TRANSFERABLE")).await;
    answer(&person, 1162, tag("know", "KNOWLEDGE")).await;
    let entries = |word: &str| {
        let entry = |day: i32| json!({ "date": format!("2026-02-{day:02}"), "activity": word, "energy": 1, "focus": 4 });
        json!({ "flowTracker": { "entries": (1..=5).map(entry).collect::<Vec<_>>() } })
    };
    answer(&person, 1315, entries("Here")).await;
    answer(&person, 1544, entries("There")).await;
    let mut totals = Vec::new();
    for target in targets {
        totals.push(
            prefill(&person, target).await["total"]
                .as_i64()
                .expect("a total"),
        );
    }
    assert_eq!(totals, [8, 16, 16, 5, 10]);
}

/// Eight skills of one's own.
fn tags(name: &str, category: &str) -> Vec<Value> {
    let tag =
        |number: i32| json!({ "customName": format!("{name} {number}"), "category": category });
    (0..8).map(tag).collect()
}
