//! Rows of `audit_log`.

use dreamtree_types::Instant;
use sea_orm::entity::prelude::*;

/// Something that happened and is nobody's. Written once, never changed.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "audit_log")]
pub struct Model {
    /// Counts the entries, from 1.
    #[sea_orm(primary_key, auto_increment = false)]
    pub sequence: i32,
    /// `checkpoint`, `account_deleted` or `visitor_swept`.
    #[sea_orm(column_type = "Text")]
    pub kind: String,
    /// Of a checkpoint: how many chains it covers.
    pub chains: Option<i32>,
    /// Of a checkpoint: the digest of all heads. Of an account that is gone: the hash of the head that the
    /// newest checkpoint covered, if it had one. In hex.
    #[sea_orm(column_type = "Text", nullable)]
    pub digest: Option<String>,
    /// When.
    pub occurred_at: Instant,
    /// SHA-256 over the hash before and this row, in hex.
    #[sea_orm(column_type = "Text")]
    pub hash: String,
}

/// None: queries name what they join.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
