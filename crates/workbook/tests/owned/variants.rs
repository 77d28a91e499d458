//! Readers who meet different words and the same workbook.

use std::path::Path;

use dreamtree_content::PlacementId;
use dreamtree_database::{on_both, testing::TestDatabase};
use dreamtree_types::UserId;
use dreamtree_workbook::VariantReport;
use serde_json::{Value, json};

use crate::support::{Person, Stage, clock, refusal};

const WORDS: &str = "{ blocks(first: 20) { nodes { id state body {
    ... on ContentBlock { text } ... on Prompt { text } } } } }";
const PROGRESS: &str = "{ progress { position { placement } required answered complete } contents { exercise state } }";
const ANSWER: &str = "mutation($placement: ID!, $text: String!) {
    answer(input: { placement: $placement, value: { text: $text } }) { block { body { ... on Prompt { text } } } } }";

on_both!(
    a_reader_meets_the_same_words_every_time,
    what_is_required_does_not_depend_on_the_words,
    a_report_counts_by_wording_and_points_at_nobody,
);

async fn stage(test: &TestDatabase) -> Stage<'_> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/variants");
    Stage::of(test, &folder).await
}

async fn user(stage: &Stage<'_>, person: &Person<'_>) -> UserId {
    stage.write(person).await.user()
}

/// People until there are as many for each of the two wordings.
async fn people<'a>(stage: &'a Stage<'a>, each: usize) -> [Vec<Person<'a>>; 2] {
    let [group] = stage.library().variant_groups()[..] else {
        panic!("one group")
    };
    let mut people = [Vec::new(), Vec::new()];
    while people.iter().any(|met| met.len() < each) {
        let person = stage.person().await;
        let wording = group.wording_for(user(stage, &person).await);
        people[wording].push(person);
    }
    people.map(|mut met| met.drain(..each).collect())
}

/// The texts of the instruction and of the question that have two wordings.
async fn words(person: &Person<'_>) -> Vec<Value> {
    let data = person.data(WORDS, json!({})).await;
    let texts = data["blocks"]["nodes"].as_array().expect("nodes").iter();
    texts
        .map(|node| node["body"]["text"].clone())
        .skip(2)
        .take(2)
        .collect()
}

async fn a_reader_meets_the_same_words_every_time(test: &TestDatabase) {
    let stage = stage(test).await;
    let [first, second] = people(&stage, 2).await;
    for (met, expected) in [
        (&first, ["First instruction.", "First question?"]),
        (&second, ["Second instruction.", "Second question?"]),
    ] {
        for person in met {
            assert_eq!(words(person).await, expected);
            let variables = json!({ "placement": "placement:1112", "text": "So" });
            let answered = person.data(ANSWER, variables).await;
            assert_eq!(answered["answer"]["block"]["body"]["text"], expected[1]);
            assert_eq!(words(person).await, expected);
        }
    }
}

async fn what_is_required_does_not_depend_on_the_words(test: &TestDatabase) {
    let stage = stage(test).await;
    let [first, second] = people(&stage, 1).await;
    let mut told = Vec::new();
    for person in [&first[0], &second[0]] {
        let mut steps = vec![person.data(PROGRESS, json!({})).await];
        let locked = json!({ "placement": "placement:1113", "text": "So" });
        assert_eq!(
            person.refused(ANSWER, locked).await,
            refusal("LOCKED", "input.placement")
        );
        for placement in ["placement:1112", "placement:1113", "placement:1121"] {
            person
                .data(ANSWER, json!({ "placement": placement, "text": "So" }))
                .await;
            steps.push(person.data(PROGRESS, json!({})).await);
        }
        let last = &steps[3]["progress"];
        assert_eq!(
            (&last["required"], &last["complete"]),
            (&json!(3), &json!(true))
        );
        told.push(steps);
    }
    assert_eq!(told[0], told[1]);
}

async fn a_report_counts_by_wording_and_points_at_nobody(test: &TestDatabase) {
    let stage = stage(test).await;
    let people = people(&stage, 7).await;
    let both = [PlacementId(1112), PlacementId(1113)];
    for (index, person) in people[0].iter().enumerate() {
        let answered = if index < 6 { &both[..] } else { &both[..1] };
        stage.mark(person, answered, clock().now()).await;
    }
    for (index, person) in people[1].iter().enumerate() {
        let elsewhere = [PlacementId(1121)];
        let answered = if index < 4 {
            &both[..1]
        } else {
            &elsewhere[..]
        };
        stage.mark(person, answered, clock().now()).await;
    }
    let mut report = VariantReport::new(stage.library());
    for person in people.iter().flatten() {
        report
            .add(&stage.write(person).await)
            .await
            .expect("counted");
    }
    let [(group, tallies)] = report.groups() else {
        panic!("one group")
    };
    assert_eq!(
        (group.name, group.exercise.id.as_str()),
        ("two-ways", "1.1.1")
    );
    let shown = tallies
        .iter()
        .map(|tally| (tally.answered.to_string(), tally.completed.to_string()));
    let expected =
        [("5+", "5+"), ("<5", "<5")].map(|(one, other)| (one.to_owned(), other.to_owned()));
    assert_eq!(shown.collect::<Vec<_>>(), expected);
}
