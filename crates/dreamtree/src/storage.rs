//! The database on its way to being served: tables, rights, content.

use std::{path::Path, sync::Arc};

use dreamtree_content::{Loaded, load, read_folder};
use dreamtree_database::{Database, Options, owner};
use dreamtree_migration::{Migrator, grant, migrate};
use dreamtree_partners::webhook::Herald;
use dreamtree_types::{Clock, UserId};
use sea_orm_migration::{
    MigratorTrait,
    sea_orm::{ConnectionTrait, Statement},
};

use uuid::Uuid;

use crate::{config, failure::Failure};

/// What `migrate` did.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Migrated {
    /// Steps that were pending.
    pub(crate) steps: u32,
}

/// Brings the tables up to date, and on `PostgreSQL` gives the server's role what it needs.
pub(crate) async fn bring_up_to_date(
    config: &config::Database,
    url: &str,
) -> Result<Migrated, Failure> {
    let connection = owner(url).await?;
    let steps = migrate(&connection)
        .await
        .map_err(Failure::during("migrating the database"))?;
    if !config.is_sqlite() {
        let role = config
            .role()
            .ok_or_else(|| Failure::new("the database URL names no role"))?;
        grant(&connection, role)
            .await
            .map_err(Failure::during("granting rights"))?;
    }
    connection.close().await?;
    Ok(Migrated { steps })
}

/// How many steps of the schema the database lacks.
pub(crate) async fn pending(database: &Database) -> Result<usize, Failure> {
    Ok(
        Migrator::get_pending_migrations_read_only(database.shared())
            .await?
            .len(),
    )
}

/// Whether anybody signs in with a password, mail waits, or a partner has a secret: what was typed and sealed needs the
/// same keys.
pub(crate) async fn has_accounts(database: &Database) -> Result<bool, Failure> {
    let any = "SELECT 1 FROM login_directory UNION ALL SELECT 1 FROM pending_addresses \
               UNION ALL SELECT 1 FROM outbox UNION ALL SELECT 1 FROM partner_webhooks LIMIT 1";
    let statement = Statement::from_string(database.backend(), any);
    Ok(database.shared().query_one_raw(statement).await?.is_some())
}

/// The next thousand people with an account, by id, behind this one; none when there are no more.
pub(crate) async fn accounts(
    database: &Database,
    after: Option<UserId>,
) -> Result<Vec<UserId>, Failure> {
    let sql = "SELECT a.user_id FROM (SELECT user_id FROM login_directory \
        UNION SELECT user_id FROM pending_addresses) a WHERE a.user_id > $1 \
        ORDER BY a.user_id LIMIT 1000";
    let after = after.unwrap_or_else(|| UserId::from(Uuid::nil()));
    let statement = Statement::from_sql_and_values(database.backend(), sql, [after.into()]);
    let rows = database.shared().query_all_raw(statement).await?;
    let people: Result<_, _> = rows.iter().map(|row| row.try_get_by_index(0)).collect();
    Ok(people?)
}

/// Opens the database for serving.
pub(crate) async fn connect(config: &config::Database) -> Result<Database, Failure> {
    let options = Options {
        url: config.url().to_owned(),
        connections: config.connections.get(),
    };
    let database = Database::connect(&options, Clock::System).await?;
    Ok(database.heard_by(Arc::new(Herald)))
}

/// Loads a folder of content as the owner of the tables.
pub(crate) async fn load_content(folder: &Path, url: &str) -> Result<Loaded, Failure> {
    let edition = read_folder(folder).map_err(|faults| Failure::content(&faults))?;
    let connection = owner(url).await?;
    let loaded = load(&connection, &edition, Clock::System.now()).await?;
    connection.close().await?;
    Ok(loaded)
}
