//! What stands between rows and `PostgreSQL`'s tables, lifted while many come at once. It is lifted inside the
//! transaction that writes, which nobody else looks into: whether that is kept or taken back, all of it stands.

use dreamtree_migration::USER_TABLES;
use sea_orm::sqlx::{self, AssertSqlSafe, Executor, PgConnection};

use crate::Error;

/// The references of the people's tables.
const REFERENCES: &str = "SELECT conrelid::regclass::text, quote_ident(conname), pg_get_constraintdef(oid) \
    FROM pg_constraint WHERE contype = 'f' AND conrelid = ANY ($1::regclass[]) ORDER BY conname";

/// References that are checked all at once when they come back: one by one takes most of the time.
pub(crate) struct Guards(Vec<(String, String, String)>);

impl Guards {
    /// Lifts row-level security, which holds the owner too and which COPY does not go with, and the references.
    pub(crate) async fn lift(transaction: &mut PgConnection) -> Result<Self, Error> {
        force(transaction, "NO FORCE").await?;
        let tables: Vec<String> = USER_TABLES
            .iter()
            .map(|table| format!("\"{table}\""))
            .collect();
        let found = sqlx::query_as(REFERENCES).bind(tables);
        let references: Vec<(String, String, String)> = found.fetch_all(&mut *transaction).await?;
        for (table, name, _) in &references {
            let sql = format!("ALTER TABLE {table} DROP CONSTRAINT {name}");
            transaction.execute(AssertSqlSafe(sql)).await?;
        }
        Ok(Self(references))
    }

    /// Puts everything back; fails where a reference does not hold.
    pub(crate) async fn restore(self, transaction: &mut PgConnection) -> Result<(), Error> {
        for (table, name, definition) in self.0 {
            let sql = format!("ALTER TABLE {table} ADD CONSTRAINT {name} {definition}");
            transaction.execute(AssertSqlSafe(sql)).await?;
        }
        force(transaction, "FORCE").await
    }
}

async fn force(transaction: &mut PgConnection, how: &str) -> Result<(), Error> {
    for table in USER_TABLES {
        let sql = format!("ALTER TABLE \"{table}\" {how} ROW LEVEL SECURITY");
        transaction.execute(AssertSqlSafe(sql)).await?;
    }
    Ok(())
}
