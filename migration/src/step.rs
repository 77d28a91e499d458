//! What a step is made of, and how its one SQL text becomes that of a database.

use sea_orm_migration::async_trait::async_trait;
use sea_orm_migration::sea_orm::{ConnectionTrait, DbBackend};
use sea_orm_migration::{DbErr, MigrationName, MigrationTrait, SchemaManager};

use crate::rights::{protect, protect_directories};

/// One migration: a family of tables in the order in which they are made.
#[derive(Clone, Copy)]
pub(crate) struct Step {
    /// The name recorded in `seaql_migrations`; the same as the file's.
    pub(crate) name: &'static str,
    /// Parents before children; dropped in reverse.
    pub(crate) tables: &'static [Table],
}

/// One table with its indexes.
#[derive(Clone, Copy)]
pub(crate) struct Table {
    /// The bare name, unquoted.
    pub(crate) name: &'static str,
    /// Who its rows belong to.
    pub(crate) kind: Kind,
    /// Statements divided by `;`, with `{uuid}`, `{time}` and `{date}` for types.
    pub(crate) sql: &'static str,
}

/// Who the rows of a table belong to.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// The same for everybody; the server only reads it.
    Shared,
    /// The same for everybody; the server adds to it and changes it by what operators decide, and takes nothing
    /// away.
    Curated,
    /// One user's; guarded by row-level security on `PostgreSQL`.
    Owned,
    /// One user's as well; the server only adds to it. Its rows go with the user, and in no other way.
    Appended,
    /// Looked up before anybody is known, so everybody's rows can be read; they are written by their user only.
    Directory,
    /// What the server keeps for its own work, whoever it is about; it may do anything with the rows.
    Service,
    /// Nobody's; the server only adds to it.
    Log,
}

#[async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let backend = manager.get_database_backend();
        for table in self.tables {
            for statement in statements(table.sql, backend) {
                manager
                    .get_connection()
                    .execute_unprepared(&statement)
                    .await?;
            }
        }
        protect(manager, &self.of(&[Kind::Owned, Kind::Appended])).await?;
        protect_directories(manager, &self.of(&[Kind::Directory])).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in self.tables.iter().rev() {
            let statement = format!("DROP TABLE \"{}\"", table.name);
            manager
                .get_connection()
                .execute_unprepared(&statement)
                .await?;
        }
        Ok(())
    }

    /// `SQLite` can roll back table definitions too, so a step is whole or absent on both.
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

impl MigrationName for Step {
    fn name(&self) -> &'static str {
        self.name
    }
}

impl Step {
    /// The names of the tables of these kinds in this step.
    fn of(&self, kinds: &[Kind]) -> Vec<&'static str> {
        let found = self
            .tables
            .iter()
            .filter(|table| kinds.contains(&table.kind));
        found.map(|table| table.name).collect()
    }
}

/// A table that is the same for everybody.
pub(crate) const fn shared(name: &'static str, sql: &'static str) -> Table {
    Table {
        name,
        kind: Kind::Shared,
        sql,
    }
}

/// A table that is the same for everybody and that operators keep.
pub(crate) const fn curated(name: &'static str, sql: &'static str) -> Table {
    Table {
        name,
        kind: Kind::Curated,
        sql,
    }
}

/// A table whose rows each belong to one user.
pub(crate) const fn owned(name: &'static str, sql: &'static str) -> Table {
    Table {
        name,
        kind: Kind::Owned,
        sql,
    }
}

/// A table whose rows each belong to one user and are never changed.
pub(crate) const fn appended(name: &'static str, sql: &'static str) -> Table {
    Table {
        name,
        kind: Kind::Appended,
        sql,
    }
}

/// A table of what happened, which is nobody's.
pub(crate) const fn log(name: &'static str, sql: &'static str) -> Table {
    Table {
        name,
        kind: Kind::Log,
        sql,
    }
}

/// A table that finds a user before one is known.
pub(crate) const fn directory(name: &'static str, sql: &'static str) -> Table {
    Table {
        name,
        kind: Kind::Directory,
        sql,
    }
}

/// A table that the server keeps for its own work.
pub(crate) const fn service(name: &'static str, sql: &'static str) -> Table {
    Table {
        name,
        kind: Kind::Service,
        sql,
    }
}

/// The statements of `sql` with the type names of `backend`.
///
/// On `SQLite` they are the declared types that `SeaQuery` itself would write, so that entities and
/// the schema agree. No statement holds a `;` inside.
fn statements(sql: &str, backend: DbBackend) -> Vec<String> {
    let [uuid, time, date] = match backend {
        DbBackend::Sqlite => ["uuid_text", "timestamp_with_timezone_text", "date_text"],
        _ => ["uuid", "timestamptz", "date"],
    };
    let typed = sql
        .replace("{uuid}", uuid)
        .replace("{time}", time)
        .replace("{date}", date);
    typed
        .split(';')
        .map(|part| part.trim().to_owned())
        .filter(|part| !part.is_empty())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_follow_the_database() {
        let sql = "CREATE TABLE a (id {uuid}, at {time}, day {date});\n";
        let postgres = ["CREATE TABLE a (id uuid, at timestamptz, day date)"];
        let sqlite = [
            "CREATE TABLE a (id uuid_text, at timestamp_with_timezone_text, \
                       day date_text)",
        ];
        assert_eq!(statements(sql, DbBackend::Postgres), postgres);
        assert_eq!(statements(sql, DbBackend::Sqlite), sqlite);
    }
}
