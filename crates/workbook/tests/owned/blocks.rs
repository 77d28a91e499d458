//! Paging through the open blocks: forwards, backwards, around one, and across a change of content.

use dreamtree_content::PlacementId;
use dreamtree_database::{on_both, testing::TestDatabase};
use serde_json::{Value, json};

use crate::support::{Person, Stage, clock, refusal};

const PAGE: &str = "query($first: Int, $after: String, $last: Int, $before: String, $around: ID) {
    blocks(first: $first, after: $after, last: $last, before: $before, around: $around) {
        nodes { id } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }";

const ANSWERS: &str = "query($first: Int, $last: Int, $around: ID) {
    blocks(first: $first, last: $last, around: $around) {
        nodes { id answer { value { ... on TextAnswer { text } } } } } }";

on_both!(
    there_and_back_without_gap_or_repetition,
    a_window_has_its_block_in_it,
    the_end_of_the_way_shows_its_answers,
    a_cursor_outlives_its_block,
    what_is_not_a_page_is_refused,
);

async fn page(person: &Person<'_>, variables: Value) -> (Vec<String>, Value) {
    let data = person.data(PAGE, variables).await;
    let nodes = data["blocks"]["nodes"].as_array().expect("nodes").clone();
    let id = |node: &Value| node["id"].as_str().expect("an id").to_owned();
    (
        nodes.iter().map(id).collect(),
        data["blocks"]["pageInfo"].clone(),
    )
}

/// A person with this many open blocks or a few more, and the open blocks.
async fn reader<'a>(stage: &'a Stage<'_>, open: usize) -> (Person<'a>, Vec<String>) {
    let person = stage.person().await;
    let (before, behind) = stage.library().placements().split_at(open);
    let required = before.iter().filter(|one| one.required).map(|one| one.id);
    let required: Vec<PlacementId> = required.collect();
    stage.mark(&person, &required, clock().now()).await;
    let more = behind
        .iter()
        .position(|one| one.required)
        .expect("a required one");
    let all = stage.library().placements()[..=open + more].iter();
    (
        person,
        all.map(|one| format!("placement:{}", one.id.0)).collect(),
    )
}

async fn there_and_back_without_gap_or_repetition(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let (person, open) = reader(&stage, 130).await;
    for size in [7, 40, 100] {
        let (mut there, mut after) = (Vec::new(), Value::Null);
        loop {
            let (ids, info) = page(&person, json!({ "first": size, "after": after })).await;
            assert_eq!(info["hasPreviousPage"], json!(!there.is_empty()));
            there.extend(ids);
            after = info["endCursor"].clone();
            if info["hasNextPage"] == false {
                break;
            }
        }
        assert_eq!(there, open, "forwards by {size}");
        let (mut back, mut before) = (Vec::new(), Value::Null);
        loop {
            let (mut ids, info) = page(&person, json!({ "last": size, "before": before })).await;
            assert_eq!(info["hasNextPage"], json!(!back.is_empty()));
            ids.append(&mut back);
            back = ids;
            before = info["startCursor"].clone();
            if info["hasPreviousPage"] == false {
                break;
            }
        }
        assert_eq!(back, open, "backwards by {size}");
    }
    let (_, info) = page(&person, json!({ "first": 20 })).await;
    let between = json!({ "after": info["startCursor"], "before": info["endCursor"], "last": 5 });
    assert_eq!(page(&person, between).await.0, open[14..19]);
}

async fn a_window_has_its_block_in_it(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let (person, open) = reader(&stage, 60).await;
    for (index, start) in [(0, 0), (3, 0), (20, 15), (open.len() - 1, open.len() - 10)] {
        let window = json!({ "first": 10, "around": open[index] });
        let (ids, info) = page(&person, window).await;
        assert_eq!(ids, open[start..start + 10], "around {index}");
        assert_eq!(info["hasPreviousPage"], json!(start > 0));
        assert_eq!(info["hasNextPage"], json!(start + 10 < open.len()));
    }
    let (all, _) = page(&person, json!({ "first": 100, "around": open[5] })).await;
    assert_eq!(all, open, "a window larger than what is open");
    let (one, _) = page(&person, json!({ "first": 1, "around": open[5] })).await;
    assert_eq!(one, open[5..6]);
}

async fn the_end_of_the_way_shows_its_answers(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let person = stage.person().await;
    let at = person
        .data("{ progress { position { placement } } }", json!({}))
        .await;
    let id = &at["progress"]["position"]["placement"];
    let answer = "mutation($id: ID!) { answer(input: { placement: $id,
        value: { text: \"Long enough to be taken for an answer.\" } }) { block { state } } }";
    person.data(answer, json!({ "id": id })).await;
    for variables in [json!({ "last": 9 }), json!({ "first": 9, "around": id })] {
        let asked = person.ask(ANSWERS, variables).await;
        let nodes = asked.data["blocks"]["nodes"].as_array().expect("nodes");
        let answered = nodes
            .iter()
            .find(|node| node["id"] == *id)
            .expect("the answered one");
        let saved = &answered["answer"]["value"]["text"];
        assert_eq!(saved, "Long enough to be taken for an answer.");
        assert!(asked.statements <= 4, "{} statements", asked.statements);
    }
}

async fn a_cursor_outlives_its_block(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let (person, open) = reader(&stage, 30).await;
    let (_, info) = page(&person, json!({ "first": 10 })).await;
    let (after, gone) = (&info["endCursor"], stage.library().placements()[9].id.0);
    let moved = stage
        .after("UPDATE stem SET sequence = sequence + 5000")
        .await;
    let (ids, _) = page(&person.at(&moved), json!({ "first": 3, "after": after })).await;
    assert_eq!(ids, open[10..13], "found by its id");
    let back = "UPDATE stem SET sequence = sequence - 5000";
    let retire = format!("{back}; UPDATE stem SET is_active = false WHERE id = {gone}");
    let retired = stage.after(&retire).await;
    let person = person.at(&retired);
    let (ids, _) = page(&person, json!({ "first": 3, "after": after })).await;
    assert_eq!(ids, open[10..13], "found by its place");
    let (ids, _) = page(&person, json!({ "last": 3, "before": after })).await;
    assert_eq!(ids, open[6..9], "found by its place");
}

async fn what_is_not_a_page_is_refused(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let (person, open) = reader(&stage, 10).await;
    let cursor = page(&person, json!({})).await.1["endCursor"].clone();
    let last = stage
        .library()
        .placements()
        .last()
        .expect("a last one")
        .id
        .0;
    for (variables, code, field) in [
        (json!({ "first": 1, "last": 1 }), "INVALID_INPUT", "last"),
        (json!({ "first": 0 }), "INVALID_INPUT", "first"),
        (json!({ "first": 101 }), "INVALID_INPUT", "first"),
        (json!({ "last": 0 }), "INVALID_INPUT", "last"),
        (json!({ "last": 101 }), "INVALID_INPUT", "last"),
        (json!({ "after": "17" }), "INVALID_INPUT", "after"),
        (json!({ "after": "skills:1.1" }), "INVALID_INPUT", "after"),
        (json!({ "before": "blocks:1" }), "INVALID_INPUT", "before"),
        (
            json!({ "around": open[0], "after": cursor }),
            "INVALID_INPUT",
            "around",
        ),
        (
            json!({ "around": open[0], "before": cursor }),
            "INVALID_INPUT",
            "around",
        ),
        (
            json!({ "around": open[0], "last": 3 }),
            "INVALID_INPUT",
            "around",
        ),
        (json!({ "around": "placement:1" }), "NOT_FOUND", "around"),
        (
            json!({ "around": format!("placement:{last}") }),
            "LOCKED",
            "around",
        ),
    ] {
        let refused = person.refused(PAGE, variables.clone()).await;
        assert_eq!(refused, refusal(code, field), "{variables}");
    }
}
