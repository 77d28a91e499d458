//! What a reader is told when something that an answer builds on has changed.

use dreamtree_content::Input;
use dreamtree_database::{on_both, testing::TestDatabase};
use serde_json::json;
use time::Duration;

use super::{BESIDE, KEEP, Link, answer, laid, named, prefill, stale, write};
use crate::support::{Stage, clock, refusal};

on_both!(
    a_changed_source_marks_its_target_until_it_is_kept,
    what_shows_what_is_there_now_is_not_marked,
    things_of_ones_own_mark_what_builds_on_them,
    other_texts_of_the_same_row_mark_nothing,
    what_is_to_be_reviewed_is_marked_before_it_is_answered,
    marks_are_ones_own,
    what_cannot_be_kept_is_refused,
    marks_cost_an_answer_no_statement,
);

/// Prompts that take a text and are not private, in the order of reading.
pub(super) fn prompts(stage: &Stage<'_>) -> Vec<i32> {
    let placements = stage.library().placements().iter();
    let written = placements.filter(|one| {
        let prompt = one.prompt().filter(|prompt| !prompt.private);
        prompt.is_some_and(
            |prompt| matches!(&prompt.input, Input::Textarea(text) if text.min_length <= 50),
        ) && one.connection.is_none()
    });
    written.map(|one| one.id.0).collect()
}

fn id(placement: i32) -> String {
    format!("placement:{placement}")
}

async fn a_changed_source_marks_its_target_until_it_is_kept(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let [source, target, other, ..] = prompts(&stage)[..] else {
        panic!("three prompts")
    };
    let link = Link {
        target,
        source: Some(source),
        on_change: "flag",
        ..BESIDE
    };
    let stage = laid(&stage, &[link]).await;
    let person = stage.person().await;
    let later = || test.database.clock().advance(Duration::minutes(1));
    assert!(
        write(&person, source, "One").await.is_empty(),
        "not answered, not marked"
    );
    assert!(write(&person, target, "Two").await.is_empty());
    assert!(stale(&person).await.is_empty());
    later();
    assert_eq!(write(&person, source, "Three").await, [id(target)]);
    assert_eq!(stale(&person).await, [id(target)]);
    let shown = prefill(&person, target).await;
    assert_eq!(
        (&shown["stale"], &shown["onChange"]),
        (&json!(true), &json!("FLAG"))
    );
    assert!(
        shown["value"]["text"]
            .as_str()
            .expect("a text")
            .starts_with("Three")
    );
    assert_eq!(shown["source"], json!(id(source)));
    // Something else changes nothing.
    assert!(write(&person, other, "Four").await.is_empty());
    later();
    let kept = person.data(KEEP, named(target)).await;
    assert_eq!(
        kept["keepAnswer"]["block"],
        json!({ "id": id(target), "prefill": { "stale": false } })
    );
    assert!(stale(&person).await.is_empty());
    later();
    assert_eq!(write(&person, source, "Five").await, [id(target)]);
    later();
    assert!(write(&person, target, "Six").await.is_empty());
    assert!(
        stale(&person).await.is_empty(),
        "an answer is as good as a look"
    );
}

async fn what_shows_what_is_there_now_is_not_marked(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let [source, target, ..] = prompts(&stage)[..] else {
        panic!("two prompts")
    };
    let stage = laid(
        &stage,
        &[Link {
            target,
            source: Some(source),
            ..BESIDE
        }],
    )
    .await;
    let person = stage.person().await;
    let before = prefill(&person, target).await;
    assert_eq!(
        (&before["gap"], &before["value"]),
        (&json!("NOT_ANSWERED"), &json!(null))
    );
    write(&person, source, "One").await;
    write(&person, target, "Two").await;
    test.database.clock().advance(Duration::minutes(1));
    assert!(write(&person, source, "Three").await.is_empty());
    let shown = prefill(&person, target).await;
    assert!(
        shown["value"]["text"]
            .as_str()
            .expect("a text")
            .starts_with("Three")
    );
    assert_eq!(shown["stale"], json!(false));
    assert!(stale(&person).await.is_empty());
}

async fn things_of_ones_own_mark_what_builds_on_them(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let [target, other, ..] = prompts(&stage)[..] else {
        panic!("two prompts")
    };
    let flag = Link {
        data: "locations",
        on_change: "flag",
        ..BESIDE
    };
    let jobs = Link {
        data: "jobs",
        on_change: "flag",
        ..BESIDE
    };
    let stage = laid(
        &stage,
        &[
            Link { target, ..flag },
            Link {
                target: other,
                ..jobs
            },
        ],
    )
    .await;
    let person = stage.person().await;
    let later = || test.database.clock().advance(Duration::minutes(1));
    let create = r#"mutation { createLocation(input: { name: "Porto" }) { location { id } } }"#;
    let made = person.data(create, json!({})).await;
    let location = made["createLocation"]["location"]["id"].clone();
    write(&person, target, "One").await;
    write(&person, other, "One").await;
    assert!(stale(&person).await.is_empty());
    later();
    let rename = "mutation($id: ID!) { updateLocation(input: { id: $id, name: \"Lyon\" }) { location { id } } }";
    person.data(rename, json!({ "id": location })).await;
    assert_eq!(stale(&person).await, [id(target)]);
    assert_eq!(prefill(&person, target).await["stale"], json!(true));
    later();
    person.data(KEEP, named(target)).await;
    assert!(stale(&person).await.is_empty());
    later();
    let delete = "mutation($id: ID!) { delete(input: { id: $id }) { id } }";
    person.data(delete, json!({ "id": location })).await;
    assert_eq!(
        stale(&person).await,
        [id(target)],
        "what is gone is a change too"
    );
    assert_eq!(prefill(&person, other).await["stale"], json!(false));
}

async fn other_texts_of_the_same_row_mark_nothing(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let [target, other, ..] = prompts(&stage)[..] else {
        panic!("two prompts")
    };
    let headline = Link {
        data: "profile",
        filter: r#"{"field":"headline"}"#,
        on_change: "flag",
        ..BESIDE
    };
    let code = Link {
        data: "personality",
        on_change: "flag",
        ..BESIDE
    };
    let stage = laid(
        &stage,
        &[
            Link { target, ..headline },
            Link {
                target: other,
                ..code
            },
        ],
    )
    .await;
    let person = stage.person().await;
    let later = || test.database.clock().advance(Duration::minutes(1));
    write(&person, target, "One").await;
    write(&person, other, "One").await;
    later();
    let dashboard = json!({ "work": 4, "play": 6, "love": 9, "health": 7 });
    answer(&person, 1583, json!({ "lifeDashboard": dashboard })).await;
    let font = "mutation { updateSettings(input: { displayName: \"Ada\" }) { viewer { id } } }";
    person.ask(font, json!({})).await;
    assert!(stale(&person).await.is_empty());
    later();
    let profile =
        r#"mutation { updateProfile(input: { headline: "listener" }) { profile { revision } } }"#;
    person.data(profile, json!({})).await;
    assert_eq!(stale(&person).await, [id(target)]);
    person.choose("INFJ").await;
    assert_eq!(stale(&person).await, [id(target), id(other)]);
}

async fn what_is_to_be_reviewed_is_marked_before_it_is_answered(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let [source, target, ..] = prompts(&stage)[..] else {
        panic!("two prompts")
    };
    let link = Link {
        target,
        source: Some(source),
        usage: "flag_for_review",
        ..BESIDE
    };
    let stage = laid(&stage, &[link]).await;
    let person = stage.person().await;
    assert!(stale(&person).await.is_empty(), "nothing to look at yet");
    assert_eq!(write(&person, source, "One").await, [id(target)]);
    let shown = prefill(&person, target).await;
    assert_eq!(
        (&shown["stale"], &shown["usage"]),
        (&json!(true), &json!("FLAG_FOR_REVIEW"))
    );
    assert_eq!(stale(&person).await, [id(target)]);
    person.data(KEEP, named(target)).await;
    assert!(stale(&person).await.is_empty());
    test.database.clock().advance(Duration::minutes(1));
    assert_eq!(write(&person, source, "Two").await, [id(target)]);
    assert_eq!(stale(&person).await, [id(target)]);
}

async fn marks_are_ones_own(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let [source, target, ..] = prompts(&stage)[..] else {
        panic!("two prompts")
    };
    let link = Link {
        target,
        source: Some(source),
        on_change: "flag",
        ..BESIDE
    };
    let stage = laid(&stage, &[link]).await;
    let (one, other) = (stage.person().await, stage.person().await);
    for person in [&one, &other] {
        write(person, source, "One").await;
        write(person, target, "Two").await;
    }
    test.database.clock().advance(Duration::minutes(1));
    write(&one, source, "Three").await;
    assert!(stale(&other).await.is_empty());
    test.database.clock().advance(Duration::minutes(1));
    other.data(KEEP, named(target)).await;
    assert_eq!(stale(&one).await, [id(target)]);
}

async fn what_cannot_be_kept_is_refused(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let [source, target, ..] = prompts(&stage)[..] else {
        panic!("two prompts")
    };
    let last = stage.library().placements().last().expect("an end").id.0;
    let link = Link {
        target: last,
        source: Some(source),
        on_change: "flag",
        ..BESIDE
    };
    let mut open = laid(&stage, &[link]).await;
    let person = open.person().await;
    assert_eq!(
        person.refused(KEEP, named(7)).await,
        refusal("NOT_FOUND", "placement")
    );
    assert_eq!(
        person.refused(KEEP, named(target)).await,
        refusal("INVALID_INPUT", "placement")
    );
    open = open
        .after("UPDATE stem SET is_required = TRUE WHERE block_type = 'prompt'")
        .await;
    let person = open.person().await;
    assert_eq!(
        person.refused(KEEP, named(last)).await,
        refusal("LOCKED", "placement")
    );
}

async fn marks_cost_an_answer_no_statement(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let prompts = prompts(&stage);
    let [source, target, ..] = prompts[..] else {
        panic!("two prompts")
    };
    let far = prompts[prompts.len() - 1];
    let open = laid(&stage, &[]).await;
    let link = Link {
        target: far,
        source: Some(source),
        on_change: "flag",
        ..BESIDE
    };
    let linked = laid(&open, &[link]).await;
    let save = "mutation($input: AnswerInput!) { answer(input: $input) { block { id } stale { placement } } }";
    let value = json!({ "text": "Enough of it to be an answer to any question at all." });
    let input = |placement: i32| json!({ "input": { "placement": id(placement), "value": value } });
    let mut costs = Vec::new();
    for stage in [&open, &linked] {
        let person = stage.person().await;
        person.data(save, input(far)).await;
        let saved = person.ask(save, input(source)).await;
        assert!(saved.errors.is_empty(), "{saved:?}");
        costs.push(saved.statements);
    }
    assert_eq!(costs[0], costs[1], "{target}");
}
