//! Rows of `audit_events`.

use dreamtree_types::{Instant, SessionId, UserId};
use sea_orm::entity::prelude::*;

/// Something that happened to an account. Written once, never changed; it goes with the account.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "audit_events")]
pub struct Model {
    /// Whose account it is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub user_id: UserId,
    /// Counts the person's events, from 1.
    #[sea_orm(primary_key, auto_increment = false)]
    pub sequence: i32,
    /// What happened; one of the codes of [`crate::Event`].
    #[sea_orm(column_type = "Text")]
    pub event: String,
    /// Who did it; one of the codes of [`crate::By`].
    #[sea_orm(column_type = "Text")]
    pub actor: String,
    /// The device that it was done from.
    pub session_id: Option<SessionId>,
    /// What it was done to, such as a version of the terms.
    #[sea_orm(column_type = "Text", nullable)]
    pub detail: Option<String>,
    /// The number of the newest checkpoint at the time; 0 before the first.
    pub checkpoint: i32,
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
