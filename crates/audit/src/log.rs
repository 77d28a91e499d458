//! The log of what is nobody's.

use std::{fmt, str::FromStr};

use dreamtree_database::Scope;
use sea_orm::{ActiveModelTrait, DbErr, EntityTrait, IntoActiveModel, QueryOrder};

use crate::{
    chain,
    entity::audit_log::{Column, Entity, Model},
};

/// The number of the lock that writers of the log wait for.
const WRITERS: i64 = 0x6175_6469_745f_6c6f;

/// Where the log stands; kept elsewhere, it shows later that nothing before it was changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogHead {
    /// The number of the newest entry; 0 for an empty log.
    pub sequence: i32,
    /// Its hash.
    pub hash: String,
}

/// What a head looks like on paper: `12:` and the hash.
impl fmt::Display for LogHead {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.sequence, self.hash)
    }
}

impl FromStr for LogHead {
    type Err = NoHead;

    fn from_str(text: &str) -> Result<Self, NoHead> {
        let (sequence, hash) = text.split_once(':').ok_or(NoHead)?;
        let sequence = sequence.parse().map_err(|_| NoHead)?;
        let hash = hash.to_owned();
        Ok(Self { sequence, hash })
    }
}

/// A text that is no head.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("is not of the form NUMBER:HASH, as `audit verify` prints it")]
pub struct NoHead;

/// Adds an entry to the log; its number and hash follow from the one before. All writers wait for each other.
pub(crate) async fn append(
    scope: &Scope,
    kind: &'static str,
    chains: Option<i32>,
    digest: Option<String>,
) -> Result<Model, DbErr> {
    scope.alone(WRITERS).await?;
    let last = last(scope).await?;
    let mut row = Model {
        sequence: last.as_ref().map_or(0, |row| row.sequence) + 1,
        kind: kind.to_owned(),
        chains,
        digest,
        occurred_at: scope.now(),
        hash: String::new(),
    };
    let before = last.as_ref().map_or(chain::BEGINNING, |row| &row.hash);
    row.hash = chain::of_entry(before, &row);
    Entity::insert(row.clone().into_active_model().reset_all())
        .exec_without_returning(scope.connection())
        .await?;
    Ok(row)
}

async fn last(scope: &Scope) -> Result<Option<Model>, DbErr> {
    Entity::find()
        .order_by_desc(Column::Sequence)
        .one(scope.connection())
        .await
}
