//! What has had its time goes although nobody asks for it.

use dreamtree_database::{on_both, testing::TestDatabase};
use dreamtree_identity::{
    door::VAULT_IDLE,
    housekeeping::{Swept, sweep},
};
use time::Duration;

use crate::stage::{Guest, Stage, clock};

on_both!(
    keys_of_idle_sessions_go_first_and_then_the_sessions,
    a_session_in_use_is_left_alone,
    the_rows_of_somebody_who_is_gone_are_forgotten,
);

const WRAPS: &str = "user_keys WHERE method = 'session'";

async fn round(stage: &Stage<'_>) -> Swept {
    sweep(&stage.test.database, VAULT_IDLE)
        .await
        .expect("a round")
}

async fn keys_of_idle_sessions_go_first_and_then_the_sessions(test: &TestDatabase) {
    let stage = Stage::new(test);
    stage.owner().await;
    let visit = "mutation { visit(delivery: BEARER) { token } }";
    stage.ask(&Guest::default(), visit).await;
    assert_eq!(round(&stage).await.people, 0, "nothing is due yet");
    stage.advance(Duration::hours(11));
    round(&stage).await;
    assert_eq!(stage.count(WRAPS).await, 2);
    stage.advance(Duration::hours(2));
    round(&stage).await;
    assert_eq!(
        stage.count(WRAPS).await,
        1,
        "the visitor's, who has no other"
    );
    assert_eq!(stage.count("sessions").await, 2);
    assert_eq!(round(&stage).await, Swept::default(), "done for now");
    stage.advance(Duration::days(30));
    round(&stage).await;
    assert_eq!(stage.count("sessions").await, 0);
    assert_eq!(stage.count("housekeeping").await, 0);
    assert_eq!(
        stage.count("rate_limits").await,
        0,
        "no counter is kept for ever"
    );
    assert_eq!(stage.count("users").await, 2);
}

async fn a_session_in_use_is_left_alone(test: &TestDatabase) {
    let stage = Stage::new(test);
    let (owner, _) = stage.owner().await;
    for _ in 0..20 {
        stage.advance(Duration::hours(9));
        round(&stage).await;
        let answer = stage.ask(&owner, "{ viewer { vault } }").await;
        assert_eq!(answer["viewer"]["vault"], "UNLOCKED");
    }
    assert_eq!(stage.count("housekeeping").await, 1);
}

async fn the_rows_of_somebody_who_is_gone_are_forgotten(test: &TestDatabase) {
    let stage = Stage::new(test);
    stage.owner().await;
    stage.run("DELETE FROM users").await;
    assert_eq!(stage.count("housekeeping").await, 1);
    stage.advance(Duration::hours(2));
    assert_eq!(round(&stage).await.people, 1);
    assert_eq!(stage.count("housekeeping").await, 0);
}
