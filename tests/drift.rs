//! Entities and the migrated schema say the same, on both databases.
#![allow(clippy::expect_used, reason = "a test that cannot go on has failed")]

use std::collections::{BTreeMap, BTreeSet};

use dreamtree_assessments::entity as assessments;
use dreamtree_audit::entity as audit;
use dreamtree_content::entity as content;
use dreamtree_database::{on_both, testing::TestDatabase};
use dreamtree_identity::entity as identity;
use dreamtree_mail::entity as mail;
use dreamtree_partners::entity as partners;
use dreamtree_portability::entity as portability;
use dreamtree_schedule::entity as schedule;
use dreamtree_types::Clock;
use dreamtree_workbook::entity as workbook;
use sea_orm::{
    ColumnTrait, ColumnType, ConnectionTrait, DbBackend, EntityTrait, IdenStatic, Iterable,
    PrimaryKeyToColumn, Statement,
};

fn clock() -> Clock {
    Clock::System
}

/// A column: the family of its type, whether it may be null, whether it is part of the primary key.
type Columns = BTreeMap<String, (&'static str, bool, bool)>;

fn shape<E: EntityTrait>(entity: E) -> (String, Columns)
where
    E::PrimaryKey: PrimaryKeyToColumn<Column = E::Column>,
{
    let key: BTreeSet<String> = E::PrimaryKey::iter()
        .map(|part| part.into_column().as_str().to_owned())
        .collect();
    let columns = E::Column::iter().map(|column| {
        let definition = column.def();
        let name = column.as_str().to_owned();
        let is_key = key.contains(&name);
        (
            name,
            (
                family(definition.get_column_type()),
                definition.is_null(),
                is_key,
            ),
        )
    });
    (entity.table_name().to_owned(), columns.collect())
}

fn family(kind: &ColumnType) -> &'static str {
    match kind {
        ColumnType::Uuid => "uuid",
        ColumnType::Text | ColumnType::String(_) => "text",
        ColumnType::Integer => "integer",
        ColumnType::BigInteger => "bigint",
        ColumnType::Boolean => "boolean",
        ColumnType::Date => "date",
        ColumnType::TimestampWithTimeZone => "time",
        other => panic!("a type that no table has: {other:?}"),
    }
}

fn stored(kind: &str) -> &'static str {
    match kind.to_lowercase().as_str() {
        "uuid" | "uuid_text" => "uuid",
        "text" => "text",
        "integer" => "integer",
        "bigint" => "bigint",
        "boolean" => "boolean",
        "date" | "date_text" => "date",
        "timestamp with time zone" | "timestamp_with_timezone_text" => "time",
        other => panic!("a type that no entity has: {other}"),
    }
}

macro_rules! shapes {
    ($($module:ident::{$($table:ident),+ $(,)?}),+ $(,)?) => {
        BTreeMap::from([$($(shape($module::$table::Entity)),+),+])
    };
}

fn entities() -> BTreeMap<String, Columns> {
    shapes![
        audit::{audit_events, audit_heads, audit_log},
        identity::{
            auth, credential_directory, emails, housekeeping, login_directory, operators, passkey_challenges, passkey_directory, passkey_registrations, passkeys, pending_addresses, rate_limits, server_keys, servers, sessions, sign_in_challenges, user_backup_codes, user_calendar_feeds, user_consents, user_earlier_keys, user_former_passwords, user_keys, user_mail_tokens, user_settings, user_terms, user_totp, users, visits,
        },
        mail::{outbox},
        schedule::{scheduled_jobs},
        partners::{
            partner_codes, partner_credentials, partner_grants, partner_tokens, partner_webhooks, partners,
            webhook_deliveries,
        },
        content::{
            assessment, assessment_question, assessment_question_version, assessment_tier,
            competency, competency_display_name, competency_level, competency_leverage_strength, connection, consent,
            content_block, content_source, content_version, data_object, learning_path_category,
            learning_resource, ongoing_practice, personality_type, prompt, reference, skill, skill_proposal,
            skill_tag, stem, tag_action, tag_insight, terms, tool,
        },
        assessments::{
            attempt_competencies, attempt_insights, attempt_responses, user_attempts, user_competency_history,
            user_competency_scores,
        },
        portability::{signing_keys, status_places, user_credentials, user_shares},
        workbook::{
            user_budget, user_career_options, user_checklists, user_companies, user_comparisons, user_contacts,
            user_custom_skills, user_experience_skills, user_experience_tasks, user_experiences, user_failure_reframes,
            user_flow_logs, user_idea_edges, user_idea_nodes, user_idea_tree_nodes, user_idea_trees,
            user_jobs, user_list_items, user_lists, user_locations, user_milestones, user_modules, user_option_questions,
            user_profile, user_record_changes, user_records, user_responses, user_reviews, user_skill_tags, user_skills,
            user_snapshots, user_snoozes, user_source_changes, user_status_changes, user_stories,
            user_tool_changes, user_tool_instances, user_values,
        },
    ]
}

/// Never null in the tables, but empty in an edition, which has no clock; the loader fills them in.
const FILLED_BY_THE_LOADER: [(&str, &str); 2] =
    [("references", "created_at"), ("skills", "created_at")];

on_both!(entities_match_the_schema);

async fn entities_match_the_schema(test: &TestDatabase) {
    let schema = match test.owner.get_database_backend() {
        DbBackend::Postgres => postgres(test).await,
        _ => sqlite(test).await,
    };
    let mut entities = entities();
    for (table, column) in FILLED_BY_THE_LOADER {
        let column = entities
            .get_mut(table)
            .and_then(|columns| columns.get_mut(column))
            .expect("the column");
        assert!(column.1, "an exception that is no longer needed");
        column.1 = false;
    }
    assert_eq!(
        entities.keys().collect::<Vec<_>>(),
        schema.keys().collect::<Vec<_>>(),
        "every table has one entity and every entity a table"
    );
    for (table, columns) in &entities {
        assert_eq!(columns, &schema[table], "{table}");
    }
}

async fn rows(test: &TestDatabase, sql: &str) -> Vec<sea_orm::QueryResult> {
    let backend = test.owner.get_database_backend();
    test.owner
        .query_all_raw(Statement::from_string(backend, sql))
        .await
        .expect("the catalogue answers")
}

async fn sqlite(database: &TestDatabase) -> BTreeMap<String, Columns> {
    let sql = "SELECT m.name AS t, c.name AS c, c.type AS k, c.\"notnull\" AS n, c.pk AS p \
               FROM sqlite_master m JOIN pragma_table_info(m.name) c \
               WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' AND m.name <> 'seaql_migrations'";
    let mut tables: BTreeMap<String, Columns> = BTreeMap::new();
    for row in rows(database, sql).await {
        let text = |name| row.try_get::<String>("", name).expect("a text");
        let number = |name| row.try_get::<i32>("", name).expect("a number");
        let column = (stored(&text("k")), number("n") == 0, number("p") > 0);
        tables
            .entry(text("t"))
            .or_default()
            .insert(text("c"), column);
    }
    tables
}

async fn postgres(database: &TestDatabase) -> BTreeMap<String, Columns> {
    let sql = "SELECT c.table_name::text AS t, c.column_name::text AS c, c.data_type::text AS k, \
               c.is_nullable = 'YES' AS n, EXISTS (SELECT 1 FROM pg_index i JOIN pg_attribute a \
               ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey) WHERE i.indisprimary \
               AND i.indrelid = format('%I.%I', c.table_schema, c.table_name)::regclass \
               AND a.attname = c.column_name) AS p FROM information_schema.columns c \
               WHERE c.table_schema = 'public' AND c.table_name <> 'seaql_migrations'";
    let mut tables: BTreeMap<String, Columns> = BTreeMap::new();
    for row in rows(database, sql).await {
        let text = |name| row.try_get::<String>("", name).expect("a text");
        let flag = |name| row.try_get::<bool>("", name).expect("a flag");
        let column = (stored(&text("k")), flag("n"), flag("p"));
        tables
            .entry(text("t"))
            .or_default()
            .insert(text("c"), column);
    }
    tables
}
