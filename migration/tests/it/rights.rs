//! What the server's role, which owns nothing, sees and may do on `PostgreSQL`.

use std::future::Future;

use dreamtree_migration::{
    APPENDED_TABLES, CURATED_TABLES, DIRECTORY_TABLES, LENT_TABLES, LOG_TABLES, SERVICE_TABLES,
    SHARED_TABLES, USER_TABLES, grant, migrate,
};
use sea_orm_migration::DbErr;
use sea_orm_migration::sea_orm::{
    ConnectionTrait, DatabaseConnection, DatabaseTransaction, RuntimeErr, TransactionTrait,
};

use crate::rows::{fill_owned, fill_shared, insert, user};
use crate::support::{column, count, on_postgres, unique};

#[tokio::test]
async fn without_a_user_the_server_sees_nothing() -> Result<(), DbErr> {
    with_roles(|db, roles| async move {
        for context in ["RESET app.user_id", "SET LOCAL app.user_id = ''"] {
            let server = act_as(&db, &roles.server).await?;
            server.execute_unprepared(context).await?;
            for table in USER_TABLES {
                assert_eq!(count(&server, table).await?, 0, "{table}");
            }
            let changed = server
                .execute_unprepared("UPDATE users SET is_anonymous = true")
                .await?;
            assert_eq!(changed.rows_affected(), 0);
            let refused = insert(&server, "users", NEW_USER, &user(3)).await;
            assert!(
                is_forbidden(&refused),
                "a user was made without context: {refused:?}"
            );
            server.rollback().await?;
        }
        Ok(())
    })
    .await
}

/// How many rows each user has in a table: two ideas for an edge, an attempt that is open beside one that is not.
fn rows_of_one(table: &str) -> i64 {
    if ["user_idea_nodes", "user_attempts"].contains(&table) {
        2
    } else {
        1
    }
}

#[tokio::test]
async fn with_a_user_the_server_sees_that_users_rows() -> Result<(), DbErr> {
    with_roles(|db, roles| async move {
        let server = act_as(&db, &roles.server).await?;
        become_user(&server, 1).await?;
        for table in USER_TABLES {
            let own = rows_of_one(table);
            assert_eq!(count(&server, table).await?, own, "{table}");
        }
        let column_of = |table: &str| if table == "users" { "id" } else { "user_id" };
        for table in USER_TABLES {
            let stolen = format!("UPDATE {table} SET {} = {}", column_of(table), user(2));
            let attempt = server.begin().await?;
            assert!(
                attempt.execute_unprepared(&stolen).await.is_err(),
                "{table} was given away"
            );
            attempt.rollback().await?;
        }
        server.rollback().await
    })
    .await
}

#[tokio::test]
async fn the_owner_of_the_tables_is_guarded_too() -> Result<(), DbErr> {
    with_roles(|db, roles| async move {
        let owner = act_as(&db, &roles.owner).await?;
        for table in USER_TABLES {
            assert_eq!(count(&owner, table).await?, 0, "{table}");
        }
        owner.rollback().await
    })
    .await
}

#[tokio::test]
async fn the_server_deletes_a_user_whole() -> Result<(), DbErr> {
    with_roles(|db, roles| async move {
        let server = act_as(&db, &roles.server).await?;
        become_user(&server, 1).await?;
        let all = format!("DELETE FROM users WHERE id IN ({}, {})", user(1), user(2));
        assert_eq!(server.execute_unprepared(&all).await?.rows_affected(), 1);
        server.commit().await?;
        for table in USER_TABLES {
            let left = rows_of_one(table);
            assert_eq!(count(&db, table).await?, left, "{table}");
        }
        Ok(())
    })
    .await
}

#[tokio::test]
async fn the_server_reads_shared_tables_and_works_in_the_others() -> Result<(), DbErr> {
    with_roles(|db, roles| async move {
        let may = |table: &'static str, right: &'static str| {
            let db = db.clone();
            let role = roles.server.clone();
            async move {
                let sql =
                    format!("SELECT has_table_privilege('{role}', '\"{table}\"', '{right}')::text");
                column::<String>(&db, &sql)
                    .await
                    .map(|answer| answer == ["true"])
            }
        };
        for table in SHARED_TABLES.iter().chain(&["seaql_migrations"]) {
            assert!(may(table, "SELECT").await?, "{table}");
            assert!(
                !may(table, "INSERT, UPDATE, DELETE, TRUNCATE, TRIGGER").await?,
                "{table}"
            );
        }
        for table in CURATED_TABLES {
            for right in ["SELECT", "INSERT", "UPDATE"] {
                assert!(may(table, right).await?, "{table} {right}");
            }
            assert!(
                !may(table, "TRUNCATE, REFERENCES, TRIGGER").await?,
                "{table}"
            );
            assert_eq!(
                may(table, "DELETE").await?,
                *table == "skill_proposals",
                "{table}: people's skills hang on it"
            );
        }
        for table in DIRECTORY_TABLES {
            for right in ["SELECT", "INSERT", "UPDATE", "DELETE"] {
                assert!(may(table, right).await?, "{table} {right}");
            }
            assert!(
                !may(table, "TRUNCATE, REFERENCES, TRIGGER").await?,
                "{table}"
            );
        }
        for table in APPENDED_TABLES.iter().chain(LOG_TABLES) {
            for right in ["SELECT", "INSERT"] {
                assert!(may(table, right).await?, "{table} {right}");
            }
            assert!(
                !may(table, "UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER").await?,
                "{table}: what is written there stays"
            );
        }
        let changing = USER_TABLES
            .iter()
            .filter(|table| !APPENDED_TABLES.contains(table))
            .chain(SERVICE_TABLES);
        for table in changing {
            for right in ["SELECT", "INSERT", "UPDATE", "DELETE"] {
                assert!(may(table, right).await?, "{table} {right}");
            }
            assert!(
                !may(table, "TRUNCATE, REFERENCES, TRIGGER").await?,
                "{table}"
            );
        }
        let server = act_as(&db, &roles.server).await?;
        assert_eq!(
            count(&server, "login_directory").await?,
            2,
            "found before a user is known"
        );
        server.rollback().await
    })
    .await
}

#[tokio::test]
async fn nobody_else_is_taken_out_of_a_directory() -> Result<(), DbErr> {
    with_roles(|db, roles| async move {
        let server = act_as(&db, &roles.server).await?;
        become_user(&server, 1).await?;
        for table in DIRECTORY_TABLES {
            assert_eq!(count(&server, table).await?, 2, "{table} is found by all");
            let stolen = format!("UPDATE {table} SET user_id = {}", user(2));
            let attempt = server.begin().await?;
            assert!(
                attempt.execute_unprepared(&stolen).await.is_err(),
                "{table} was given away"
            );
            attempt.rollback().await?;
            let gone = server
                .execute_unprepared(&format!("DELETE FROM {table}"))
                .await?;
            assert_eq!(gone.rows_affected(), 1, "{table}");
        }
        server.rollback().await
    })
    .await
}

#[tokio::test]
async fn lent_rows_are_read_and_not_written() -> Result<(), DbErr> {
    with_roles(|db, roles| async move {
        let server = act_as(&db, &roles.server).await?;
        let one = user(1).replace('\'', "");
        let both = format!("{one},{}", user(2).replace('\'', ""));
        for (lenders, seen) in [("", 0), (&*one, 1), ("", 0), (&*both, 2)] {
            let named = format!("SET LOCAL app.lenders = '{lenders}'");
            server.execute_unprepared(&named).await?;
            for table in LENT_TABLES {
                assert_eq!(count(&server, table).await?, seen, "{table}, {lenders}");
                let gone = server
                    .execute_unprepared(&format!("DELETE FROM {table}"))
                    .await?;
                assert_eq!(gone.rows_affected(), 0, "{table}");
            }
        }
        for table in USER_TABLES.iter().filter(|one| !LENT_TABLES.contains(one)) {
            assert_eq!(count(&server, table).await?, 0, "{table}");
        }
        server.rollback().await
    })
    .await
}

#[tokio::test]
async fn a_role_that_is_no_plain_name_is_refused() -> Result<(), DbErr> {
    with_roles(|db, _| async move {
        for role in ["", "pg_monitor\"; DROP TABLE users; --", "Server", "1st"] {
            assert!(
                matches!(grant(&db, role).await, Err(DbErr::Custom(_))),
                "{role}"
            );
        }
        Ok(())
    })
    .await
}

/// The values of a new user.
const NEW_USER: &str = "{user}, true, false, {now}, {now}";

/// Two roles without any special right, for one test.
#[derive(Clone)]
struct Roles {
    /// Owns the tables.
    owner: String,
    /// Has what [`grant`] grants.
    server: String,
}

/// Runs `body` on a schema that an ordinary role owns, filled for users 1 and 2.
async fn with_roles<F, R>(body: F) -> Result<(), DbErr>
where
    F: FnOnce(DatabaseConnection, Roles) -> R + Send + 'static,
    R: Future<Output = Result<(), DbErr>> + Send + 'static,
{
    let roles = Roles {
        owner: unique("dt_owner"),
        server: unique("dt_server"),
    };
    let made = roles.clone();
    on_postgres(|db| async move {
        let Roles { owner, server } = &made;
        let sql = format!("CREATE ROLE {owner} NOLOGIN; CREATE ROLE {server} NOLOGIN");
        db.execute_unprepared(&sql).await?;
        let body_result = tokio::spawn(run(db.clone(), made.clone(), body)).await;
        let sql = format!("DROP OWNED BY {owner}, {server}; DROP ROLE {owner}, {server}");
        db.execute_unprepared(&sql).await?;
        body_result.map_err(|error| DbErr::Custom(error.to_string()))?
    })
    .await
}

/// Makes and fills the schema, then runs `body`.
async fn run<F, R>(db: DatabaseConnection, roles: Roles, body: F) -> Result<(), DbErr>
where
    F: FnOnce(DatabaseConnection, Roles) -> R,
    R: Future<Output = Result<(), DbErr>>,
{
    migrate(&db).await?;
    let tables = [
        USER_TABLES,
        SHARED_TABLES,
        CURATED_TABLES,
        DIRECTORY_TABLES,
        LOG_TABLES,
        SERVICE_TABLES,
    ]
    .concat();
    for table in tables {
        let sql = format!("ALTER TABLE \"{table}\" OWNER TO {}", roles.owner);
        db.execute_unprepared(&sql).await?;
    }
    grant(&db, &roles.server).await?;
    fill_shared(&db).await?;
    fill_owned(&db, &user(1)).await?;
    fill_owned(&db, &user(2)).await?;
    body(db, roles).await
}

/// Opens a transaction in which `role` acts instead of the superuser.
async fn act_as(db: &DatabaseConnection, role: &str) -> Result<DatabaseTransaction, DbErr> {
    let transaction = db.begin().await?;
    transaction
        .execute_unprepared(&format!("SET LOCAL ROLE {role}"))
        .await?;
    Ok(transaction)
}

/// Whether the database found that the role lacks the right (SQLSTATE 42501).
fn is_forbidden(result: &Result<(), DbErr>) -> bool {
    let Err(DbErr::Exec(RuntimeErr::SqlxError(error))) = result else {
        return false;
    };
    error
        .as_database_error()
        .is_some_and(|fault| fault.code().as_deref() == Some("42501"))
}

/// Names the user of a transaction, as the server does.
async fn become_user(transaction: &DatabaseTransaction, number: u8) -> Result<(), DbErr> {
    let sql = format!("SET LOCAL app.user_id = {}", user(number));
    transaction.execute_unprepared(&sql).await?;
    Ok(())
}
