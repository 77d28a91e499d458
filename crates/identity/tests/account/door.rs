//! What it costs to find out who asks.

use dreamtree_database::{counted, on_both, testing::TestDatabase};
use dreamtree_identity::door;
use time::Duration;

use crate::stage::{EMAIL, Owner, Stage, clock};

on_both!(
    a_session_is_one_statement_to_read_and_to_write,
    a_session_says_that_it_is_in_use_once_in_five_minutes,
);

async fn cost_of_reading(stage: &Stage<'_>, token: &str) -> u64 {
    let (entered, cost) = counted(door::to_read(&stage.test.database, token)).await;
    let scope = entered.expect("an answer").scope;
    assert!(scope.is_some(), "a session");
    cost
}

async fn a_session_is_one_statement_to_read_and_to_write(test: &TestDatabase) {
    let stage = Stage::new(test);
    let owner = Owner::new(&stage, EMAIL).await;
    let (_, visitor) = stage.visitor().await;
    for token in [&owner.token, &visitor] {
        assert_eq!(cost_of_reading(&stage, token).await, 1);
        let (scope, cost) = counted(stage.write(token)).await;
        scope.expect("a session");
        assert_eq!(cost, 1);
    }
}

async fn a_session_says_that_it_is_in_use_once_in_five_minutes(test: &TestDatabase) {
    let stage = Stage::new(test);
    let (_, token) = stage.visitor().await;
    let clock = test.database.clock();
    let seen_now = async || {
        let sql = "SELECT count(*) FROM sessions WHERE last_seen_at = $1";
        stage.count_of(sql, [clock.now().into()]).await == 1
    };
    for _ in 0..3 {
        assert!(seen_now().await);
        for _ in 0..4 {
            clock.advance(Duration::minutes(1));
            assert_eq!(cost_of_reading(&stage, &token).await, 1);
            assert!(!seen_now().await, "not noted yet");
        }
        clock.advance(Duration::minutes(1));
        let cost = cost_of_reading(&stage, &token).await;
        assert_eq!(cost, 3, "found, noted, and found again in the snapshot");
        assert_eq!(cost_of_reading(&stage, &token).await, 1);
    }
}
