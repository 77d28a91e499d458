//! What no program, however wrong, can write; the same on both databases.

use std::mem::discriminant;

use dreamtree_migration::migrate;
use sea_orm_migration::DbErr;
use sea_orm_migration::sea_orm::sqlx::error::ErrorKind;
use sea_orm_migration::sea_orm::{DatabaseConnection, DbBackend, RuntimeErr, TransactionTrait};

use crate::nonsense::{REFUSED, TAKEN};
use crate::rows::{fill_owned, fill_shared, insert, user};
use crate::support::on_both;

on_both!(rows_that_make_no_sense_are_refused);
async fn rows_that_make_no_sense_are_refused(db: DatabaseConnection) -> Result<(), DbErr> {
    migrate(&db).await?;
    fill_shared(&db).await?;
    fill_owned(&db, &user(1)).await?;
    let recovery = "{user}, {third}, 'recovery', 1, null, 'w', {now}";
    insert(&db, "user_keys", recovery, &user(1)).await?;
    for (constraint, table, values) in REFUSED.into_iter().flatten() {
        let refused = insert(&db, table, values, &user(1)).await;
        assert_refused(&db, refused, constraint);
    }
    for (table, values) in TAKEN {
        let transaction = db.begin().await?;
        insert(&transaction, table, values, &user(1)).await?;
        transaction.rollback().await?;
    }
    Ok(())
}

on_both!(nobody_points_at_a_strangers_row);
async fn nobody_points_at_a_strangers_row(db: DatabaseConnection) -> Result<(), DbErr> {
    migrate(&db).await?;
    fill_shared(&db).await?;
    fill_owned(&db, &user(1)).await?;
    insert(&db, "users", "{user}, true, false, {now}, {now}", &user(2)).await?;
    let strangers = [
        (
            "fk_user_jobs_company",
            "user_jobs",
            "{user}, {id}, {id}, 'Baker', null, null, null, 1, {now}, {now}",
        ),
        (
            "fk_user_status_changes_job",
            "user_status_changes",
            "{user}, {id}, null, null, {id}, null, 'saved', null, null, {now}",
        ),
        (
            "fk_user_list_items_list",
            "user_list_items",
            "{user}, {id}, {id}, 'One', 1, {now}",
        ),
        (
            "fk_user_idea_tree_nodes_tree",
            "user_idea_tree_nodes",
            "{user}, {id}, {id}, {id}, true, 1, {now}",
        ),
        (
            "fk_user_keys_session",
            "user_keys",
            "{user}, {id}, 'session', 1, {id}, 'w', {now}",
        ),
        (
            "fk_user_lists_instance",
            "user_lists",
            "{user}, {id}, {id}, 'Moments', null, 1, {now}, {now}",
        ),
        (
            "fk_user_skills_custom_skill",
            "user_skills",
            "{user}, {id}, null, {id}, null, null, null, null, 1, {now}, {now}",
        ),
        (
            "fk_attempt_responses_attempt",
            "attempt_responses",
            "{user}, {id}, 1, {id}, null, null, null, null",
        ),
        (
            "fk_user_shares_attempt",
            "user_shares",
            "{user}, {id}, 'hash', 'attempt_bars', {id}, {now}, null, {now}",
        ),
    ];
    for (constraint, table, values) in strangers {
        let refused = insert(&db, table, values, &user(2)).await;
        assert_refused(&db, refused, constraint);
    }
    Ok(())
}

/// Asserts that `constraint` was the reason; `SQLite` tells only what kind it was.
fn assert_refused(db: &DatabaseConnection, result: Result<(), DbErr>, constraint: &str) {
    let Err(DbErr::Exec(RuntimeErr::SqlxError(error))) = result else {
        panic!("{constraint}: {result:?}");
    };
    let Some(fault) = error.as_database_error() else {
        panic!("{constraint}: {error:?}");
    };
    if db.get_database_backend() == DbBackend::Postgres {
        assert_eq!(fault.constraint(), Some(constraint), "{fault}");
    }
    let expected = match constraint.split_once('_') {
        Some(("ck", _)) => ErrorKind::CheckViolation,
        Some(("fk", _)) => ErrorKind::ForeignKeyViolation,
        _ => ErrorKind::UniqueViolation,
    };
    assert!(same(&fault.kind(), &expected), "{constraint}: {fault}");
}

/// Whether two kinds of fault are the same; the type cannot be compared.
fn same(one: &ErrorKind, other: &ErrorKind) -> bool {
    discriminant(one) == discriminant(other)
}
