//! Whoever is killed between two statements has done nothing: each use case is cut before its first statement, before its
//! second, and so on to its last, and everything that the database holds is as it was. Afterwards it is done as a whole.

use std::{collections::BTreeMap, sync::Arc};

use dreamtree_audit::Gone;
use dreamtree_database::{
    Place, Scope, Vault, on_both,
    testing::{TestDatabase, cut},
};
use dreamtree_identity::{Client, Error, account, reset_password, rotation};
use dreamtree_types::{Private, UserId};
use sea_orm::{ConnectionTrait, DbBackend, Statement};
use serde_json::json;

use crate::stage::{EMAIL, OTHER, Owner, PASSWORD, Stage, clock};

on_both!(
    a_claim_is_cut_at_every_statement,
    a_reset_is_cut_at_every_statement,
    a_change_of_the_password_is_cut_at_every_statement,
    a_new_data_key_is_cut_at_every_statement,
    a_new_data_key_is_whole_or_not_there,
    a_deletion_is_cut_at_every_statement,
    a_deletion_is_whole_or_not_there,
);

/// More statements, and more waits, than any of them has.
const MOST: u64 = 400;

/// Everything that an account is kept in. Tries are counted whatever comes of them.
const TABLES: [&str; 20] = [
    "users",
    "auth",
    "emails",
    "sessions",
    "user_keys",
    "user_earlier_keys",
    "user_former_passwords",
    "user_mail_tokens",
    "user_profile",
    "user_totp",
    "user_backup_codes",
    "sign_in_challenges",
    "login_directory",
    "pending_addresses",
    "outbox",
    "audit_events",
    "audit_heads",
    "audit_log",
    "housekeeping",
    "visits",
];

type State = BTreeMap<&'static str, Vec<String>>;

/// All rows, as texts.
async fn state(test: &TestDatabase) -> State {
    let mut state = State::new();
    for table in TABLES {
        let row = if test.owner.get_database_backend() == DbBackend::Postgres {
            format!("CAST({table} AS text)")
        } else {
            let columns = format!("SELECT name FROM pragma_table_info('{table}')");
            let names = texts(test, &columns).await.into_iter();
            let quoted: Vec<_> = names.map(|name| format!("quote(\"{name}\")")).collect();
            quoted.join(" || '|' || ")
        };
        let rows = texts(test, &format!("SELECT {row} FROM {table} ORDER BY 1")).await;
        state.insert(table, rows);
    }
    state
}

async fn texts(test: &TestDatabase, sql: &str) -> Vec<String> {
    let asked = Statement::from_string(test.owner.get_database_backend(), sql);
    let rows = test.owner.query_all_raw(asked).await.expect("an answer");
    let first = |row: sea_orm::QueryResult| row.try_get_by_index(0).expect("a text");
    rows.into_iter().map(first).collect()
}

/// Waits until what was dropped has been rolled back.
async fn settled(stage: &Stage<'_>, user: UserId) {
    let next = Scope::write(&stage.test.database, user).await;
    drop(next.expect("the next in line"));
}

/// Cuts the work at each of its statements; how many there were, and what it yields at last.
async fn at_every_statement<T, E: std::fmt::Debug>(
    stage: &Stage<'_>,
    user: UserId,
    work: impl AsyncFn() -> Result<T, E>,
) -> (u64, T) {
    let before = state(stage.test).await;
    for statement in 0..MOST {
        stage.forgive().await;
        let done = cut(work(), statement).await;
        settled(stage, user).await;
        let now = state(stage.test).await;
        if let Some(done) = done {
            assert_ne!(now, before, "it was done");
            return (statement, done.expect("done"));
        }
        for (table, rows) in &before {
            assert_eq!(
                &now[table],
                rows,
                "{table}, cut before statement {}",
                statement + 1
            );
        }
    }
    panic!("it never ends");
}

async fn a_claim_is_cut_at_every_statement(test: &TestDatabase) {
    let stage = Stage::new(test);
    let (user, token) = stage.visitor().await;
    let claim = async || stage.claim(&token, EMAIL).await;
    let (statements, _) = at_every_statement(&stage, user, claim).await;
    assert!(statements > 15, "{statements}");
    stage.sign_in(EMAIL, PASSWORD).await.expect("a sign-in");
}

async fn a_reset_is_cut_at_every_statement(test: &TestDatabase) {
    let stage = Stage::new(test);
    let owner = Owner::unconfirmed(&stage, EMAIL).await;
    stage.ask_for_reset(EMAIL).await;
    let link = stage.token("reset_password").await;
    let reset =
        async || reset_password(&test.database, &stage.identity, &link, OTHER.to_owned()).await;
    let (statements, _) = at_every_statement(&stage, owner.user, reset).await;
    assert!(statements > 15, "{statements}");
    stage.sign_in(EMAIL, OTHER).await.expect("a sign-in");
}

async fn a_change_of_the_password_is_cut_at_every_statement(test: &TestDatabase) {
    let stage = Stage::new(test);
    let owner = Owner::new(&stage, EMAIL).await;
    let change = async || stage.change_password(&owner, PASSWORD, OTHER).await;
    let (statements, _) = at_every_statement(&stage, owner.user, change).await;
    assert!(statements > 15, "{statements}");
    stage.sign_in(EMAIL, OTHER).await.expect("a sign-in");
}

/// Texts of the profile that somebody has sealed.
const COLUMNS: [&str; 2] = ["headline", "summary"];

fn place(user: UserId, column: &'static str, row: &'static str) -> Place<'static> {
    Place {
        user,
        table: "user_profile",
        column,
        row,
    }
}

fn row_of(user: UserId) -> &'static str {
    user.to_string().leak()
}

/// Writes a profile with two sealed texts.
async fn write_profile(stage: &Stage<'_>, owner: &Owner) {
    let vault = stage.vault(&owner.token).await.expect("a session");
    let row = row_of(owner.user);
    let sealed = COLUMNS.map(|column| {
        let place = place(owner.user, column, row);
        vault.seal(place, &json!(column)).expect("sealed")
    });
    let [headline, summary] = sealed;
    let now = stage.test.database.clock().now();
    let sql = "INSERT INTO user_profile (user_id, headline, summary, key_generation, revision, created_at, updated_at) \
        VALUES ($1, $2, $3, 1, 1, $4, $4)";
    let backend = stage.test.owner.get_database_backend();
    let values = [
        owner.user.into(),
        headline.into(),
        summary.into(),
        now.into(),
    ];
    let insert = Statement::from_sql_and_values(backend, sql, values);
    stage.test.owner.execute_raw(insert).await.expect("a row");
}

/// Whether the vault opens both texts; false when it opens neither.
async fn reads_profile(stage: &Stage<'_>, user: UserId, vault: &Vault) -> bool {
    let sealed = "SELECT headline || '\n' || summary FROM user_profile";
    let sealed = texts(stage.test, sealed).await.pop().expect("the row");
    let envelopes = sealed.split('\n').zip(COLUMNS);
    let open = envelopes.map(|(envelope, column)| {
        let place = place(user, column, row_of(user));
        match vault.open(place, Some(envelope)) {
            Private::Open(value) => value == json!(column),
            Private::Locked | Private::Empty => false,
        }
    });
    let open: Vec<bool> = open.collect();
    assert_eq!(open[0], open[1], "both or neither");
    open[0]
}

async fn rotate(stage: &Stage<'_>, owner: &Owner) -> Result<rotation::Rotated, Error> {
    let begin = async || stage.write(&owner.token).await;
    let (database, here) = (&stage.test.database, Client::nowhere());
    let (identity, password) = (&stage.identity, Some(PASSWORD.to_owned()));
    rotation::rotate(database, identity, &here, owner.user, password, begin).await
}

async fn a_new_data_key_is_cut_at_every_statement(test: &TestDatabase) {
    let stage = Stage::new(test);
    let owner = Owner::new(&stage, EMAIL).await;
    write_profile(&stage, &owner).await;
    let old = stage.vault(&owner.token).await.expect("a session");
    let work = async || rotate(&stage, &owner).await;
    let (statements, rotated) = at_every_statement(&stage, owner.user, work).await;
    assert!(statements > 15, "{statements}");
    assert_eq!(rotated.resealed, 1);
    assert!(!reads_profile(&stage, owner.user, &old).await);
    let token = stage.sign_in(EMAIL, PASSWORD).await.expect("a sign-in");
    let new = stage.vault(&token).await.expect("a session");
    assert!(reads_profile(&stage, owner.user, &new).await);
}

/// Runs a future until it has waited so often, its commit included, then drops it.
async fn cut_at_wait<T>(work: impl Future<Output = T>, after: u64) -> Option<T> {
    let (mut work, mut waits) = (Box::pin(work), 0);
    std::future::poll_fn(|context| match work.as_mut().poll(context) {
        std::task::Poll::Ready(done) => std::task::Poll::Ready(Some(done)),
        std::task::Poll::Pending if waits == after => std::task::Poll::Ready(None),
        std::task::Poll::Pending => {
            waits += 1;
            std::task::Poll::Pending
        }
    })
    .await
}

async fn a_new_data_key_is_whole_or_not_there(test: &TestDatabase) {
    let stage = Stage::new(test);
    let owner = Owner::new(&stage, EMAIL).await;
    write_profile(&stage, &owner).await;
    let old = Arc::new(stage.vault(&owner.token).await.expect("a session"));
    let before = state(test).await;
    for after in 0..MOST {
        stage.forgive().await;
        let done = cut_at_wait(rotate(&stage, &owner), after).await;
        settled(&stage, owner.user).await;
        let whole = stage.vault(&owner.token).await.is_none();
        assert_eq!(state(test).await == before, !whole, "after {after} waits");
        assert_eq!(reads_profile(&stage, owner.user, &old).await, !whole);
        if whole || done.is_some() {
            assert!(whole);
            let token = stage.sign_in(EMAIL, PASSWORD).await.expect("a sign-in");
            let new = stage.vault(&token).await.expect("a session");
            assert!(reads_profile(&stage, owner.user, &new).await);
            return;
        }
    }
    panic!("it never ends");
}

async fn delete(stage: &Stage<'_>, owner: &Owner) -> Result<(), Error> {
    let scope = stage.write(&owner.token).await?;
    account::delete(scope, Gone::Deleted).await
}

async fn a_deletion_is_cut_at_every_statement(test: &TestDatabase) {
    let stage = Stage::new(test);
    let owner = Owner::new(&stage, EMAIL).await;
    write_profile(&stage, &owner).await;
    let work = async || delete(&stage, &owner).await;
    let (statements, ()) = at_every_statement(&stage, owner.user, work).await;
    assert!(statements > 10, "{statements}");
    assert_gone(&stage, &owner).await;
}

async fn a_deletion_is_whole_or_not_there(test: &TestDatabase) {
    let stage = Stage::new(test);
    let owner = Owner::new(&stage, EMAIL).await;
    write_profile(&stage, &owner).await;
    let before = state(test).await;
    for after in 0..MOST {
        let done = cut_at_wait(delete(&stage, &owner), after).await;
        settled(&stage, owner.user).await;
        let whole = stage.vault(&owner.token).await.is_none();
        assert_eq!(state(test).await == before, !whole, "after {after} waits");
        if whole || done.is_some() {
            assert!(whole);
            assert_gone(&stage, &owner).await;
            return;
        }
    }
    panic!("it never ends");
}

async fn assert_gone(stage: &Stage<'_>, owner: &Owner) {
    let now = state(stage.test).await;
    let log = now["audit_log"].len();
    assert_eq!(log, 1, "that somebody is gone");
    let rows = now
        .iter()
        .filter(|(table, _)| **table != "audit_log" && **table != "outbox");
    for (table, rows) in rows {
        let theirs = rows.iter().any(|row| row.contains(&owner.user.to_string()));
        assert!(!theirs && rows.is_empty(), "{table}: {rows:?}");
    }
    let refused = stage.sign_in(EMAIL, PASSWORD).await;
    assert!(matches!(refused, Err(Error::Credentials)));
}
