//! A user goes with everything, and takes nothing of anybody else.

use dreamtree_migration::{CURATED_TABLES, SHARED_TABLES, USER_TABLES, migrate};
use sea_orm_migration::DbErr;
use sea_orm_migration::sea_orm::{ConnectionTrait, DatabaseConnection};

use crate::rows::{ID, fill_owned, fill_shared, user};
use crate::support::{column, count, on_both};

on_both!(a_deleted_user_leaves_only_the_others_rows);
async fn a_deleted_user_leaves_only_the_others_rows(db: DatabaseConnection) -> Result<(), DbErr> {
    filled(&db).await?;
    let before = counts(&db, USER_TABLES).await?;
    assert!(
        before.iter().all(|rows| *rows >= 2),
        "no rows of both users: {before:?}"
    );
    let everybodys = [SHARED_TABLES, CURATED_TABLES].concat();
    let shared = counts(&db, &everybodys).await?;
    assert!(
        shared.iter().all(|rows| *rows >= 1),
        "an empty shared table: {shared:?}"
    );

    let gone = user(1);
    db.execute_unprepared(&format!("DELETE FROM users WHERE id = {gone}"))
        .await?;

    let halves: Vec<i64> = before.iter().map(|rows| rows / 2).collect();
    assert_eq!(counts(&db, USER_TABLES).await?, halves);
    assert_eq!(counts(&db, &everybodys).await?, shared);
    for table in USER_TABLES.iter().filter(|table| **table != "users") {
        let sql = format!("SELECT count(*) FROM {table} WHERE user_id = {gone}");
        assert_eq!(column::<i64>(&db, &sql).await?, [0], "{table}");
    }
    Ok(())
}

on_both!(what_others_point_at_stays_until_they_let_go);
async fn what_others_point_at_stays_until_they_let_go(db: DatabaseConnection) -> Result<(), DbErr> {
    filled(&db).await?;
    let row = format!("WHERE user_id = {} AND id = {ID}", user(1));
    let references = [
        ("user_experiences", "user_stories", "experience_id"),
        ("user_companies", "user_contacts", "company_id"),
        ("user_companies", "user_jobs", "company_id"),
        ("user_career_options", "user_milestones", "career_option_id"),
    ];
    for (parent, child, column) in references {
        let delete = format!("DELETE FROM {parent} {row}");
        assert!(
            db.execute_unprepared(&delete).await.is_err(),
            "{parent} went from {child}"
        );
        let release = format!("UPDATE {child} SET {column} = NULL {row}");
        db.execute_unprepared(&release).await?;
    }
    for parent in ["user_experiences", "user_companies", "user_career_options"] {
        let deleted = db
            .execute_unprepared(&format!("DELETE FROM {parent} {row}"))
            .await?;
        assert_eq!(deleted.rows_affected(), 1, "{parent}");
    }
    Ok(())
}

on_both!(a_deleted_instance_takes_what_its_tool_made);
async fn a_deleted_instance_takes_what_its_tool_made(db: DatabaseConnection) -> Result<(), DbErr> {
    filled(&db).await?;
    let row = format!("WHERE user_id = {} AND id = {ID}", user(1));
    db.execute_unprepared(&format!("DELETE FROM user_tool_instances {row}"))
        .await?;
    let made = [
        "user_stories",
        "user_failure_reframes",
        "user_lists",
        "user_list_items",
        "user_flow_logs",
        "user_idea_trees",
        "user_idea_tree_nodes",
        "user_idea_edges",
        "user_skill_tags",
        "user_tool_changes",
    ];
    assert_eq!(counts(&db, &made).await?, [1; 10]);
    let kept = ["user_skills", "user_experiences", "user_idea_nodes"];
    assert_eq!(counts(&db, &kept).await?, [2, 2, 4]);
    Ok(())
}

/// Makes the schema and fills it for two users.
async fn filled(db: &DatabaseConnection) -> Result<(), DbErr> {
    migrate(db).await?;
    fill_shared(db).await?;
    fill_owned(db, &user(1)).await?;
    fill_owned(db, &user(2)).await
}

/// The numbers of rows in `tables`.
async fn counts(db: &DatabaseConnection, tables: &[&str]) -> Result<Vec<i64>, DbErr> {
    let mut counts = Vec::new();
    for table in tables {
        counts.push(count(db, table).await?);
    }
    Ok(counts)
}
