//! Everything that a database holds, as texts.

use std::collections::BTreeMap;

use dreamtree_database::testing::TestDatabase;
use sea_orm::{ConnectionTrait, DbBackend, Statement};

/// The rows of every table: each a column with its value, bytes in lower-case hexadecimal.
pub(crate) type Dump = BTreeMap<String, Vec<BTreeMap<String, String>>>;

/// All columns of all tables, as the database itself knows them.
pub(crate) async fn catalogue(test: &TestDatabase) -> BTreeMap<String, Vec<String>> {
    let sql = match test.owner.get_database_backend() {
        DbBackend::Postgres => {
            "SELECT table_name::text, column_name::text FROM information_schema.columns \
             WHERE table_schema = 'public' AND table_name <> 'seaql_migrations'"
        }
        _ => {
            "SELECT m.name, c.name FROM sqlite_master m JOIN pragma_table_info(m.name) c \
             WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' AND m.name <> 'seaql_migrations'"
        }
    };
    let mut tables: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for row in rows(test, sql).await {
        let name = |index: usize| row.try_get_by_index::<String>(index).expect("a name");
        tables.entry(name(0)).or_default().push(name(1));
    }
    tables
}

/// All rows, past row-level security: tests own their databases.
pub(crate) async fn dump(test: &TestDatabase) -> Dump {
    let mut dump = Dump::new();
    for (table, columns) in catalogue(test).await {
        let cells: Vec<String> = columns.iter().map(|column| cell(test, column)).collect();
        let sql = format!("SELECT {} FROM \"{table}\"", cells.join(", "));
        let found = rows(test, &sql).await;
        let all = found.iter().map(|row| {
            let values = columns.iter().enumerate().filter_map(|(index, column)| {
                let value: Option<String> = row.try_get_by_index(index).expect("a text");
                value.map(|value| (column.clone(), value))
            });
            values.collect()
        });
        dump.insert(table, all.collect());
    }
    dump
}

fn cell(test: &TestDatabase, column: &str) -> String {
    match test.owner.get_database_backend() {
        DbBackend::Postgres => format!("CAST(\"{column}\" AS text)"),
        _ => format!(
            "CASE typeof(\"{column}\") WHEN 'blob' THEN lower(hex(\"{column}\")) \
             ELSE CAST(\"{column}\" AS text) END"
        ),
    }
}

async fn rows(test: &TestDatabase, sql: &str) -> Vec<sea_orm::QueryResult> {
    let backend = test.owner.get_database_backend();
    let asked = Statement::from_string(backend, sql);
    test.owner.query_all_raw(asked).await.expect("an answer")
}
