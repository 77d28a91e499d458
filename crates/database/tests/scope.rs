//! The door to owned rows, on both databases.
#![allow(clippy::expect_used, reason = "a test that cannot go on has failed")]

use dreamtree_database::{Options, Scope, counted, on_both, testing::TestDatabase};
use dreamtree_types::{Clock, UserId};
use sea_orm::{ConnectionTrait, DbBackend, DbErr, Statement, Value};

fn clock() -> Clock {
    Clock::System
}

on_both!(
    a_dropped_scope_leaves_nothing,
    a_snapshot_does_not_move,
    writes_of_one_person_wait_for_each_other,
    statements_are_counted,
    who_gives_up_leaves_no_connection_half_begun,
    a_missing_user_is_refused_by_the_database,
);

async fn run(scope: &Scope, sql: &str, values: Vec<Value>) -> Result<u64, DbErr> {
    let connection = scope.connection();
    let statement = Statement::from_sql_and_values(connection.get_database_backend(), sql, values);
    connection
        .execute_raw(statement)
        .await
        .map(|result| result.rows_affected())
}

async fn insert_user(scope: &Scope) -> Result<u64, DbErr> {
    let sql = "INSERT INTO users (id, is_anonymous, workbook_complete, created_at, updated_at) \
               VALUES ($1, TRUE, FALSE, $2, $2)";
    run(scope, sql, vec![scope.user().into(), scope.now().into()]).await
}

async fn count_users(scope: &Scope) -> i64 {
    let connection = scope.connection();
    let backend = connection.get_database_backend();
    let sql = "SELECT COUNT(*) AS n FROM users WHERE id = $1";
    let statement = Statement::from_sql_and_values(backend, sql, [scope.user().into()]);
    let row = connection
        .query_one_raw(statement)
        .await
        .expect("an answer")
        .expect("a row");
    row.try_get("", "n").expect("a number")
}

async fn a_dropped_scope_leaves_nothing(test: &TestDatabase) {
    let user = UserId::new();
    let scope = Scope::write(&test.database, user).await.expect("a scope");
    insert_user(&scope).await.expect("inserted");
    assert_eq!(count_users(&scope).await, 1);
    drop(scope);
    let scope = Scope::read(&test.database, user).await.expect("a scope");
    assert_eq!(count_users(&scope).await, 0);
}

async fn a_snapshot_does_not_move(test: &TestDatabase) {
    let user = UserId::new();
    let reader = Scope::read(&test.database, user).await.expect("a snapshot");
    assert_eq!(count_users(&reader).await, 0);
    let writer = Scope::write(&test.database, user).await.expect("a scope");
    insert_user(&writer).await.expect("inserted");
    writer.commit().await.expect("committed");
    assert_eq!(count_users(&reader).await, 0, "the snapshot is older");
    let later = Scope::read(&test.database, user)
        .await
        .expect("another snapshot");
    assert_eq!(count_users(&later).await, 1);
}

async fn writes_of_one_person_wait_for_each_other(test: &TestDatabase) {
    let user = UserId::new();
    let first = Scope::write(&test.database, user).await.expect("a scope");
    insert_user(&first).await.expect("inserted");
    let database = test.database.clone();
    let second = tokio::spawn(async move {
        let scope = Scope::write(&database, user).await.expect("a scope");
        count_users(&scope).await
    });
    tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    assert!(!second.is_finished(), "the second writer waits");
    first.commit().await.expect("committed");
    assert_eq!(
        second.await.expect("the second writer"),
        1,
        "and then sees what the first wrote"
    );
}

async fn statements_are_counted(test: &TestDatabase) {
    let scope = Scope::read(&test.database, UserId::new())
        .await
        .expect("a scope");
    let (_, one) = counted(count_users(&scope)).await;
    let (_, two) = counted(async { (count_users(&scope).await, count_users(&scope).await) }).await;
    assert_eq!((one, two), (1, 2));
}

async fn a_missing_user_is_refused_by_the_database(test: &TestDatabase) {
    let scope = Scope::write(&test.database, UserId::new())
        .await
        .expect("a scope");
    let sql =
        "INSERT INTO user_modules (user_id, module_id, last_modified_at) VALUES ($1, '1.1', $2)";
    let refused = run(&scope, sql, vec![scope.user().into(), scope.now().into()]).await;
    assert!(refused.is_err(), "foreign keys hold");
}

#[tokio::test]
async fn row_level_security_holds_below_the_scope() {
    let test = TestDatabase::postgres(clock()).await;
    let (mine, theirs) = (UserId::new(), UserId::new());
    for user in [mine, theirs] {
        let scope = Scope::write(&test.database, user).await.expect("a scope");
        insert_user(&scope).await.expect("inserted");
        scope.commit().await.expect("committed");
    }
    let everybody = "SELECT COUNT(*) AS n FROM users";
    let count = async |connection: &dyn Fn() -> Statement, scope: Option<&Scope>| -> i64 {
        let row = match scope {
            Some(scope) => scope.connection().query_one_raw(connection()).await,
            None => test.database.shared().query_one_raw(connection()).await,
        };
        row.expect("an answer")
            .expect("a row")
            .try_get("", "n")
            .expect("a number")
    };
    let statement = || Statement::from_string(DbBackend::Postgres, everybody);
    assert_eq!(
        count(&statement, None).await,
        0,
        "an unset context sees nothing"
    );
    let scope = Scope::read(&test.database, mine).await.expect("a scope");
    assert_eq!(
        count(&statement, Some(&scope)).await,
        1,
        "a query that forgot its filter sees one's own"
    );
    drop(scope);
    let scope = Scope::write(&test.database, mine).await.expect("a scope");
    let forged = run(
        &scope,
        "UPDATE users SET is_anonymous = FALSE WHERE id = $1",
        vec![theirs.into()],
    )
    .await;
    assert_eq!(
        forged.expect("no error"),
        0,
        "somebody else's row is not there"
    );
    let moved = run(
        &scope,
        "UPDATE users SET id = $1 WHERE id = $2",
        vec![UserId::new().into(), mine.into()],
    )
    .await;
    assert!(moved.is_err(), "and one's own cannot be given away");
    drop(scope);
    test.remove().await;
}

#[tokio::test]
async fn a_powerful_role_is_refused() {
    let test = TestDatabase::postgres(clock()).await;
    let options = Options {
        url: test.owner_url.clone(),
        connections: 1,
    };
    let refused = dreamtree_database::Database::connect(&options, clock()).await;
    assert!(refused.is_err_and(|error| error.to_string().contains("row-level security")));
    test.remove().await;
}

/// More of them than there are connections, each cut off while it begins or waits for the person's lock.
async fn who_gives_up_leaves_no_connection_half_begun(test: &TestDatabase) {
    let user = UserId::new();
    let held = Scope::write(&test.database, user).await.expect("a scope");
    for micros in 0..60 {
        let begins = Scope::write(&test.database, user);
        let patience = std::time::Duration::from_micros(micros * 50);
        assert!(
            tokio::time::timeout(patience, begins).await.is_err(),
            "it waits"
        );
        let begins = Scope::read(&test.database, user);
        drop(tokio::time::timeout(patience, begins).await);
    }
    drop(held);
    for _ in 0..20 {
        let written = UserId::new();
        let scope = Scope::write(&test.database, written)
            .await
            .expect("a scope");
        insert_user(&scope).await.expect("it may write");
        let snapshot = Scope::read(&test.database, written)
            .await
            .expect("a snapshot");
        assert_eq!(count_users(&snapshot).await, 0, "nothing is shared");
        scope.commit().await.expect("committed");
        let shared = test.database.shared();
        let sql = Statement::from_string(shared.get_database_backend(), "SELECT 1");
        shared.query_one_raw(sql).await.expect("an answer");
    }
}
