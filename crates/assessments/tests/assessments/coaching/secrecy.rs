//! What is right cannot be found out before an attempt is completed, nor by anybody else afterwards.

use async_graphql::{EmptySubscription, Schema};
use dreamtree_assessments::graphql::coaching::{CoachingMutation, CoachingQuery};
use dreamtree_database::{on_both, testing::TestDatabase};
use serde_json::{Value, json};

use super::{BEST_1, Coachee, RESULT};
use crate::support::{clock, content, refusal};

on_both!(
    an_open_attempt_tells_nothing_of_what_is_right,
    an_attempt_is_its_owners,
    insights_are_stored_with_a_result_only,
);

/// The types that a completed attempt alone leads to.
const AFTERWARDS: [&str; 2] = ["ReviewedQuestion", "WeakerChoice"];

#[test]
fn no_type_but_the_review_has_a_field_for_what_is_right() {
    let schema = Schema::new(CoachingQuery, CoachingMutation, EmptySubscription);
    let sdl = schema.sdl();
    let mut reached = Vec::new();
    for part in sdl.split("\ntype ").skip(1) {
        let (name, fields) = part.split_once(' ').unwrap();
        let fields = fields.split("\n}").next().unwrap();
        let secret = [
            "best: ChoiceKey",
            "correct:",
            "explanation:",
            "weaker:",
            "weight:",
        ];
        let tells = secret
            .iter()
            .any(|word| fields.contains(&format!("\t{word}")));
        assert!(!tells || AFTERWARDS.contains(&name), "{name} {fields}");
        let leads = fields.contains("ReviewedQuestion");
        reached.extend(leads.then(|| name.to_owned()));
    }
    assert_eq!(
        reached,
        ["AttemptResult"],
        "the result is the only way to a review"
    );
}

async fn an_open_attempt_tells_nothing_of_what_is_right(test: &TestDatabase) {
    let me = Coachee::new(test, &content(test).await).await;
    let attempt = me.start("core-1").await;
    let answered = me.answer(&attempt, BEST_1).await;
    let wrong = me.answer(&attempt, "aaaaa aaaaa aaaaa").await;
    // Right or wrong, the answer looks the same but for the letters.
    let letters = |attempt: &Value| {
        let mut attempt = attempt.clone();
        for one in attempt["questions"].as_array_mut().unwrap() {
            one["choice"] = json!("?");
        }
        attempt
    };
    assert_eq!(letters(&answered), letters(&wrong));
    let open = me
        .attempt(&attempt, &format!("{RESULT} second: result {{ earned }}"))
        .await;
    assert_eq!(
        (&open["result"], &open["second"]),
        (&json!(null), &json!(null))
    );
    let id = &attempt["id"];
    let spread = format!(
        "query {{ attempt(id: {id}) {{ ...Open }} attempts {{ nodes {{ ...Open }} }} }} \
         fragment Open on Attempt {{ result {{ review {{ best explanation }} }} }}"
    );
    let open = me.ask(&spread).await;
    assert_eq!(open["attempt"]["result"], json!(null));
    assert_eq!(open["attempts"]["nodes"][0]["result"], json!(null));
    let guess = format!("{{ attempt(id: {id}) {{ questions {{ question {{ best }} }} }} }}");
    assert!(
        !me.send(&guess).await.errors.is_empty(),
        "there is no such field"
    );
    let written = serde_json::to_string(&wrong).unwrap();
    let coaching = me.library.coaching();
    for version in &me.assessment("core-1").served {
        let key = coaching.answer_key(*version).unwrap();
        assert!(!written.contains(&key.explanation));
    }
}

async fn an_attempt_is_its_owners(test: &TestDatabase) {
    let library = content(test).await;
    let (me, stranger) = (
        Coachee::new(test, &library).await,
        Coachee::new(test, &library).await,
    );
    let attempt = me.start("core-1").await;
    let id = &attempt["id"];
    let documents = [
        format!("{{ attempt(id: {id}) {{ status }} }}"),
        Coachee::answering(&attempt, "a"),
        Coachee::completing(&attempt),
        format!("mutation {{ abandonAttempt(input: {{ attempt: {id} }}) {{ attempt {{ id }} }} }}"),
        format!(
            "mutation {{ storeInsights(input: {{ attempt: {id}, insights: \"{{}}\" }}) \
             {{ attempt {{ id }} }} }}"
        ),
    ];
    for document in documents {
        let refused = stranger.send(&document).await;
        assert_eq!(refusal(&refused).0, "NOT_FOUND", "{document}");
        let unknown = document.replace(&id.to_string(), &super::nobodys());
        let nothing = stranger.send(&unknown).await;
        assert_eq!(refused.errors[0].message, nothing.errors[0].message);
        assert_eq!(
            refusal(&refused),
            refusal(&nothing),
            "not yours looks like not there"
        );
    }
    let none = stranger
        .ask("{ attempts { nodes { id } } coachingGrowth { latest } }")
        .await;
    assert_eq!(
        none,
        json!({ "attempts": { "nodes": [] }, "coachingGrowth": [] })
    );
    assert_eq!(me.start("core-1").await, attempt);
    let theirs = stranger.start("core-1").await;
    assert_ne!(theirs["id"], attempt["id"]);
}

async fn insights_are_stored_with_a_result_only(test: &TestDatabase) {
    let me = Coachee::new(test, &content(test).await).await;
    let attempt = me.start("core-1").await;
    let storing = |json: &str| {
        let (id, json) = (&attempt["id"], Value::from(json));
        format!(
            "mutation {{ storeInsights(input: {{ attempt: {id}, insights: {json} }}) \
             {{ attempt {{ insights insightsStoredAt }} }} }}"
        )
    };
    let early = me.send(&storing("{}")).await;
    assert_eq!(refusal(&early), ("CONFLICT".to_owned(), String::new()));
    me.complete(&attempt).await;
    let large = format!("{{\"a\":\"{}\"}}", "x".repeat(16 * 1024));
    let deep = "[".repeat(5_000);
    for json in ["", "7", "[]", "{\"a\":}", &large, &deep] {
        let refused = me.send(&storing(json)).await;
        let expected = ("INVALID_INPUT".to_owned(), "input.insights".to_owned());
        assert_eq!(refusal(&refused), expected);
    }
    assert_eq!(
        me.attempt(&attempt, "insights").await["insights"],
        json!(null)
    );
    for json in ["{\"seen\":1}", "{\"seen\":2}"] {
        let stored = me.ask(&storing(json)).await;
        assert_eq!(stored["storeInsights"]["attempt"]["insights"], *json);
    }
    let kept = me.attempt(&attempt, "insights insightsStoredAt").await;
    let expected =
        json!({ "insights": "{\"seen\":2}", "insightsStoredAt": "2025-06-01T12:00:00Z" });
    assert_eq!(kept, expected);
}
