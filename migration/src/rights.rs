//! Who may touch which row on `PostgreSQL`: policies for users, grants for the server's role.

use sea_orm_migration::sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend};
use sea_orm_migration::{DbErr, SchemaManager};

use crate::tables::{
    APPENDED_TABLES, CURATED_TABLES, DIRECTORY_TABLES, LENT_TABLES, LOG_TABLES, SERVICE_TABLES,
    SHARED_TABLES, USER_TABLES,
};

/// The longest name that `PostgreSQL` keeps whole, in bytes.
const LONGEST_NAME: usize = 63;

/// Puts each user table under row-level security, for its owner too; does nothing on `SQLite`.
///
/// A row is seen and written only where `app.user_id` names its user. Unset and empty settings
/// both become NULL, which equals no user.
pub(crate) async fn protect(manager: &SchemaManager<'_>, tables: &[&str]) -> Result<(), DbErr> {
    if manager.get_database_backend() != DbBackend::Postgres {
        return Ok(());
    }
    for table in tables {
        let user = if *table == "users" { "id" } else { "user_id" };
        let own = format!("{user} = NULLIF(current_setting('app.user_id', true), '')::uuid");
        let sql = format!(
            "ALTER TABLE \"{table}\" ENABLE ROW LEVEL SECURITY;
             ALTER TABLE \"{table}\" FORCE ROW LEVEL SECURITY;
             CREATE POLICY own_rows ON \"{table}\" USING ({own}) WITH CHECK ({own})"
        );
        manager.get_connection().execute_unprepared(&sql).await?;
        if LENT_TABLES.contains(table) {
            lend(manager, table).await?;
        }
    }
    Ok(())
}

/// Lets the rows of those people be read whom `app.lenders` names, divided by commas; unset and empty name nobody. The
/// subquery names no table: it has the setting read once for a statement instead of once for a row.
async fn lend(manager: &SchemaManager<'_>, table: &str) -> Result<(), DbErr> {
    let sql = format!(
        "CREATE POLICY lent_rows ON \"{table}\" FOR SELECT USING (user_id = ANY ((SELECT \
            string_to_array(NULLIF(current_setting('app.lenders', true), ''), ',')::uuid[])::uuid[]))"
    );
    manager.get_connection().execute_unprepared(&sql).await?;
    Ok(())
}

/// Lets everybody's rows of a directory be read and only those of `app.user_id` be written; nothing on `SQLite`.
pub(crate) async fn protect_directories(
    manager: &SchemaManager<'_>,
    tables: &[&str],
) -> Result<(), DbErr> {
    if manager.get_database_backend() != DbBackend::Postgres {
        return Ok(());
    }
    let own = "user_id = NULLIF(current_setting('app.user_id', true), '')::uuid";
    for table in tables {
        let sql = format!(
            "ALTER TABLE \"{table}\" ENABLE ROW LEVEL SECURITY;
             ALTER TABLE \"{table}\" FORCE ROW LEVEL SECURITY;
             CREATE POLICY found_by_all ON \"{table}\" FOR SELECT USING (true);
             CREATE POLICY added_by_own ON \"{table}\" FOR INSERT WITH CHECK ({own});
             CREATE POLICY changed_by_own ON \"{table}\" FOR UPDATE USING ({own}) WITH CHECK ({own});
             CREATE POLICY removed_by_own ON \"{table}\" FOR DELETE USING ({own})"
        );
        manager.get_connection().execute_unprepared(&sql).await?;
    }
    Ok(())
}

/// Lets the server's role read the shared tables, work in the user tables, in its own and in its user's rows of the directories,
/// add to those that operators keep and change them, and only add to logs and to what is appended; it owns nothing.
/// A proposal that nobody has decided about may be withdrawn. What is appended goes with its user: the database
/// follows that reference with the rights of the tables' owner.
///
/// `PostgreSQL` only. `role` must be a plain identifier (`[a-z_][a-z0-9_]{0,62}`); anything else
/// is refused before a statement is sent.
pub async fn grant(db: &DatabaseConnection, role: &str) -> Result<(), DbErr> {
    let backend = db.get_database_backend();
    if backend != DbBackend::Postgres {
        return Err(DbErr::BackendNotSupported {
            db: backend.as_str(),
            ctx: "grant",
        });
    }
    if !is_identifier(role) {
        return Err(DbErr::Custom(
            "the role's name is not a plain identifier".to_owned(),
        ));
    }
    let read = quoted(SHARED_TABLES.iter().chain(&["seaql_migrations"]));
    let curated = quoted(CURATED_TABLES.iter());
    let work = quoted(USER_TABLES.iter().chain(SERVICE_TABLES));
    let directories = quoted(DIRECTORY_TABLES.iter());
    let appended = quoted(APPENDED_TABLES.iter());
    let logs = quoted(LOG_TABLES.iter());
    let sql = format!(
        "GRANT USAGE ON SCHEMA public TO \"{role}\";
         GRANT SELECT ON {read} TO \"{role}\";
         GRANT SELECT, INSERT, UPDATE ON {curated} TO \"{role}\";
         GRANT SELECT, INSERT, UPDATE, DELETE ON {work} TO \"{role}\";
         GRANT DELETE ON skill_proposals TO \"{role}\";
         REVOKE UPDATE, DELETE ON {appended} FROM \"{role}\";
         GRANT SELECT, INSERT, UPDATE, DELETE ON {directories} TO \"{role}\";
         GRANT SELECT, INSERT ON {logs} TO \"{role}\""
    );
    db.execute_unprepared(&sql).await?;
    Ok(())
}

/// Whether `name` can stand in a statement without meaning anything but itself.
fn is_identifier(name: &str) -> bool {
    let starts = name.starts_with(|c: char| c.is_ascii_lowercase() || c == '_');
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    starts && name.len() <= LONGEST_NAME && name.chars().all(plain)
}

/// Names in quotes, divided by commas.
fn quoted<'a>(names: impl Iterator<Item = &'a &'a str>) -> String {
    names
        .map(|name| format!("\"{name}\""))
        .collect::<Vec<_>>()
        .join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_names_are_roles() {
        assert!(is_identifier("dreamtree_server"));
        assert!(is_identifier(&"a".repeat(63)));
        for name in [
            "",
            "1a",
            "Admin",
            "a-b",
            "a\"b",
            "a;b",
            "ä",
            &"a".repeat(64),
        ] {
            assert!(!is_identifier(name), "{name}");
        }
    }
}
