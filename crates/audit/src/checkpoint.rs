//! One entry of the log that covers all chains.

use dreamtree_database::{Database, Scope};
use dreamtree_types::UserId;
use sea_orm::{ConnectionTrait, DbErr, Statement};
use uuid::Uuid;

use crate::{LogHead, chain, log};

/// The kind of such an entry.
pub(crate) const KIND: &str = "checkpoint";

/// The number of the lock that all who record share, and that a checkpoint has alone.
pub(crate) const CHECKPOINTS: i64 = 0x6175_6469_745f_6370;

/// What a checkpoint covers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    /// The entry of the log, to be kept elsewhere.
    pub head: LogHead,
    /// How many chains it covers.
    pub chains: usize,
}

/// Covers all chains as they are now. Whoever records something waits meanwhile: as long as it takes to read one short
/// row for each account.
pub async fn checkpoint(database: &Database) -> Result<Checkpoint, DbErr> {
    let scope = Scope::write(database, UserId::from(Uuid::nil())).await?;
    scope.alone(CHECKPOINTS).await?;
    let connection = scope.connection();
    let sql = "SELECT hash FROM audit_heads";
    let asked = Statement::from_string(connection.get_database_backend(), sql);
    let mut heads: Vec<String> = Vec::new();
    for row in connection.query_all_raw(asked).await? {
        heads.push(chain::leaf(&row.try_get_by_index::<String>(0)?));
    }
    let chains = i32::try_from(heads.len()).map_err(|error| DbErr::Custom(error.to_string()))?;
    let digest = chain::of_leaves(heads.iter().map(String::as_str));
    let row = log::append(&scope, KIND, Some(chains), Some(digest)).await?;
    scope.commit().await?;
    Ok(Checkpoint {
        head: LogHead {
            sequence: row.sequence,
            hash: row.hash,
        },
        chains: heads.len(),
    })
}
