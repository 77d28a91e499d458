//! The rules that let one schema run everywhere, read off the catalogue of `PostgreSQL`.
//!
//! Each test shows two things: our schema keeps the rule, and the rule sees every schema that
//! does not. So a table that breaks a rule cannot come in unseen, nor can a rule go blind.

use dreamtree_migration::{
    CURATED_TABLES, DIRECTORY_TABLES, LENT_TABLES, LOG_TABLES, SERVICE_TABLES, SHARED_TABLES,
    USER_TABLES, migrate,
};
use sea_orm_migration::DbErr;
use sea_orm_migration::sea_orm::{ConnectionTrait, TransactionTrait};

use crate::support::{column, on_postgres};

/// What every query may use: tables by kind, and foreign keys, with names instead of numbers.
const CATALOGUE: &str = "
WITH RECURSIVE tables AS (
    SELECT oid, relname::text AS name, relname = ANY (ARRAY[{user_tables}]) AS is_user,
        CASE relname WHEN 'users' THEN 'id' ELSE 'user_id' END AS owner,
        relrowsecurity AND relforcerowsecurity AS is_guarded
    FROM pg_class
    WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace
        AND relname <> 'seaql_migrations'
), columns AS (
    SELECT t.name AS table_name, a.attname::text AS name, a.attnotnull AS is_required,
        format_type(a.atttypid, NULL) AS type, t.name || '.' || a.attname AS path,
        a.atthasdef OR a.attidentity <> '' OR a.attgenerated <> '' AS has_default,
        t.oid AS table_oid, a.attnum AS number
    FROM pg_attribute a JOIN tables t ON t.oid = a.attrelid
    WHERE a.attnum > 0 AND NOT a.attisdropped
), keys AS (
    SELECT x.indexrelid::regclass::text AS name, t.name AS table_name, t.is_user, t.owner,
        x.indisprimary AS is_primary, x.indisunique AS is_unique,
        EXISTS (SELECT FROM pg_constraint c WHERE c.conindid = x.indexrelid
            AND c.contype IN ('p', 'u')) AS is_constraint,
        ARRAY(SELECT pg_get_indexdef(x.indexrelid, part, false)
            FROM generate_series(1, x.indnkeyatts::int) part) AS parts
    FROM pg_index x JOIN tables t ON t.oid = x.indrelid
), links AS (
    SELECT c.conname::text AS name, child.name AS child, parent.name AS parent,
        child.is_user AS from_user, parent.is_user AS to_user,
        c.confdeltype AS on_delete, c.confupdtype AS on_update,
        ARRAY(SELECT k.name FROM unnest(c.conkey) WITH ORDINALITY u (number, place)
            JOIN columns k ON k.table_oid = c.conrelid AND k.number = u.number
            ORDER BY place) AS child_columns,
        ARRAY(SELECT k.name FROM unnest(c.confkey) WITH ORDINALITY u (number, place)
            JOIN columns k ON k.table_oid = c.confrelid AND k.number = u.number
            ORDER BY place) AS parent_columns
    FROM pg_constraint c
    JOIN tables child ON child.oid = c.conrelid JOIN tables parent ON parent.oid = c.confrelid
    WHERE c.contype = 'f'
), reach AS (
    SELECT child AS start, parent AS reached FROM links
    UNION
    SELECT reach.start, links.parent FROM reach JOIN links ON links.child = reach.reached
)
";

#[tokio::test]
async fn every_table_is_listed() -> Result<(), DbErr> {
    let listed = quoted(
        &[
            USER_TABLES,
            SHARED_TABLES,
            CURATED_TABLES,
            DIRECTORY_TABLES,
            LOG_TABLES,
            SERVICE_TABLES,
        ]
        .concat(),
    );
    let offenders = format!("SELECT name FROM tables WHERE name NOT IN ({listed})");
    holds(&offenders, &["CREATE TABLE stray (id integer)"]).await
}

#[tokio::test]
async fn every_user_row_names_its_user() -> Result<(), DbErr> {
    holds(
        "SELECT t.name FROM tables t WHERE t.is_user AND NOT EXISTS (SELECT FROM columns c
            WHERE c.table_name = t.name AND c.name = t.owner AND c.is_required
            AND c.type = 'uuid')",
        &[
            "ALTER TABLE user_jobs DROP CONSTRAINT pk_user_jobs CASCADE;
             ALTER TABLE user_jobs ALTER user_id DROP NOT NULL",
            "ALTER TABLE user_jobs RENAME user_id TO owner_id",
        ],
    )
    .await
}

#[tokio::test]
async fn every_user_key_begins_with_the_user() -> Result<(), DbErr> {
    holds(
        "SELECT t.name FROM tables t WHERE t.is_user AND NOT EXISTS (SELECT FROM keys k
            WHERE k.table_name = t.name AND k.is_primary AND k.parts[1] = t.owner)",
        &[
            "ALTER TABLE user_jobs DROP CONSTRAINT pk_user_jobs CASCADE",
            "ALTER TABLE user_jobs DROP CONSTRAINT pk_user_jobs CASCADE,
                ADD CONSTRAINT pk_user_jobs PRIMARY KEY (id, user_id)",
        ],
    )
    .await
}

#[tokio::test]
async fn every_unique_key_contains_and_every_index_begins_with_the_user() -> Result<(), DbErr> {
    holds(
        "SELECT name FROM keys WHERE is_user AND (parts[1] <> owner
            OR is_unique AND NOT owner = ANY (parts))",
        &[
            "ALTER TABLE user_jobs ADD CONSTRAINT uq_user_jobs_title UNIQUE (title)",
            "CREATE UNIQUE INDEX idx_user_jobs_title ON user_jobs (title)",
            "CREATE UNIQUE INDEX idx_user_jobs_title ON user_jobs (title) INCLUDE (user_id)",
            "CREATE INDEX idx_user_jobs_title ON user_jobs (title, user_id)",
        ],
    )
    .await
}

#[tokio::test]
async fn every_user_row_goes_with_its_user() -> Result<(), DbErr> {
    holds(
        "SELECT t.name FROM tables t WHERE t.is_user AND t.name <> 'users' AND NOT EXISTS
            (SELECT FROM links l WHERE l.child = t.name AND l.parent = 'users'
            AND l.child_columns = ARRAY['user_id'] AND l.on_delete = 'c')",
        &[
            "ALTER TABLE user_jobs DROP CONSTRAINT fk_user_jobs_user",
            "ALTER TABLE user_jobs DROP CONSTRAINT fk_user_jobs_user,
                ADD CONSTRAINT fk_user_jobs_user FOREIGN KEY (user_id) REFERENCES users (id)",
        ],
    )
    .await
}

#[tokio::test]
async fn user_rows_point_at_rows_of_the_same_user() -> Result<(), DbErr> {
    holds(
        "SELECT name FROM links WHERE from_user AND to_user AND parent <> 'users' AND NOT
            (cardinality(child_columns) > 1 AND child_columns[1] = 'user_id'
            AND parent_columns[1] = 'user_id')
        UNION ALL SELECT name FROM links WHERE parent = 'users'
            AND child_columns <> ARRAY['user_id']",
        &[
            "ALTER TABLE user_companies ADD CONSTRAINT uq_user_companies_id UNIQUE (id);
             ALTER TABLE user_jobs ADD CONSTRAINT fk_user_jobs_direct
                FOREIGN KEY (company_id) REFERENCES user_companies (id)",
            "ALTER TABLE user_jobs ADD CONSTRAINT fk_user_jobs_mentor
                FOREIGN KEY (company_id) REFERENCES users (id)",
        ],
    )
    .await
}

#[tokio::test]
async fn no_reference_changes_the_row_that_holds_it() -> Result<(), DbErr> {
    holds(
        "SELECT name FROM links WHERE on_delete NOT IN ('a', 'r', 'c') OR on_update <> 'a'",
        &[
            "ALTER TABLE user_jobs DROP CONSTRAINT fk_user_jobs_company,
                ADD CONSTRAINT fk_user_jobs_company FOREIGN KEY (user_id, company_id)
                REFERENCES user_companies (user_id, id) ON DELETE SET NULL",
            "ALTER TABLE user_jobs DROP CONSTRAINT fk_user_jobs_company,
                ADD CONSTRAINT fk_user_jobs_company FOREIGN KEY (user_id, company_id)
                REFERENCES user_companies (user_id, id) ON UPDATE CASCADE",
        ],
    )
    .await
}

#[tokio::test]
async fn no_shared_table_points_at_a_user_table() -> Result<(), DbErr> {
    holds(
        "SELECT name FROM links WHERE to_user AND NOT from_user",
        &[
            "ALTER TABLE skills ADD created_by uuid CONSTRAINT fk_skills_user REFERENCES users",
            "ALTER TABLE login_directory ADD CONSTRAINT fk_login_directory_user
                FOREIGN KEY (user_id) REFERENCES users (id)",
        ],
    )
    .await
}

#[tokio::test]
async fn no_tables_point_at_each_other_in_a_circle() -> Result<(), DbErr> {
    holds(
        "SELECT start FROM reach WHERE start = reached",
        &[
            "ALTER TABLE stem ADD CONSTRAINT fk_stem_connection
                FOREIGN KEY (connection_id) REFERENCES connections (id)",
            "ALTER TABLE tools ADD follows integer CONSTRAINT fk_tools_tool REFERENCES tools",
        ],
    )
    .await
}

#[tokio::test]
async fn ids_and_times_come_from_the_program() -> Result<(), DbErr> {
    holds(
        "SELECT path FROM columns WHERE has_default",
        &[
            "ALTER TABLE user_jobs ALTER title SET DEFAULT 'untitled'",
            "ALTER TABLE prompts ALTER id ADD GENERATED ALWAYS AS IDENTITY",
        ],
    )
    .await?;
    holds(
        "SELECT tgname::text FROM pg_trigger WHERE NOT tgisinternal",
        &["CREATE TRIGGER touch BEFORE UPDATE ON user_jobs
            FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger()"],
    )
    .await
}

#[tokio::test]
async fn every_type_exists_on_both_databases() -> Result<(), DbErr> {
    holds(
        "SELECT path || ' ' || type FROM columns WHERE type NOT IN ('uuid', 'text', 'boolean',
            'integer', 'bigint', 'date', 'timestamp with time zone')",
        &[
            "ALTER TABLE user_jobs ADD tags text[]",
            "ALTER TABLE sessions ADD address inet",
            "CREATE TYPE mood AS ENUM ('good'); ALTER TABLE user_jobs ADD mood mood",
        ],
    )
    .await
}

#[tokio::test]
async fn every_constraint_and_index_has_a_given_name() -> Result<(), DbErr> {
    holds(
        "SELECT c.conname::text FROM pg_constraint c JOIN tables t ON t.oid = c.conrelid
            WHERE NOT starts_with(c.conname, CASE c.contype WHEN 'p' THEN 'pk_'
                WHEN 'f' THEN 'fk_' WHEN 'u' THEN 'uq_' WHEN 'c' THEN 'ck_' ELSE '?' END || t.name)
        UNION ALL SELECT name FROM keys WHERE NOT is_constraint
            AND NOT starts_with(name, 'idx_' || table_name)",
        &[
            "ALTER TABLE user_jobs ADD UNIQUE (user_id, title)",
            "ALTER TABLE user_jobs ADD CHECK (title <> '')",
            "ALTER TABLE user_jobs ADD FOREIGN KEY (company_id) REFERENCES skills (id)",
            "CREATE INDEX ON user_jobs (user_id, title)",
        ],
    )
    .await
}

#[tokio::test]
async fn every_user_table_is_guarded() -> Result<(), DbErr> {
    let offenders = "SELECT t.name FROM tables t WHERE t.is_user AND NOT (t.is_guarded AND ARRAY(
                SELECT concat_ws(' ', p.polpermissive, p.polcmd, p.polroles::text,
                    pg_get_expr(p.polqual, t.oid), pg_get_expr(p.polwithcheck, t.oid))
                FROM pg_policy p WHERE p.polrelid = t.oid
                    AND NOT (p.polname = 'lent_rows' AND t.name IN ({lent})))
            = ARRAY(SELECT concat_ws(' ', true, '*', '{0}', own, own) FROM (VALUES ('(' || t.owner
                || ' = (NULLIF(current_setting(''app.user_id''::text, true), ''''::text))::uuid)'
                )) e (own)))";
    holds(
        &offenders.replace("{lent}", &quoted(LENT_TABLES)),
        &[
            "ALTER TABLE user_jobs NO FORCE ROW LEVEL SECURITY",
            "ALTER TABLE user_jobs DISABLE ROW LEVEL SECURITY",
            "DROP POLICY own_rows ON user_jobs",
            "ALTER POLICY own_rows ON user_jobs WITH CHECK (true)",
            "ALTER POLICY own_rows ON user_jobs TO CURRENT_USER",
            "CREATE POLICY all_rows ON user_jobs USING (true)",
        ],
    )
    .await
}

#[tokio::test]
async fn lent_rows_are_those_of_named_people_and_only_read() -> Result<(), DbErr> {
    let lent = quoted(LENT_TABLES);
    let offenders = format!(
        "SELECT t.name FROM tables t WHERE t.name NOT IN ({lent}) AND EXISTS (SELECT FROM pg_policy p
            WHERE p.polrelid = t.oid AND p.polname = 'lent_rows')
        OR t.name IN ({lent}) AND NOT EXISTS (SELECT FROM pg_policy p
            WHERE p.polrelid = t.oid AND p.polname = 'lent_rows' AND p.polpermissive
            AND p.polcmd = 'r' AND p.polroles::text = '{{0}}' AND p.polwithcheck IS NULL
            AND regexp_replace(pg_get_expr(p.polqual, t.oid), '\\s+', '', 'g') =
                '(user_id=ANY((SELECT(string_to_array(NULLIF(current_setting(''app.lenders''::text,'
                || 'true),''''::text),'',''::text))::uuid[]ASstring_to_array)::uuid[]))')"
    );
    holds(
        &offenders,
        &[
            "DROP POLICY lent_rows ON user_settings",
            "ALTER POLICY lent_rows ON user_settings USING (true)",
            "CREATE POLICY lent_rows ON user_jobs FOR SELECT USING (true)",
            "DROP POLICY lent_rows ON user_settings;
             CREATE POLICY lent_rows ON user_settings USING (true)",
        ],
    )
    .await
}

#[tokio::test]
async fn a_directory_is_written_by_its_user_only() -> Result<(), DbErr> {
    let directories = quoted(DIRECTORY_TABLES);
    let offenders = format!(
        "SELECT t.name FROM tables t, (VALUES ('(user_id = (NULLIF(current_setting('
                || '''app.user_id''::text, true), ''''::text))::uuid)')) e (own)
            WHERE t.name IN ({directories}) AND NOT (t.is_guarded AND ARRAY(
                SELECT concat_ws(' ', p.polpermissive, p.polcmd,
                    coalesce(pg_get_expr(p.polqual, t.oid), '-'),
                    coalesce(pg_get_expr(p.polwithcheck, t.oid), '-'))
                FROM pg_policy p WHERE p.polrelid = t.oid ORDER BY p.polcmd)
            = ARRAY['t a - ' || own, 't d ' || own || ' -', 't r true -',
                't w ' || own || ' ' || own])"
    );
    holds(
        &offenders,
        &[
            "ALTER TABLE login_directory DISABLE ROW LEVEL SECURITY",
            "DROP POLICY removed_by_own ON login_directory",
            "ALTER POLICY changed_by_own ON audit_heads USING (true)",
            "CREATE POLICY all_rows ON audit_heads USING (true)",
        ],
    )
    .await
}

/// Asserts that `offenders` finds nothing in our schema, and something after each breach.
///
/// `offenders` is a query over [`CATALOGUE`] with one column of text.
async fn holds(offenders: &str, breaches: &[&'static str]) -> Result<(), DbErr> {
    let query = CATALOGUE.replace("{user_tables}", &quoted(USER_TABLES)) + offenders;
    let breaches = breaches.to_vec();
    on_postgres(|db| async move {
        migrate(&db).await?;
        assert_eq!(column::<String>(&db, &query).await?, Vec::<String>::new());
        for breach in breaches {
            let transaction = db.begin().await?;
            transaction.execute_unprepared(breach).await?;
            let found: Vec<String> = column(&transaction, &query).await?;
            assert!(!found.is_empty(), "not seen: {breach}");
            transaction.rollback().await?;
        }
        Ok(())
    })
    .await
}

/// Names as SQL texts, divided by commas.
fn quoted(names: &[&str]) -> String {
    names
        .iter()
        .map(|name| format!("'{name}'"))
        .collect::<Vec<_>>()
        .join(", ")
}
