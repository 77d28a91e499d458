//! What does not fit is refused with a code, and nothing of it is kept.

use dreamtree_database::{on_both, testing::TestDatabase};
use dreamtree_types::Actor;
use serde_json::{Value, json};
use time::Duration;

use super::{BEST_1, BEST_2, Coachee, OPEN, nobodys};
use crate::support::{ask, clock, content, refusal};

on_both!(
    everything_personal_needs_a_session,
    answers_that_do_not_fit_are_refused_as_a_whole,
    a_closed_attempt_stays_as_it_is,
    an_attempt_that_was_left_too_long_makes_room,
    core_two_opens_once_core_one_is_passed,
    an_id_of_ones_own_is_taken_once,
    fifty_starts_at_once_give_one_attempt,
    fifty_completions_at_once_give_one_result,
    nobody_sends_a_score,
);

fn told(code: &str, field: &str) -> (String, String) {
    (code.to_owned(), field.to_owned())
}

fn answers(attempt: &Value, answers: &str) -> String {
    let id = &attempt["id"];
    format!(
        "mutation {{ answerQuestions(input: {{ attempt: {id}, answers: [{answers}] }}) {{ {OPEN} }} }}"
    )
}

async fn everything_personal_needs_a_session(test: &TestDatabase) {
    let library = content(test).await;
    let me = Coachee::new(test, &library).await;
    let attempt = json!({ "id": "attempt:0190a3e4-0000-7000-8000-000000000001", "questions": [] });
    let documents = [
        me.starting("core-1"),
        Coachee::answering(&attempt, ""),
        Coachee::completing(&attempt),
        "{ attempts { nodes { id } } }".to_owned(),
        "{ coachingGrowth { latest } }".to_owned(),
        "{ competencyGrowth { latest } }".to_owned(),
        format!("{{ attempt(id: {}) {{ id }} }}", nobodys()),
    ];
    for document in documents {
        let visitor = ask(test, Actor::Visitor, &library, &document).await;
        assert_eq!(refusal(&visitor).0, "UNAUTHENTICATED", "{document}");
        let expired = ask(test, Actor::Expired, &library, &document).await;
        assert_eq!(refusal(&expired).0, "SESSION_EXPIRED", "{document}");
    }
    let open = "{ assessments { assessment { key questionCount } mine { passed } } \
                assessmentTiers { key fromPercent belowPercent passed } }";
    let seen = crate::support::data(ask(test, Actor::Visitor, &library, open).await);
    let core = |key: &str, count: i32| json!({ "assessment": { "key": key, "questionCount": count }, "mine": null });
    assert_eq!(
        seen["assessments"],
        json!([core("core-1", 15), core("core-2", 30)])
    );
    assert_eq!(seen["assessmentTiers"][2]["passed"], true);
}

async fn answers_that_do_not_fit_are_refused_as_a_whole(test: &TestDatabase) {
    let me = Coachee::new(test, &content(test).await).await;
    let attempt = me.start("core-1").await;
    let good = format!(
        "{{ question: {}, choice: A }}",
        attempt["questions"][0]["question"]["id"]
    );
    let second = &attempt["questions"][1]["question"]["id"];
    let elsewhere = me.assessment("core-2").served[0];
    let elsewhere = me.library.coaching().question(elsewhere).unwrap().id;
    let many = vec![good.clone(); 101].join(", ");
    let cases = [
        (String::new(), told("INVALID_INPUT", "input.answers")),
        (many, told("INVALID_INPUT", "input.answers")),
        (
            format!("{good}, {{ question: \"question:{elsewhere}\", choice: A }}"),
            told("NOT_FOUND", "input.answers[1].question"),
        ),
        (
            format!("{good}, {good}"),
            told("DUPLICATE_ENTRY", "input.answers[1].question"),
        ),
        (
            format!("{good}, {{ question: {second}, choice: B, responseTime: -1 }}"),
            told("INVALID_INPUT", "input.answers[1].responseTime"),
        ),
        (
            format!("{good}, {{ question: {second}, choice: B, responseTime: 86401 }}"),
            told("INVALID_INPUT", "input.answers[1].responseTime"),
        ),
    ];
    for (given, expected) in cases {
        assert_eq!(
            refusal(&me.send(&answers(&attempt, &given)).await),
            expected
        );
    }
    assert_eq!(me.start("core-1").await, attempt, "nothing was kept");
    let unknown = me.send(
        "mutation { startAttempt(input: { assessment: \
        \"assessment:00000000-0000-5000-8000-000000000001\" }) { attempt { id } } }",
    );
    assert_eq!(
        refusal(&unknown.await),
        told("NOT_FOUND", "input.assessment")
    );
    for page in ["first: 21", "first: -1", "after: \"x\""] {
        let refused = me
            .send(&format!("{{ attempts({page}) {{ nodes {{ id }} }} }}"))
            .await;
        assert_eq!(refusal(&refused).0, "INVALID_INPUT");
    }
}

async fn a_closed_attempt_stays_as_it_is(test: &TestDatabase) {
    let me = Coachee::new(test, &content(test).await).await;
    let attempt = me.start("core-1").await;
    let completed = me.complete(&attempt).await;
    let late = me.send(&Coachee::answering(&attempt, BEST_1)).await;
    assert_eq!(refusal(&late).0, "CONFLICT");
    let abandoning = |attempt: &Value| {
        let id = &attempt["id"];
        format!(
            "mutation {{ abandonAttempt(input: {{ attempt: {id} }}) {{ attempt {{ status endedAt }} }} }}"
        )
    };
    assert_eq!(refusal(&me.send(&abandoning(&attempt)).await).0, "CONFLICT");
    assert_eq!(me.attempt(&attempt, super::RESULT).await, completed);
    let other = me.start("core-1").await;
    let abandoned = me.ask(&abandoning(&other)).await;
    assert_eq!(
        abandoned["abandonAttempt"]["attempt"]["status"],
        "ABANDONED"
    );
    assert_eq!(me.ask(&abandoning(&other)).await, abandoned);
    for document in [Coachee::answering(&other, "a"), Coachee::completing(&other)] {
        assert_eq!(refusal(&me.send(&document).await).0, "CONFLICT");
    }
    assert_eq!(
        me.attempt(&other, "result { earned }").await["result"],
        json!(null)
    );
}

async fn an_attempt_that_was_left_too_long_makes_room(test: &TestDatabase) {
    let me = Coachee::new(test, &content(test).await).await;
    let attempt = me.start("core-1").await;
    test.database
        .clock()
        .advance(Duration::days(30) - Duration::SECOND);
    assert_eq!(me.start("core-1").await["id"], attempt["id"]);
    test.database.clock().advance(Duration::SECOND);
    assert_eq!(me.attempt(&attempt, "status").await["status"], "EXPIRED");
    for document in [
        Coachee::answering(&attempt, "a"),
        Coachee::completing(&attempt),
    ] {
        assert_eq!(refusal(&me.send(&document).await).0, "CONFLICT");
    }
    let other = me.start("core-1").await;
    assert_ne!(other["id"], attempt["id"]);
    assert_eq!(other["status"], "IN_PROGRESS");
    let former = me.attempt(&attempt, "status endedAt").await;
    assert_eq!(
        former,
        json!({ "status": "EXPIRED", "endedAt": "2025-07-01T12:00:00Z" })
    );
}

async fn core_two_opens_once_core_one_is_passed(test: &TestDatabase) {
    let me = Coachee::new(test, &content(test).await).await;
    let standing = async || {
        let all = me.ask(
            "{ assessments(level: 2) { mine { unlocked passed completed latestPercentage } } }",
        );
        all.await["assessments"][0]["mine"].clone()
    };
    let locked =
        json!({ "unlocked": false, "passed": false, "completed": 0, "latestPercentage": null });
    assert_eq!(standing().await, locked);
    let refused = told("LOCKED", "input.assessment");
    assert_eq!(refusal(&me.send(&me.starting("core-2")).await), refused);
    // 18 of 27 points are 66.7 %: missed are 5, 9 and 14.
    me.take("core-1", "bdac- cad-d acb-a").await;
    assert_eq!(refusal(&me.send(&me.starting("core-2")).await), refused);
    // 19 of 27 points are 70.4 %: missed are 5, 9 and 12.
    me.take("core-1", "bdac- cad-d a-bda").await;
    let attempt = me.start("core-2").await;
    assert_eq!(attempt["total"], 30);
    // What was passed once stays passed.
    me.complete(&attempt).await;
    me.take("core-1", "").await;
    let result = me.take("core-2", BEST_2).await;
    assert_eq!(result["earned"], 60);
    let passed =
        json!({ "unlocked": true, "passed": true, "completed": 2, "latestPercentage": 100 });
    assert_eq!(standing().await, passed);
}

async fn an_id_of_ones_own_is_taken_once(test: &TestDatabase) {
    let library = content(test).await;
    let (me, other) = (
        Coachee::new(test, &library).await,
        Coachee::new(test, &library).await,
    );
    let id = nobodys();
    let starting = |key: &str| {
        let assessment = me.assessment(key).id;
        format!(
            "mutation {{ startAttempt(input: {{ id: {id}, assessment: \"assessment:{assessment}\" }}) \
             {{ attempt {{ id status }} }} }}"
        )
    };
    let first = me.ask(&starting("core-1")).await;
    assert_eq!(first["startAttempt"]["attempt"]["id"].to_string(), id);
    assert_eq!(me.ask(&starting("core-1")).await, first);
    me.complete(&first["startAttempt"]["attempt"]).await;
    let again = me.ask(&starting("core-1")).await;
    assert_eq!(
        again["startAttempt"]["attempt"]["status"], "COMPLETED",
        "a late repetition begins nothing"
    );
    assert_eq!(
        refusal(&me.send(&starting("core-2")).await),
        told("INVALID_INPUT", "input.id")
    );
    let theirs = other.ask(&starting("core-1")).await;
    assert_eq!(
        theirs["startAttempt"]["attempt"]["status"], "IN_PROGRESS",
        "ids are each person's own"
    );
}

async fn fifty_starts_at_once_give_one_attempt(test: &TestDatabase) {
    let me = Coachee::new(test, &content(test).await).await;
    let document = me.starting("core-1");
    let all = futures_util::future::join_all((0..50).map(|_| me.ask(&document))).await;
    assert!(all.iter().all(|one| one == &all[0]));
    let attempts = me.ask("{ attempts(first: 20) { nodes { id } } }").await;
    assert_eq!(attempts["attempts"]["nodes"].as_array().unwrap().len(), 1);
}

async fn fifty_completions_at_once_give_one_result(test: &TestDatabase) {
    let me = Coachee::new(test, &content(test).await).await;
    let attempt = me.start("core-1").await;
    me.answer(&attempt, "bdac").await;
    let document = Coachee::completing(&attempt);
    let all = futures_util::future::join_all((0..50).map(|_| me.ask(&document))).await;
    assert!(all.iter().all(|one| one == &all[0]));
    let grown = me.ask("{ coachingGrowth { count } }").await;
    assert_eq!(
        grown["coachingGrowth"],
        json!([{ "count": 1 }, { "count": 1 }, { "count": 1 }])
    );
}

async fn nobody_sends_a_score(test: &TestDatabase) {
    let me = Coachee::new(test, &content(test).await).await;
    let attempt = me.start("core-1").await;
    for forged in ["score: 100", "earned: 27", "isCorrect: true"] {
        let honest = Coachee::completing(&attempt);
        let document = honest.replacen("input: {", &format!("input: {{ {forged},"), 1);
        assert_ne!(document, honest);
        assert!(!me.send(&document).await.errors.is_empty(), "{forged}");
    }
    assert_eq!(
        me.attempt(&attempt, "status").await["status"],
        "IN_PROGRESS"
    );
}
