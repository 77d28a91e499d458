//! Steps go up and down and up again, and several servers may start at once.

use std::{env, fs};

use dreamtree_migration::{
    CURATED_TABLES, DIRECTORY_TABLES, LOG_TABLES, SERVICE_TABLES, SHARED_TABLES, USER_TABLES,
    grant, migrate, revert_all,
};
use sea_orm_migration::DbErr;
use sea_orm_migration::sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend};

use crate::support::{column, connect, on_both, on_postgres, on_sqlite, unique};

/// The number of steps.
const STEPS: u32 = 21;

/// The 42 tables of the seed.
const SEED: [&str; 42] = [
    "users",
    "auth",
    "emails",
    "sessions",
    "user_settings",
    "user_modules",
    "user_profile",
    "user_values",
    "user_skills",
    "user_stories",
    "user_failure_reframes",
    "user_experiences",
    "user_experience_skills",
    "user_locations",
    "user_career_options",
    "user_milestones",
    "user_budget",
    "user_flow_logs",
    "user_companies",
    "user_contacts",
    "user_jobs",
    "user_idea_trees",
    "user_idea_nodes",
    "user_idea_edges",
    "user_competency_scores",
    "user_responses",
    "user_lists",
    "user_list_items",
    "user_checklists",
    "stem",
    "content_blocks",
    "prompts",
    "tools",
    "connections",
    "data_objects",
    "ongoing_practices",
    "personality_types",
    "competencies",
    "competency_levels",
    "skills",
    "references",
    "content_sources",
];

/// The tables that the decisions add to them.
const ADDED: [&str; 74] = [
    "consents",
    "user_consents",
    "content_version",
    "login_directory",
    "user_keys",
    "user_custom_skills",
    "user_tool_instances",
    "user_records",
    "user_record_changes",
    "user_comparisons",
    "user_tool_changes",
    "user_skill_tags",
    "user_idea_tree_nodes",
    "user_competency_history",
    "user_snoozes",
    "user_calendar_feeds",
    "user_snapshots",
    "user_reviews",
    "user_source_changes",
    "user_status_changes",
    "skill_proposals",
    "terms",
    "operators",
    "user_terms",
    "user_experience_tasks",
    "user_option_questions",
    "user_mail_tokens",
    "user_former_passwords",
    "user_earlier_keys",
    "pending_addresses",
    "outbox",
    "passkeys",
    "passkey_registrations",
    "passkey_directory",
    "passkey_challenges",
    "user_totp",
    "user_backup_codes",
    "sign_in_challenges",
    "rate_limits",
    "housekeeping",
    "audit_events",
    "audit_heads",
    "audit_log",
    "visits",
    "server_keys",
    "servers",
    "scheduled_jobs",
    "assessments",
    "assessment_tiers",
    "competency_display_names",
    "competency_leverage_strengths",
    "assessment_questions",
    "assessment_question_versions",
    "skill_tags",
    "tag_insights",
    "tag_actions",
    "learning_path_categories",
    "learning_resources",
    "user_attempts",
    "attempt_responses",
    "attempt_competencies",
    "attempt_insights",
    "partners",
    "partner_grants",
    "partner_codes",
    "partner_tokens",
    "user_credentials",
    "user_shares",
    "credential_directory",
    "status_places",
    "signing_keys",
    "partner_credentials",
    "partner_webhooks",
    "webhook_deliveries",
];

on_both!(the_schema_goes_up_and_down_and_up_again);
async fn the_schema_goes_up_and_down_and_up_again(db: DatabaseConnection) -> Result<(), DbErr> {
    assert_eq!(migrate(&db).await?, STEPS);
    assert_eq!(tables(&db).await?, expected());
    assert_eq!(migrate(&db).await?, 0, "a second run finds nothing to do");
    revert_all(&db).await?;
    assert_eq!(tables(&db).await?, Vec::<String>::new());
    assert_eq!(migrate(&db).await?, STEPS);
    assert_eq!(tables(&db).await?, expected());
    Ok(())
}

on_both!(a_step_that_fails_leaves_no_trace);
async fn a_step_that_fails_leaves_no_trace(db: DatabaseConnection) -> Result<(), DbErr> {
    db.execute_unprepared("CREATE TABLE user_jobs (id integer)")
        .await?;
    assert!(migrate(&db).await.is_err(), "user_jobs is there already");
    assert_eq!(tables(&db).await?, ["user_jobs"]);
    Ok(())
}

#[test]
fn the_lists_name_every_table_once() {
    let mut listed = [
        USER_TABLES,
        SHARED_TABLES,
        CURATED_TABLES,
        DIRECTORY_TABLES,
        LOG_TABLES,
        SERVICE_TABLES,
    ]
    .concat();
    listed.push("seaql_migrations");
    listed.sort_unstable();
    assert_eq!(listed, expected());
}

#[tokio::test]
async fn four_servers_start_at_once_on_postgres() -> Result<(), DbErr> {
    on_postgres(|db| async move {
        let runs = [migrate(&db), migrate(&db), migrate(&db), migrate(&db)];
        let [a, b, c, d] = runs;
        let (a, b, c, d) = tokio::join!(a, b, c, d);
        let mut applied = [a?, b?, c?, d?];
        applied.sort_unstable();
        assert_eq!(applied, [0, 0, 0, STEPS]);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn two_servers_start_at_once_on_a_sqlite_file() -> Result<(), DbErr> {
    let path = env::temp_dir()
        .join(unique("dreamtree_test"))
        .with_extension("sqlite");
    let url = format!("sqlite://{}?mode=rwc", path.display());
    let (one, two) = (connect(&url, 1).await?, connect(&url, 1).await?);
    let (a, b) = tokio::join!(migrate(&one), migrate(&two));
    let mut applied = [a?, b?];
    applied.sort_unstable();
    assert_eq!(applied, [0, STEPS]);
    fs::remove_file(path).map_err(|error| DbErr::Custom(error.to_string()))
}

#[tokio::test]
async fn sqlite_has_no_roles_to_grant_to() -> Result<(), DbErr> {
    on_sqlite(|db| async move {
        migrate(&db).await?;
        let refused = grant(&db, "server").await;
        assert!(matches!(refused, Err(DbErr::BackendNotSupported { .. })));
        Ok(())
    })
    .await
}

/// All tables that there should be, in the order of their names.
fn expected() -> Vec<&'static str> {
    let mut names = [&SEED[..], &ADDED[..], &["seaql_migrations"]].concat();
    names.sort_unstable();
    names
}

/// All tables that there are, in the order of their names.
async fn tables(db: &DatabaseConnection) -> Result<Vec<String>, DbErr> {
    let sql = match db.get_database_backend() {
        DbBackend::Sqlite => {
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        }
        _ => "SELECT tablename::text FROM pg_tables WHERE schemaname = 'public'",
    };
    let mut names: Vec<String> = column(db, sql).await?;
    names.sort_unstable();
    Ok(names)
}
