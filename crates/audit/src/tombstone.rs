//! What remains of an account that is gone: that there was one.

use dreamtree_database::Scope;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, Statement,
};

use crate::{
    chain,
    checkpoint::CHECKPOINTS,
    entity::{audit_events, audit_heads},
    log,
};

/// Why an account is gone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gone {
    /// The person deleted it.
    Deleted,
    /// A visitor never came back.
    Swept,
}

impl Gone {
    /// The kind of the entry.
    const fn kind(self) -> &'static str {
        match self {
            Self::Deleted => "account_deleted",
            Self::Swept => "visitor_swept",
        }
    }
}

/// Notes in the log that an account goes, without a word about whose it was, and takes its chain's head away. To be
/// called before the rows of the scope's person are deleted, in the same transaction.
///
/// The newest checkpoint covers the head that the chain had then. A hash of that head stays in the log in its place:
/// without the rows that it was made of it tells nothing, and the checkpoint can go on being checked.
pub async fn tombstone(scope: &Scope, why: Gone) -> Result<(), DbErr> {
    scope.share(CHECKPOINTS).await?;
    let covered = audit_events::Entity::find()
        .filter(audit_events::Column::UserId.eq(scope.user()))
        .filter(audit_events::Column::Checkpoint.lt(newest(scope).await?))
        .order_by_desc(audit_events::Column::Sequence)
        .one(scope.connection())
        .await?;
    log::append(
        scope,
        why.kind(),
        None,
        covered.map(|row| chain::leaf(&row.hash)),
    )
    .await?;
    audit_heads::Entity::delete_by_id(scope.user())
        .exec(scope.connection())
        .await?;
    Ok(())
}

/// The number of the newest checkpoint; 0 before the first.
pub(crate) async fn newest(scope: &Scope) -> Result<i32, DbErr> {
    let connection = scope.connection();
    let sql = "SELECT coalesce(max(sequence), 0) FROM audit_log WHERE kind = 'checkpoint'";
    let asked = Statement::from_string(connection.get_database_backend(), sql);
    let row = connection.query_one_raw(asked).await?;
    Ok(row
        .map(|row| row.try_get_by_index(0))
        .transpose()?
        .unwrap_or(0))
}
