//! What a person wants to find out about career options.

use dreamtree_database::{on_both, testing::TestDatabase};
use serde_json::{Value, json};

use crate::support::{Person, Stage, clock, refusal};

const OPTION: &str = "mutation($input: CreateCareerOptionInput!) {
    createCareerOption(input: $input) { careerOption { id } } }";
const ALL: &str = "{ careerOptions { title revision questions { text answered revision } } }";
const CREATE: &str = "mutation($input: CreateOptionQuestionInput!) {
    createOptionQuestion(input: $input) { optionQuestion { id text answered careerOption revision } } }";
const UPDATE: &str = "mutation($input: UpdateOptionQuestionInput!) {
    updateOptionQuestion(input: $input) { optionQuestion { text answered revision } } }";
const DELETE: &str = "mutation($input: DeleteInput!) { delete(input: $input) { id } }";
const REORDER: &str = "mutation($input: ReorderInput!) { reorder(input: $input) { ids } }";

on_both!(
    a_question_is_asked_answered_and_taken_away,
    questions_stand_in_the_persons_order,
    questions_go_with_their_option,
    what_does_not_fit_is_refused,
    twenty_questions_cost_what_one_costs,
);

async fn option(person: &Person<'_>, title: &str) -> Value {
    let made = person
        .data(OPTION, json!({ "input": { "title": title } }))
        .await;
    made["createCareerOption"]["careerOption"]["id"].clone()
}

async fn ask(person: &Person<'_>, option: &Value, text: &str) -> Value {
    let input = json!({ "careerOption": option, "text": text });
    let made = person.data(CREATE, json!({ "input": input })).await;
    made["createOptionQuestion"]["optionQuestion"]["id"].clone()
}

async fn texts(person: &Person<'_>) -> Vec<(String, i64)> {
    let all = person.data(ALL, json!({})).await;
    let questions = all["careerOptions"][0]["questions"]
        .as_array()
        .expect("a list")
        .clone();
    let text = |one: &Value| one["text"].as_str().expect("a text").to_owned();
    let both = |one: &Value| (text(one), one["revision"].as_i64().expect("a number"));
    questions.iter().map(both).collect()
}

async fn a_question_is_asked_answered_and_taken_away(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let person = stage.person().await;
    let option = option(&person, "Baker").await;
    let id = "option_question:0190a3e4-0000-7000-8000-000000000001";
    for text in [" How early? ", " "] {
        let input = json!({ "id": id, "careerOption": option, "text": text });
        let made = person.data(CREATE, json!({ "input": input })).await;
        assert_eq!(
            made["createOptionQuestion"]["optionQuestion"],
            json!({ "id": id, "text": "How early?", "answered": false, "careerOption": option, "revision": 1 }),
            "the same id again is what is there, whatever else is said"
        );
    }
    let change = json!({ "input": { "id": id, "answered": true, "expectedVersion": 1 } });
    let changed = person.data(UPDATE, change.clone()).await;
    let now = json!({ "text": "How early?", "answered": true, "revision": 2 });
    assert_eq!(changed["updateOptionQuestion"]["optionQuestion"], now);
    let slower = person.ask(UPDATE, change).await;
    assert_eq!(
        slower.errors,
        [refusal("CONFLICT", "input.expectedVersion")]
    );
    assert_eq!(slower.data["updateOptionQuestion"]["optionQuestion"], now);
    person.data(DELETE, json!({ "input": { "id": id } })).await;
    assert!(texts(&person).await.is_empty());
    let all = person.data(ALL, json!({})).await;
    assert_eq!(
        all["careerOptions"][0]["revision"], 1,
        "no change of the option"
    );
}

async fn questions_stand_in_the_persons_order(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let person = stage.person().await;
    let option = option(&person, "Baker").await;
    let mut ids = Vec::new();
    for text in ["a", "b", "c"] {
        ids.push(ask(&person, &option, text).await);
    }
    person
        .data(REORDER, json!({ "input": { "ids": [ids[2]] } }))
        .await;
    let moved = [("c", 2), ("a", 2), ("b", 2)].map(|(text, count)| (text.to_owned(), count));
    assert_eq!(texts(&person).await, moved);
    person
        .data(REORDER, json!({ "input": { "ids": [ids[2], ids[0]] } }))
        .await;
    assert_eq!(
        texts(&person).await,
        moved,
        "what does not move does not change"
    );
}

async fn questions_go_with_their_option(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let person = stage.person().await;
    let option = option(&person, "Baker").await;
    ask(&person, &option, "How early?").await;
    person
        .data(DELETE, json!({ "input": { "id": option } }))
        .await;
    assert!(
        person
            .rows("SELECT id FROM user_option_questions")
            .await
            .is_empty()
    );
}

async fn what_does_not_fit_is_refused(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let (person, other) = (stage.person().await, stage.person().await);
    let (baker, cook) = (
        option(&person, "Baker").await,
        option(&person, "Cook").await,
    );
    let one = ask(&person, &baker, "How early?").await;
    let second = ask(&person, &cook, "How late?").await;
    for text in [" ".to_owned(), "x".repeat(501)] {
        let input = json!({ "careerOption": baker, "text": text });
        let refused = person.refused(CREATE, json!({ "input": input })).await;
        assert_eq!(refused, refusal("INVALID_INPUT", "input.text"));
    }
    let null = json!({ "input": { "id": one, "answered": null } });
    assert_eq!(
        person.refused(UPDATE, null).await,
        refusal("INVALID_INPUT", "input.answered")
    );
    for (ids, code, field) in [
        (json!([one, second]), "NOT_FOUND", "input.ids[1]"),
        (json!([one, one]), "DUPLICATE_ENTRY", "input.ids[1]"),
    ] {
        let refused = person
            .refused(REORDER, json!({ "input": { "ids": ids } }))
            .await;
        assert_eq!(refused, refusal(code, field));
    }
    let theirs = json!({ "input": { "careerOption": baker, "text": "x" } });
    assert_eq!(
        other.refused(CREATE, theirs).await,
        refusal("NOT_FOUND", "input.careerOption")
    );
    for (mutation, input, field) in [
        (UPDATE, json!({ "id": one, "text": "x" }), "input.id"),
        (DELETE, json!({ "id": one }), "input.id"),
        (REORDER, json!({ "ids": [one] }), "input.ids[0]"),
    ] {
        let refused = other.refused(mutation, json!({ "input": input })).await;
        assert_eq!(refused, refusal("NOT_FOUND", field));
    }
}

async fn twenty_questions_cost_what_one_costs(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let person = stage.person().await;
    let option = option(&person, "Baker").await;
    for number in 0..20 {
        ask(&person, &option, &format!("Question {number}")).await;
        let cost = person.ask(ALL, json!({})).await.statements;
        assert_eq!(cost, 2, "the session, the options with what hangs on them");
    }
}
