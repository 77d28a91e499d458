//! What connections may carry, and that nothing builds on itself.

use dreamtree_content::{DataKind, OnChange, PlacementId, Shelf, Usage};
use dreamtree_database::{on_both, testing::TestDatabase};

use super::{
    super::{clock, put, support::Copy},
    FIRST, LOVE,
};

/// Connections that are taken.
const GOOD: &[&str] = &[
    r#"data = "experiences" | use = "show_beside" | filter = { type = "job", top = 3 }"#,
    r#"data = "skills" | use = "prefill" | filter = { by = "mastery", custom = true, min_mastery = 4, nth = 2 }"#,
    r#"data = "skills_master" | use = "choose_from" | filter = { category = "knowledge" }"#,
    r#"data = "list" | use = "choose_from" | filter = { list = "Wishes", exercises = ["1.1.1"] }"#,
    r#"data = "stories" | use = "flag_for_review" | filter = { type = "reframe" }"#,
    r#"data = "flow" | use = "aggregate" | filter = { high = true, module = "1.4" }"#,
    r#"data = "flow" | use = "show_beside" | on_change = "flag" | from = 1413"#,
    r#"data = "profile" | use = "prefill" | filter = { field = "headline" } | on_change = "snapshot""#,
    r#"data = "values" | use = "show_beside" | filter = { field = "work_values" }"#,
    r#"data = "dashboard" | use = "aggregate" | filter = { field = "work" }"#,
    r#"data = "competencies" | use = "show_beside" | filter = { band = "strengths", category = "delivery" }"#,
    r#"data = "career_options" | use = "show_beside" | filter = { nth = 1 } | on_change = "update""#,
];

/// Connections that are refused, each with its rule.
const BAD: &[(&str, &str)] = &[
    (r#"data = "answer" | use = "prefill""#, "connection-source"),
    (r#"data = "records" | use = "prefill""#, "connection-source"),
    (r#"data = "list" | use = "prefill""#, "connection-source"),
    (
        r#"data = "locations" | use = "prefill" | from = 1113"#,
        "connection-data",
    ),
    (
        r#"data = "stories" | use = "prefill" | filter = { module = "1.1" }"#,
        "connection-data",
    ),
    (
        r#"data = "skills" | use = "prefill" | filter = { type = "job" }"#,
        "connection-filter",
    ),
    (
        r#"data = "skills" | use = "prefill" | filter = { category = "delivery" }"#,
        "connection-filter",
    ),
    (
        r#"data = "stories" | use = "prefill" | filter = { type = "job" }"#,
        "connection-filter",
    ),
    (
        r#"data = "values" | use = "prefill" | filter = { field = "headline" }"#,
        "connection-filter",
    ),
    (r#"data = "profile" | use = "prefill""#, "connection-filter"),
    (
        r#"data = "budget" | use = "prefill" | filter = { top = 1 }"#,
        "connection-filter",
    ),
    (
        r#"data = "jobs" | use = "prefill" | filter = { exercises = ["1.1.1"] }"#,
        "connection-filter",
    ),
    (
        r#"data = "flow" | use = "prefill" | filter = { exercises = ["7.7.7"] }"#,
        "connection-filter",
    ),
    (
        r#"data = "flow" | use = "prefill" | filter = { module = "1.4" } | from = 1413"#,
        "connection-filter",
    ),
    (
        r#"data = "list" | use = "prefill" | filter = { list = "Wishes" } | from = 1113"#,
        "connection-filter",
    ),
    (
        r#"data = "skills" | use = "prefill" | filter = { top = 1, nth = 1 }"#,
        "connection-filter",
    ),
    (r#"data = "budget" | use = "aggregate""#, "connection-usage"),
    (
        r#"data = "answer" | use = "aggregate" | from = 1112"#,
        "connection-usage",
    ),
    (
        r#"data = "jobs" | use = "prefill" | on_change = "sometimes""#,
        "unknown-word",
    ),
    (r#"data = "dreams" | use = "prefill""#, "unknown-word"),
];

/// A set with one more prompt at its end, which has this connection.
fn with(connection: &str) -> Copy {
    let settings = connection.replace(" | ", "\n");
    let block = format!(
        "\n:::prompt {{#1450 input=textarea}}\nAnd now?\n---\n[connection]\nid = 9\ntype = \"backward\"\n{settings}\n:::\n"
    );
    Copy::of("markdown").append(LOVE, &block)
}

#[test]
fn each_kind_has_its_own_filters_and_uses() {
    for connection in GOOD {
        drop(with(connection).edition());
    }
    for (connection, rule) in BAD {
        let faults = with(connection).faults();
        let found = faults
            .iter()
            .any(|one| one.file == LOVE && one.line == 27 && one.rule == *rule);
        assert!(found, "{connection} → {rule}: {faults:#?}");
    }
}

/// The message of the only circle.
fn circle(set: &Copy) -> String {
    let faults = set.faults();
    let mut circles = faults.iter().filter(|one| one.rule == "connection-cycle");
    let message = circles.next().expect("a circle").to_string();
    assert!(circles.next().is_none(), "{faults:#?}");
    message
}

/// Gives the first prompt or the list of the set a connection.
fn linked(set: Copy, behind: &str, connection: &str) -> Copy {
    let settings = format!("{behind}\n\n[connection]\ntype = \"internal\"\n{connection}");
    set.replace(FIRST, behind, &settings)
}

const PROMPT: &str = "max_length = 4000";
const LIST: &str = "Write down what you want.\n---\nlist = \"Wishes\"";

#[test]
fn placements_that_build_on_each_other_are_named() {
    let connection = "id = 8\nfrom = 1121\ndata = \"answer\"\nuse = \"show_beside\"";
    let set = linked(Copy::of("markdown"), PROMPT, connection);
    let message = circle(&set);
    assert!(
        message.starts_with("workbook/1.1-beginnings.md:29:"),
        "{message}"
    );
    assert!(message.contains("circle: 1112, 1121"), "{message}");
    let itself = Copy::of("markdown").replace(FIRST, "from = 1112", "from = 1121");
    assert!(circle(&itself).contains("circle: 1121 ["));
}

#[test]
fn what_is_only_made_later_must_not_build_on_its_target() {
    let wishes = "id = 8\ndata = \"list\"\nuse = \"show_beside\"\nfilter = { list = \"Wishes\" }";
    let first = linked(Copy::of("markdown"), PROMPT, wishes);
    drop(first.edition());
    let answer = "id = 7\nfrom = 1112\ndata = \"answer\"\nuse = \"show_beside\"";
    let both = linked(first, LIST, answer);
    assert!(circle(&both).contains("circle: 1112, 1113"));
    // Where the list is begun before, there is something to show, and no circle.
    let before =
        "# Beginnings {#1100}\n\n:::tool {#1102 name=list_builder}\n---\nlist = \"Wishes\"\n:::";
    drop(
        both.replace(FIRST, "# Beginnings {#1100}", before)
            .edition(),
    );
}

#[test]
fn what_is_put_in_order_is_no_snapshot() {
    let set = Copy::of("markdown").replace(
        FIRST,
        "use = \"choose_from\"",
        "use = \"choose_from\"\non_change = \"snapshot\"",
    );
    let faults = set.faults();
    assert!(
        faults.iter().any(|one| one.rule == "connection-policy"),
        "{faults:#?}"
    );
}

on_both!(a_connection_says_where_its_data_comes_from_and_who_is_told);

async fn a_connection_says_where_its_data_comes_from_and_who_is_told(test: &TestDatabase) {
    let flow = r#"data = "flow" | use = "flag_for_review" | filter = { module = "1.4" }"#;
    put(test, &with(flow)).await.unwrap();
    let library = Shelf::open(&test.database).await.unwrap().current();
    let target = library.index_of(PlacementId(1450)).unwrap();
    let connection = library.placements()[target].connection.as_ref().unwrap();
    assert_eq!((connection.source, connection.data), (None, DataKind::Flow));
    assert_eq!(connection.places.as_deref(), Some(&[PlacementId(1413)][..]));
    assert_eq!(
        (connection.usage, connection.on_change),
        (Usage::FlagForReview, OnChange::Update)
    );
    assert_eq!(library.told_by(PlacementId(1413)), [target]);
    // The connections of the set itself tell nobody.
    assert!(library.told_by(PlacementId(1112)).is_empty());
}
