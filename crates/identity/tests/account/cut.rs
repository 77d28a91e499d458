//! What is cut off in the middle leaves everything as it was before, or as it is afterwards. Each use case is given up at
//! every point at which it waits for anything, as a process that is killed would be; and it fails at every statement that
//! writes.

use std::{
    future::{Future, poll_fn},
    pin::pin,
    task::Poll,
};

use dreamtree_database::{Scope, on_both, testing::TestDatabase};
use dreamtree_identity::reset_password;
use dreamtree_types::UserId;
use sea_orm::{ConnectionTrait, DbBackend};

use crate::stage::{EMAIL, OTHER, Owner, PASSWORD, Stage, clock, opens};

on_both!(
    a_claim_is_whole_or_not_there,
    a_reset_is_whole_or_not_there,
    a_change_of_the_password_is_whole_or_not_there,
    a_claim_that_fails_at_a_statement_leaves_nothing,
    a_reset_that_fails_at_a_statement_leaves_nothing,
    a_change_of_the_password_that_fails_at_a_statement_leaves_nothing,
);

/// More than any of them waits.
const MOST: usize = 400;

/// Runs a future until it has waited so often, then drops it; what it yields, if it came that far.
async fn cut<T>(work: impl Future<Output = T>, after: usize) -> Option<T> {
    let mut work = pin!(work);
    let mut waits = 0;
    poll_fn(|context| match work.as_mut().poll(context) {
        Poll::Ready(done) => Poll::Ready(Some(done)),
        Poll::Pending if waits == after => Poll::Ready(None),
        Poll::Pending => {
            waits += 1;
            Poll::Pending
        }
    })
    .await
}

/// Waits until what was given up in its commit is there, or not.
async fn settled(stage: &Stage<'_>, user: UserId) {
    let next = Scope::write(&stage.test.database, user).await;
    drop(next.expect("the next in line"));
}

async fn a_claim_is_whole_or_not_there(test: &TestDatabase) {
    let stage = Stage::new(test);
    for after in 0..MOST {
        let email = format!("n{after}@example.org");
        let (user, token) = stage.visitor().await;
        let done = cut(stage.claim(&token, &email), after).await;
        settled(&stage, user).await;
        let rows = async |table: &str| {
            let sql = format!("SELECT count(*) FROM {table} WHERE user_id = $1");
            stage.count_of(&sql, [user.into()]).await
        };
        let mut found = Vec::new();
        for table in ["auth", "emails", "pending_addresses", "user_mail_tokens"] {
            found.push(rows(table).await);
        }
        let whole = stage.vault(&token).await.is_none();
        let expected = i64::from(whole);
        assert_eq!(found, [expected; 4], "given up after {after} waits");
        assert_eq!(rows("user_keys").await, 1 + 2 * expected);
        assert_eq!(stage.sign_in(&email, PASSWORD).await.is_ok(), whole);
        if done.is_some() {
            assert!(whole);
            return;
        }
    }
    panic!("it never ends");
}

async fn a_reset_is_whole_or_not_there(test: &TestDatabase) {
    let stage = Stage::new(test);
    let owner = Owner::new(&stage, EMAIL).await;
    for after in 0..MOST {
        stage.forgive().await;
        stage.ask_for_reset(EMAIL).await;
        let link = stage.token("reset_password").await;
        let (database, identity) = (&test.database, &stage.identity);
        let work = reset_password(database, identity, &link, OTHER.to_owned());
        let done = cut(work, after).await;
        settled(&stage, owner.user).await;
        let whole = stage.vault(&owner.token).await.is_none();
        let keys = "SELECT count(*) FROM user_keys WHERE generation = 2 AND method <> 'session'";
        let formers = "SELECT count(*) FROM user_former_passwords";
        assert_eq!(stage.count(keys).await, if whole { 2 } else { 0 });
        assert_eq!(stage.count(formers).await, i64::from(whole));
        assert_eq!(stage.sign_in(EMAIL, OTHER).await.is_ok(), whole);
        assert_eq!(stage.sign_in(EMAIL, PASSWORD).await.is_ok(), !whole);
        let tokens = stage.count("SELECT count(*) FROM user_mail_tokens").await;
        assert_eq!(tokens > 0, !whole, "the link is used up with it");
        if done.is_some() || whole {
            assert!(whole);
            return;
        }
    }
    panic!("it never ends");
}

async fn a_change_of_the_password_is_whole_or_not_there(test: &TestDatabase) {
    let stage = Stage::new(test);
    let owner = Owner::new(&stage, EMAIL).await;
    for after in 0..MOST {
        stage.forgive().await;
        let work = stage.change_password(&owner, PASSWORD, OTHER);
        let done = cut(work, after).await.map(|done| done.expect("changed"));
        settled(&stage, owner.user).await;
        let whole = stage.vault(&owner.token).await.is_none();
        assert_eq!(stage.sign_in(EMAIL, PASSWORD).await.is_ok(), !whole);
        let new = stage.sign_in(EMAIL, OTHER).await;
        assert_eq!(new.is_ok(), whole);
        if let Ok(token) = new {
            let vault = stage.vault(&token).await.expect("a session");
            assert!(opens(&vault, owner.user, &owner.sealed));
        }
        if done.is_some() || whole {
            assert!(whole);
            return;
        }
    }
    panic!("it never ends");
}

/// What writes: an operation on a table, and which of its rows.
type Write = (&'static str, &'static str, &'static str);

/// Everything that a new session writes.
const SESSION: [Write; 2] = [
    ("INSERT", "sessions", "TRUE"),
    ("INSERT", "user_keys", "NEW.method = 'session'"),
];

/// Lets every such write fail until [`mend`].
async fn sabotage(test: &TestDatabase, (operation, table, which): Write) {
    let sql = if test.owner.get_database_backend() == DbBackend::Postgres {
        format!(
            "CREATE OR REPLACE FUNCTION sabotage() RETURNS trigger LANGUAGE plpgsql AS \
             $$ BEGIN RAISE EXCEPTION 'sabotage'; END $$;
             CREATE TRIGGER sabotage BEFORE {operation} ON {table} FOR EACH ROW \
             WHEN ({which}) EXECUTE FUNCTION sabotage()"
        )
    } else {
        format!(
            "CREATE TRIGGER sabotage BEFORE {operation} ON {table} FOR EACH ROW \
             WHEN {which} BEGIN SELECT RAISE(ABORT, 'sabotage'); END"
        )
    };
    let done = test.owner.execute_unprepared(&sql).await;
    done.expect("a trigger");
}

async fn mend(test: &TestDatabase, (_, table, _): Write) {
    let on = match test.owner.get_database_backend() {
        DbBackend::Postgres => format!(" ON {table}"),
        _ => String::new(),
    };
    let done = test
        .owner
        .execute_unprepared(&format!("DROP TRIGGER sabotage{on}"))
        .await;
    done.expect("no trigger");
}

/// How many rows each table has that an account is kept in.
async fn rows(stage: &Stage<'_>) -> Vec<i64> {
    let mut counts = Vec::new();
    for table in [
        "auth",
        "emails",
        "sessions",
        "user_keys",
        "user_mail_tokens",
        "user_former_passwords",
        "login_directory",
        "pending_addresses",
        "outbox",
        "users WHERE is_anonymous",
    ] {
        counts.push(stage.count(&format!("SELECT count(*) FROM {table}")).await);
    }
    counts
}

async fn a_claim_that_fails_at_a_statement_leaves_nothing(test: &TestDatabase) {
    let stage = Stage::new(test);
    let (_, token) = stage.visitor().await;
    let before = rows(&stage).await;
    let own = [
        ("INSERT", "emails", "TRUE"),
        ("INSERT", "pending_addresses", "TRUE"),
        ("INSERT", "user_mail_tokens", "TRUE"),
        ("INSERT", "outbox", "TRUE"),
        ("INSERT", "auth", "TRUE"),
        ("INSERT", "user_keys", "NEW.method = 'password'"),
        ("INSERT", "user_keys", "NEW.method = 'recovery'"),
        ("UPDATE", "users", "TRUE"),
        ("DELETE", "sessions", "TRUE"),
    ];
    for write in own.into_iter().chain(SESSION) {
        stage.forgive().await;
        sabotage(test, write).await;
        assert!(stage.claim(&token, EMAIL).await.is_err(), "{write:?}");
        mend(test, write).await;
        assert_eq!(rows(&stage).await, before, "{write:?}");
        assert!(stage.vault(&token).await.is_some());
    }
    stage.forgive().await;
    stage.claim(&token, EMAIL).await.expect("at last");
}

async fn a_reset_that_fails_at_a_statement_leaves_nothing(test: &TestDatabase) {
    let stage = Stage::new(test);
    let owner = Owner::unconfirmed(&stage, EMAIL).await;
    stage.ask_for_reset(EMAIL).await;
    let link = stage.token("reset_password").await;
    let reset =
        async || reset_password(&test.database, &stage.identity, &link, OTHER.to_owned()).await;
    let before = rows(&stage).await;
    for write in [
        ("DELETE", "user_mail_tokens", "OLD.purpose = 'reset'"),
        ("DELETE", "user_mail_tokens", "OLD.purpose = 'confirm'"),
        ("INSERT", "login_directory", "TRUE"),
        ("DELETE", "pending_addresses", "TRUE"),
        ("UPDATE", "emails", "TRUE"),
        ("INSERT", "user_former_passwords", "TRUE"),
        ("UPDATE", "auth", "TRUE"),
        ("INSERT", "user_keys", "NEW.method = 'password'"),
        ("INSERT", "user_keys", "NEW.method = 'recovery'"),
        ("DELETE", "sessions", "TRUE"),
        ("INSERT", "outbox", "TRUE"),
    ] {
        sabotage(test, write).await;
        assert!(reset().await.is_err(), "{write:?}");
        mend(test, write).await;
        assert_eq!(rows(&stage).await, before, "{write:?}");
        let vault = stage.vault(&owner.token).await.expect("the session");
        assert!(opens(&vault, owner.user, &owner.sealed), "{write:?}");
    }
    reset().await.expect("the link works still");
}

async fn a_change_of_the_password_that_fails_at_a_statement_leaves_nothing(test: &TestDatabase) {
    let stage = Stage::new(test);
    let owner = Owner::new(&stage, EMAIL).await;
    stage.ask_for_reset(EMAIL).await;
    let change = async || stage.change_password(&owner, PASSWORD, OTHER).await;
    let before = rows(&stage).await;
    let own = [
        ("DELETE", "user_keys", "OLD.method = 'password'"),
        ("INSERT", "user_keys", "NEW.method = 'password'"),
        ("UPDATE", "auth", "TRUE"),
        ("DELETE", "user_mail_tokens", "TRUE"),
        ("DELETE", "sessions", "TRUE"),
        ("INSERT", "outbox", "TRUE"),
    ];
    for write in own.into_iter().chain(SESSION) {
        sabotage(test, write).await;
        assert!(change().await.is_err(), "{write:?}");
        mend(test, write).await;
        assert_eq!(rows(&stage).await, before, "{write:?}");
        let vault = stage.vault(&owner.token).await.expect("the session");
        assert!(opens(&vault, owner.user, &owner.sealed), "{write:?}");
    }
    change().await.expect("at last");
    stage.sign_in(EMAIL, OTHER).await.expect("a sign-in");
}
