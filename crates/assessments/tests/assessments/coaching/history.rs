//! What is shown of earlier attempts.

use dreamtree_database::{counted, on_both, testing::TestDatabase};
use serde_json::json;
use time::Duration;

use super::{BEST_1, Coachee, RESULT, only};
use crate::support::{clock, content, data, refusal, submit};

on_both!(
    scores_are_compared_with_earlier_ones,
    ratings_are_compared_with_earlier_ones,
    attempts_are_paged_without_gap_or_repetition,
    ids_of_clients_put_nothing_in_order,
);

async fn scores_are_compared_with_earlier_ones(test: &TestDatabase) {
    let me = Coachee::new(test, &content(test).await).await;
    // Active listening: 4 of 9, 9 of 9, 7 of 9.
    for places in [&[3, 4][..], &[1, 2, 3, 4, 5], &[1, 2, 3, 5]] {
        me.take("core-1", &only(BEST_1, places)).await;
        test.database.clock().advance(Duration::days(1));
    }
    let grown = me
        .ask("{ coachingGrowth { latest best change count latestAt competency { name } } }")
        .await;
    let listening = json!({
        "latest": 78, "best": 100, "change": -22, "count": 3, "latestAt": "2025-06-03T12:00:00Z",
        "competency": { "name": "Active Listening" },
    });
    assert_eq!(grown["coachingGrowth"][0], listening);
    assert_eq!(grown["coachingGrowth"].as_array().unwrap().len(), 3);
    let all = me
        .ask("{ assessments { mine { completed latestPercentage bestPercentage } } }")
        .await;
    let mine = json!({ "completed": 3, "latestPercentage": 26, "bestPercentage": 33 });
    assert_eq!(all["assessments"][0]["mine"], mine, "7 and 9 of 27");
}

async fn ratings_are_compared_with_earlier_ones(test: &TestDatabase) {
    let library = content(test).await;
    let me = Coachee::new(test, &library).await;
    for scores in [&[3, 2][..], &[5], &[4]] {
        submit(test, me.actor, &library, scores).await;
        test.database.clock().advance(Duration::days(1));
    }
    let grown = me
        .ask("{ competencyGrowth { competency latest best change count latestAt } }")
        .await;
    let id = |place: usize| format!("competency:{}", library.competencies()[place].id);
    let expected = json!([
        { "competency": id(0), "latest": 4, "best": 5, "change": -1, "count": 3,
          "latestAt": "2025-06-03T12:00:00Z" },
        { "competency": id(1), "latest": 2, "best": 2, "change": null, "count": 1,
          "latestAt": "2025-06-01T12:00:00Z" },
    ]);
    assert_eq!(grown["competencyGrowth"], expected);
}

async fn attempts_are_paged_without_gap_or_repetition(test: &TestDatabase) {
    let me = Coachee::new(test, &content(test).await).await;
    let document = |after: &str| {
        format!(
            "{{ attempts(first: 2{after}) {{ pageInfo {{ hasNextPage endCursor }} nodes {{ id {RESULT} }} }} }}"
        )
    };
    let mut begun = Vec::new();
    let mut costs = Vec::new();
    for _ in 0..5 {
        let attempt = me.start("core-1").await;
        me.complete(&attempt).await;
        begun.insert(0, attempt["id"].clone());
        let (answer, statements) = counted(me.send(&document(""))).await;
        data(answer);
        costs.push(statements);
    }
    assert_eq!(costs, [2; 5]);
    let (mut seen, mut after) = (Vec::new(), String::new());
    loop {
        let page = me.ask(&document(&after)).await["attempts"].clone();
        let nodes = page["nodes"].as_array().unwrap();
        seen.extend(nodes.iter().map(|one| one["id"].clone()));
        if page["pageInfo"]["hasNextPage"] == false {
            break;
        }
        after = format!(", after: {}", page["pageInfo"]["endCursor"]);
    }
    assert_eq!(seen, begun);
    let none = me
        .ask("{ attempts(first: 0) { pageInfo { hasNextPage } nodes { id } } }")
        .await;
    let expected = json!({ "pageInfo": { "hasNextPage": true }, "nodes": [] });
    assert_eq!(none["attempts"], expected);
    let other = me.assessment("core-2").id;
    let none = format!("{{ attempts(assessment: \"assessment:{other}\") {{ nodes {{ id }} }} }}");
    assert_eq!(me.ask(&none).await["attempts"]["nodes"], json!([]));
}

async fn ids_of_clients_put_nothing_in_order(test: &TestDatabase) {
    let me = Coachee::new(test, &content(test).await).await;
    // The first is said to be of the year 10889, the second of 1970.
    let ids = [
        "attempt:fffffff0-0000-7000-8000-000000000001",
        "attempt:00000000-0001-7000-8000-000000000001",
    ];
    for (id, places) in ids.into_iter().zip([&[3, 4][..], &[1]]) {
        let named = format!("input: {{ id: \"{id}\", assessment");
        let starting = me.starting("core-1").replace("input: { assessment", &named);
        let attempt = me.ask(&starting).await["startAttempt"]["attempt"].clone();
        assert_eq!(attempt["id"], id);
        me.answer(&attempt, &only(BEST_1, places)).await;
        me.complete(&attempt).await;
        test.database.clock().advance(Duration::days(1));
    }
    let all = me
        .ask("{ assessments { mine { latestAttempt latestPercentage bestPercentage } } }")
        .await;
    let mine = json!({ "latestAttempt": ids[1], "latestPercentage": 4, "bestPercentage": 15 });
    assert_eq!(all["assessments"][0]["mine"], mine, "1 and 4 of 27");
    let page = async |after: &str| {
        let page = format!(
            "{{ attempts(first: 1{after}) {{ pageInfo {{ endCursor }} nodes {{ id }} }} }}"
        );
        me.ask(&page).await["attempts"].clone()
    };
    let first = page("").await;
    assert_eq!(first["nodes"][0]["id"], ids[1], "the one begun last");
    let second = page(&format!(", after: {}", first["pageInfo"]["endCursor"])).await;
    assert_eq!(second["nodes"][0]["id"], ids[0]);
    let grown = me.ask("{ coachingGrowth { latest best } }").await;
    assert_eq!(
        grown["coachingGrowth"][0],
        json!({ "latest": 11, "best": 44 })
    );
    let bare = me
        .send("{ attempts(after: \"attempt::0190a3e4-7c1d-7d52-9a61-5b1f0c2e9a30\") { nodes { id } } }")
        .await;
    assert_eq!(
        refusal(&bare),
        ("INVALID_INPUT".to_owned(), "after".to_owned())
    );
}
