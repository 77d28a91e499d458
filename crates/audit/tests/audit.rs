//! Chains that are whole, and every way to break them, on both databases.
#![allow(clippy::expect_used, reason = "a test that cannot go on has failed")]

use dreamtree_audit::{
    Break, Event, Gone, LogHead, Verified, checkpoint, page, record, tombstone, verify,
};
use dreamtree_database::{Scope, on_both, testing::TestDatabase};
use dreamtree_types::{Clock, SessionId, UserId};
use sea_orm::{ConnectionTrait, Statement};
use time::macros::datetime;

fn clock() -> Clock {
    Clock::fixed(datetime!(2026-03-01 12:00:00.123456 UTC))
}

on_both!(
    a_diary_tells_the_newest_first,
    what_rolls_back_is_not_written_down,
    whole_chains_are_found_whole,
    a_changed_event_is_found,
    a_missing_last_event_is_found,
    two_events_that_change_places_are_found,
    a_chain_cut_off_with_its_head_is_missed_by_the_checkpoint,
    a_chain_that_is_gone_altogether_is_missed_by_the_checkpoint,
    a_deleted_account_breaks_nothing,
    a_changed_log_is_found,
    a_log_that_was_made_anew_is_not_the_one_that_was_kept,
    the_server_cannot_take_an_event_back,
);

/// Somebody with an empty chain.
async fn person(test: &TestDatabase) -> UserId {
    let user = UserId::new();
    let scope = Scope::write(&test.database, user).await.expect("a scope");
    let sql = "INSERT INTO users VALUES ($1, false, false, $2, $2)";
    let backend = scope.connection().get_database_backend();
    let values = [user.into(), scope.now().into()];
    scope
        .connection()
        .execute_raw(Statement::from_sql_and_values(backend, sql, values))
        .await
        .expect("a row");
    scope.commit().await.expect("a person");
    user
}

async fn note(test: &TestDatabase, user: UserId, events: &[Event]) {
    for event in events {
        let scope = Scope::write(&test.database, user).await.expect("a scope");
        record(&scope, event.clone()).await.expect("recorded");
        scope.commit().await.expect("committed");
    }
}

const THREE: [Event; 3] = [
    Event::PasswordChanged,
    Event::TermsAccepted(2),
    Event::SignedOut,
];

/// Somebody to whom three things happened.
async fn known(test: &TestDatabase) -> UserId {
    let user = person(test).await;
    note(test, user, &THREE).await;
    user
}

async fn walked(test: &TestDatabase) -> Result<Verified, Break> {
    verify(&test.database, None).await.expect("an answer")
}

/// What somebody does who has the owner's rights and none of the program's scruples.
async fn tamper(test: &TestDatabase, sql: &str) {
    let done = test.owner.execute_unprepared(sql).await.expect("tampered");
    assert!(done.rows_affected() > 0, "nothing was tampered with: {sql}");
}

/// How a user stands in a statement: `SQLite` keeps ids as they are written by the driver.
fn literal(test: &TestDatabase, user: UserId) -> String {
    match test.owner.get_database_backend() {
        sea_orm::DbBackend::Postgres => format!("'{user}'"),
        _ => format!("x'{}'", user.uuid().simple()),
    }
}

async fn a_diary_tells_the_newest_first(test: &TestDatabase) {
    let user = known(test).await;
    known(test).await;
    let session = SessionId::new();
    note(test, user, &[Event::SignedIn(session)]).await;
    let scope = Scope::read(&test.database, user).await.expect("a scope");
    let first = page(&scope, 3, None).await.expect("a page");
    let codes: Vec<&str> = first.entries.iter().map(|one| one.event.as_str()).collect();
    assert_eq!(codes, ["signed_in", "signed_out", "terms_accepted"]);
    assert!(first.has_next);
    assert_eq!(first.entries[0].session_id, Some(session));
    assert_eq!(first.entries[2].detail.as_deref(), Some("2"));
    let rest = page(&scope, 3, Some(2)).await.expect("a page");
    assert_eq!((rest.entries.len(), rest.has_next), (1, false));
}

async fn what_rolls_back_is_not_written_down(test: &TestDatabase) {
    let user = known(test).await;
    let scope = Scope::write(&test.database, user).await.expect("a scope");
    record(&scope, Event::VaultOpened).await.expect("recorded");
    drop(scope);
    let verified = walked(test).await.expect("whole");
    assert_eq!((verified.chains, verified.events), (1, 3));
}

async fn whole_chains_are_found_whole(test: &TestDatabase) {
    assert_eq!(walked(test).await.expect("whole").chains, 0);
    let (one, other) = (known(test).await, known(test).await);
    let covered = checkpoint(&test.database).await.expect("a checkpoint");
    assert_eq!((covered.chains, covered.head.sequence), (2, 1));
    note(test, one, &[Event::PasskeyAdded]).await;
    checkpoint(&test.database).await.expect("a checkpoint");
    note(test, other, &[Event::PasskeyAdded]).await;
    known(test).await;
    let verified = verify(&test.database, Some(&covered.head)).await;
    let verified = verified.expect("an answer").expect("whole");
    assert_eq!((verified.chains, verified.events), (3, 11));
    let told: LogHead = verified.log.to_string().parse().expect("as it was printed");
    assert_eq!(told, verified.log);
}

async fn a_changed_event_is_found(test: &TestDatabase) {
    let user = known(test).await;
    let row = format!("WHERE user_id = {} AND sequence = 2", literal(test, user));
    for change in [
        "detail = '3'",
        "event = 'signed_in'",
        "actor = 'server'",
        "checkpoint = 7",
        "session_id = user_id",
        "occurred_at = '2026-03-01 12:00:00.123457+00:00'",
    ] {
        let before = "CREATE TABLE kept AS SELECT * FROM audit_events";
        test.owner.execute_unprepared(before).await.expect("a copy");
        tamper(test, &format!("UPDATE audit_events SET {change} {row}")).await;
        assert_eq!(walked(test).await, Err(Break::Event(user, 2)), "{change}");
        tamper(test, &format!("DELETE FROM audit_events {row}")).await;
        let back = format!("INSERT INTO audit_events SELECT * FROM kept {row}");
        tamper(test, &back).await;
        test.owner
            .execute_unprepared("DROP TABLE kept")
            .await
            .expect("the copy goes");
        walked(test).await.expect("whole again");
    }
    let flipped =
        format!("UPDATE audit_events SET hash = replace(hash, substr(hash, 9, 1), '-') {row}");
    tamper(test, &flipped).await;
    assert_eq!(walked(test).await, Err(Break::Event(user, 2)));
}

async fn a_missing_last_event_is_found(test: &TestDatabase) {
    let user = known(test).await;
    let row = format!("WHERE user_id = {} AND sequence = 3", literal(test, user));
    tamper(test, &format!("DELETE FROM audit_events {row}")).await;
    assert_eq!(walked(test).await, Err(Break::Head(user)));
}

async fn two_events_that_change_places_are_found(test: &TestDatabase) {
    let user = known(test).await;
    for (from, to) in [(1, 90), (2, 1), (90, 2)] {
        let user = literal(test, user);
        let sql = format!(
            "UPDATE audit_events SET sequence = {to} WHERE user_id = {user} AND sequence = {from}"
        );
        tamper(test, &sql).await;
    }
    assert_eq!(walked(test).await, Err(Break::Event(user, 1)));
}

async fn a_chain_cut_off_with_its_head_is_missed_by_the_checkpoint(test: &TestDatabase) {
    let user = known(test).await;
    checkpoint(&test.database).await.expect("a checkpoint");
    let user = literal(test, user);
    for sql in [
        format!("DELETE FROM audit_events WHERE user_id = {user} AND sequence = 3"),
        format!(
            "UPDATE audit_heads SET sequence = 2, hash = (SELECT e.hash FROM audit_events e \
             WHERE e.user_id = {user} AND e.sequence = 2) WHERE user_id = {user}"
        ),
    ] {
        tamper(test, &sql).await;
    }
    assert_eq!(walked(test).await, Err(Break::Checkpoint(1)));
}

async fn a_chain_that_is_gone_altogether_is_missed_by_the_checkpoint(test: &TestDatabase) {
    let user = known(test).await;
    checkpoint(&test.database).await.expect("a checkpoint");
    for table in ["audit_events", "audit_heads"] {
        let user = literal(test, user);
        tamper(test, &format!("DELETE FROM {table} WHERE user_id = {user}")).await;
    }
    assert_eq!(walked(test).await, Err(Break::Checkpoint(1)));
}

async fn a_deleted_account_breaks_nothing(test: &TestDatabase) {
    let (user, stays) = (known(test).await, known(test).await);
    checkpoint(&test.database).await.expect("a checkpoint");
    note(test, user, &[Event::VaultLocked]).await;
    let scope = Scope::write(&test.database, user).await.expect("a scope");
    tombstone(&scope, Gone::Deleted).await.expect("a tombstone");
    let sql = format!("DELETE FROM users WHERE id = {}", literal(test, user));
    scope
        .connection()
        .execute_unprepared(&sql)
        .await
        .expect("gone");
    scope.commit().await.expect("committed");
    let verified = walked(test).await.expect("whole");
    assert_eq!((verified.chains, verified.log.sequence), (1, 2));
    note(test, stays, &[Event::VaultLocked]).await;
    checkpoint(&test.database).await.expect("a checkpoint");
    walked(test).await.expect("whole");
}

async fn a_changed_log_is_found(test: &TestDatabase) {
    known(test).await;
    checkpoint(&test.database).await.expect("a checkpoint");
    checkpoint(&test.database).await.expect("a checkpoint");
    tamper(test, "UPDATE audit_log SET chains = 0 WHERE sequence = 1").await;
    assert_eq!(walked(test).await, Err(Break::Entry(1)));
}

async fn a_log_that_was_made_anew_is_not_the_one_that_was_kept(test: &TestDatabase) {
    let user = known(test).await;
    let kept = checkpoint(&test.database).await.expect("a checkpoint").head;
    tamper(test, "DELETE FROM audit_log").await;
    walked(test).await.expect("seems whole");
    let asked = verify(&test.database, Some(&kept))
        .await
        .expect("an answer");
    assert_eq!(asked, Err(Break::Kept(1)));
    checkpoint(&test.database).await.expect("a checkpoint");
    note(test, user, &[Event::VaultOpened]).await;
    tamper(test, "DELETE FROM audit_log").await;
    assert_eq!(walked(test).await, Err(Break::Checkpoint(1)));
}

async fn the_server_cannot_take_an_event_back(test: &TestDatabase) {
    if test.owner.get_database_backend() != sea_orm::DbBackend::Postgres {
        // A file has no roles: whoever can write it, can write all of it.
        return;
    }
    let user = known(test).await;
    for sql in [
        "UPDATE audit_events SET detail = 'x'",
        "DELETE FROM audit_events",
        "DELETE FROM audit_log",
    ] {
        let scope = Scope::write(&test.database, user).await.expect("a scope");
        let refused = scope.connection().execute_unprepared(sql).await;
        assert!(refused.is_err(), "{sql}");
    }
}
