//! Visitors who never came back, on both databases.
#![allow(clippy::expect_used, reason = "a test that cannot go on has failed")]

use dreamtree_database::{Scope, on_both, testing::TestDatabase};
use dreamtree_identity::{Client, door, visit};
use dreamtree_types::{Clock, UserId};
use dreamtree_workbook::farewell::sweep;
use sea_orm::{ConnectionTrait, Statement};
use time::{Duration, macros::datetime};

fn clock() -> Clock {
    Clock::fixed(datetime!(2026-03-01 12:00 UTC))
}

on_both!(only_visitors_who_stay_away_are_swept);

const DAYS: u16 = 60;

async fn count(test: &TestDatabase, sql: &str) -> i64 {
    let asked = Statement::from_string(test.owner.get_database_backend(), sql);
    let row = test.owner.query_one_raw(asked).await.expect("an answer");
    let row = row.expect("a row");
    row.try_get_by_index(0).expect("a number")
}

async fn visitor(test: &TestDatabase) -> (UserId, String) {
    let (opened, viewer) = visit(&test.database, &Client::nowhere())
        .await
        .expect("a visit");
    (viewer.id, String::clone(&opened.token.reveal()))
}

async fn swept(test: &TestDatabase) -> usize {
    sweep(&test.database, DAYS).await.expect("a sweep")
}

async fn only_visitors_who_stay_away_are_swept(test: &TestDatabase) {
    let later = |days| test.database.clock().advance(Duration::days(days));
    visitor(test).await;
    let (_, returns) = visitor(test).await;
    let (owner, _) = visitor(test).await;
    let scope = Scope::write(&test.database, owner).await.expect("a scope");
    let sql = "UPDATE users SET is_anonymous = false WHERE id = $1";
    let backend = scope.connection().get_database_backend();
    let claim = Statement::from_sql_and_values(backend, sql, [owner.into()]);
    scope
        .connection()
        .execute_raw(claim)
        .await
        .expect("claimed");
    scope.commit().await.expect("committed");

    assert_eq!(swept(test).await, 0);
    later(20);
    let entered = door::to_read(&test.database, &returns).await;
    assert!(entered.expect("an answer").scope.is_some());
    later(39);
    assert_eq!(swept(test).await, 0, "a day too early");
    assert_eq!(count(test, "SELECT count(*) FROM visits").await, 2);
    later(1);
    assert_eq!(swept(test).await, 1);
    assert_eq!(swept(test).await, 0);
    later(20);
    assert_eq!(swept(test).await, 1, "who came back has twenty days more");
    assert_eq!(count(test, "SELECT count(*) FROM visits").await, 0);
    later(1_000);
    assert_eq!(swept(test).await, 0);
    assert_eq!(count(test, "SELECT count(*) FROM users").await, 1);
    assert_eq!(count(test, "SELECT count(*) FROM sessions").await, 1);
    let gone = "SELECT count(*) FROM audit_log WHERE kind = 'visitor_swept'";
    assert_eq!(count(test, gone).await, 2);
    let verified = dreamtree_audit::verify(&test.database, None).await;
    verified.expect("an answer").expect("whole");
}
