//! What a fill leaves behind, on both databases.
#![allow(clippy::expect_used, reason = "a test that cannot go on has failed")]

use std::{collections::BTreeMap, path::Path, sync::Arc};

use dreamtree_content::{Library, Shelf, load, read_folder};
use dreamtree_database::{Scope, on_both, testing::TestDatabase};
use dreamtree_fill::{Error, Filled, Plan, fill};
use dreamtree_identity::door;
use dreamtree_types::{Actor, Clock, Instant, Private};
use dreamtree_workbook::{experience, flow_log, profile, skill, story};
use sea_orm::{ConnectionTrait, DbBackend, Statement};
use time::macros::datetime;

const NOW: Instant = datetime!(2026-11-21 12:00 UTC);

fn clock() -> Clock {
    Clock::fixed(NOW)
}

on_both!(
    a_person_has_about_as_much_as_a_reader,
    people_are_numbered_on,
    an_inhabited_database_is_refused,
    nobody_stays_unguarded,
);

async fn library(test: &TestDatabase) -> Arc<Library> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../seed-data");
    let edition = read_folder(&folder).expect("content");
    load(&test.owner, &edition, NOW).await.expect("loaded");
    let shelf = Shelf::open(&test.database).await.expect("a shelf");
    shelf.current()
}

fn plan(people: u64, seed: u64) -> Plan {
    Plan {
        people,
        seed,
        more: false,
        tokens: 2,
        now: NOW,
    }
}

async fn filled(test: &TestDatabase, plan: Plan) -> Result<Filled, Error> {
    fill(&test.owner, library(test).await, plan).await
}

async fn a_person_has_about_as_much_as_a_reader(test: &TestDatabase) {
    let filled = filled(test, plan(3, 7)).await.expect("filled");
    assert_eq!(filled.tokens.len(), 2);
    let entered = door::to_read(&test.database, &filled.tokens[1]).await;
    let entered = entered.expect("an answer");
    assert!(matches!(entered.actor, Actor::User { .. }));
    let scope = entered.scope.expect("a session");
    let library = library(test).await;

    let skills = skill::all(&scope, &library).await.expect("skills");
    assert_eq!(skills.len(), 20);
    assert_eq!(skills.iter().filter(|one| one.custom.is_some()).count(), 4);
    let experiences = experience::all(&scope, &library, None)
        .await
        .expect("experiences");
    assert_eq!(experiences.len(), 5);
    assert!(experiences.iter().all(|one| one.skills.len() == 4));
    let days = flow_log::count(&scope, flow_log::Wanted::default()).await;
    assert_eq!(days.expect("a count"), 40);
    let stories = story::all(&scope, story::Wanted::default())
        .await
        .expect("stories");
    assert!(matches!(&stories[0].texts, Private::Open(story) if story.title.is_some()));
    let profile = profile::get(&scope).await.expect("a profile");
    assert!(matches!(&profile.headline, Private::Open(headline) if !headline.is_empty()));
    drop(scope);

    let rows = rows(test).await;
    let count = |table: &str| rows[table].len();
    assert_eq!(count("user_responses"), 3 * 10);
    assert_eq!(count("user_career_options"), 3 * 3);
    assert_eq!(count("user_milestones"), 3 * 6);
    assert_eq!(count("user_tool_instances"), 3 * 4);
    assert_eq!(rows.values().map(Vec::len).sum::<usize>(), filled.rows);
}

async fn people_are_numbered_on(test: &TestDatabase) {
    let first = filled(test, plan(2, 7)).await.expect("filled");
    let more = Plan {
        more: true,
        ..plan(3, 7)
    };
    let second = filled(test, more).await.expect("filled");
    assert_ne!(first.tokens, second.tokens);
    let (in_two, fills) = (rows(test).await, first.rows + second.rows);

    let other = another(test).await;
    let at_once = filled(&other, plan(5, 7)).await.expect("filled");
    assert_eq!(at_once.tokens, first.tokens);
    assert_eq!(at_once.rows, fills);
    assert_eq!(rows(&other).await, in_two, "the same seed, the same rows");
    other.remove().await;

    let other = another(test).await;
    filled(&other, plan(5, 8)).await.expect("filled");
    assert_ne!(rows(&other).await["users"], in_two["users"]);
    other.remove().await;
}

async fn an_inhabited_database_is_refused(test: &TestDatabase) {
    filled(test, plan(1, 7)).await.expect("filled");
    let before = rows(test).await;
    let again = filled(test, plan(1, 7)).await;
    assert!(matches!(again, Err(Error::Inhabited(1))), "{again:?}");
    assert_eq!(rows(test).await, before);
}

/// Row-level security and references are lifted while rows are copied, and for no longer.
async fn nobody_stays_unguarded(test: &TestDatabase) {
    let before = guards(test).await;
    filled(test, plan(2, 7)).await.expect("filled");
    assert_eq!(guards(test).await, before);
    filled(test, plan(2, 7)).await.expect_err("refused");
    assert_eq!(guards(test).await, before);
    let stranger = Scope::read(&test.database, dreamtree_types::UserId::new()).await;
    let stranger = stranger.expect("a scope");
    let seen = flow_log::count(&stranger, flow_log::Wanted::default()).await;
    assert_eq!(seen.expect("a count"), 0);
}

/// On `PostgreSQL` all constraints as they are defined, and the tables that hold their owner too.
async fn guards(test: &TestDatabase) -> Vec<String> {
    if test.owner.get_database_backend() != DbBackend::Postgres {
        return Vec::new();
    }
    let sql = "SELECT conname || ' ' || convalidated || ' ' || pg_get_constraintdef(oid) FROM pg_constraint \
         WHERE connamespace = 'public'::regnamespace \
         UNION ALL SELECT relname FROM pg_class WHERE relforcerowsecurity ORDER BY 1";
    let statement = Statement::from_string(DbBackend::Postgres, sql);
    let rows = test.owner.query_all_raw(statement).await.expect("guards");
    assert!(rows.len() > 100, "the tables are guarded");
    let guard = |row: &sea_orm::QueryResult| row.try_get_by_index(0).expect("a guard");
    rows.iter().map(guard).collect()
}

/// A database of the same kind, which has nothing in it.
async fn another(test: &TestDatabase) -> TestDatabase {
    match test.owner.get_database_backend() {
        DbBackend::Postgres => TestDatabase::postgres(clock()).await,
        _ => TestDatabase::sqlite(clock()).await,
    }
}

/// All rows of all people by table, each as one text.
async fn rows(test: &TestDatabase) -> BTreeMap<&'static str, Vec<String>> {
    let mut found = BTreeMap::new();
    let backend = test.owner.get_database_backend();
    let postgres = backend == DbBackend::Postgres;
    if postgres {
        guard(test, "NO FORCE").await;
    }
    for table in dreamtree_migration::USER_TABLES {
        let columns = columns(test, table).await;
        let cells = columns.iter().map(|column| {
            if postgres {
                format!("coalesce(\"{column}\"::text, '-')")
            } else {
                format!("coalesce(quote(\"{column}\"), '-')")
            }
        });
        let cells: Vec<String> = cells.collect();
        let sql = format!(
            "SELECT {} AS line FROM \"{table}\"",
            cells.join(" || '|' || ")
        );
        let statement = Statement::from_string(backend, sql);
        let lines = test.owner.query_all_raw(statement).await.expect("rows");
        let line = |row: &sea_orm::QueryResult| row.try_get_by_index(0).expect("a line");
        let mut lines: Vec<String> = lines.iter().map(line).collect();
        lines.sort();
        found.insert(*table, lines);
    }
    if postgres {
        guard(test, "FORCE").await;
    }
    found
}

async fn guard(test: &TestDatabase, how: &str) {
    for table in dreamtree_migration::USER_TABLES {
        let sql = format!("ALTER TABLE \"{table}\" {how} ROW LEVEL SECURITY");
        test.owner.execute_unprepared(&sql).await.expect("altered");
    }
}

async fn columns(test: &TestDatabase, table: &str) -> Vec<String> {
    let backend = test.owner.get_database_backend();
    let sql = if backend == DbBackend::Postgres {
        format!(
            "SELECT column_name::text FROM information_schema.columns \
             WHERE table_schema = 'public' AND table_name = '{table}' ORDER BY column_name"
        )
    } else {
        format!("SELECT name FROM pragma_table_info('{table}') ORDER BY name")
    };
    let statement = Statement::from_string(backend, sql);
    let rows = test.owner.query_all_raw(statement).await.expect("columns");
    let name = |row: &sea_orm::QueryResult| row.try_get_by_index(0).expect("a name");
    rows.iter().map(name).collect()
}
