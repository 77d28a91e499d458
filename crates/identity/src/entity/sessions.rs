//! Rows of `sessions`.

use dreamtree_types::{Instant, SessionId, UserId};
use sea_orm::entity::prelude::*;

/// One device of a person.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "sessions")]
pub struct Model {
    /// Whose row this is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub user_id: UserId,
    /// The session.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: SessionId,
    /// SHA-256 over what the token yields; the token itself is kept nowhere.
    #[sea_orm(column_type = "Text")]
    pub token_hash: String,
    /// The kind of device in a few words of a short list, such as "Firefox on Linux".
    #[sea_orm(column_type = "Text", nullable)]
    pub device: Option<String>,
    /// When the person last proved in it who they are; null for a visitor, who cannot.
    pub authenticated_at: Option<Instant>,
    /// When it began.
    pub created_at: Instant,
    /// When it was last used, give or take five minutes.
    pub last_seen_at: Instant,
    /// When it ends at the latest.
    pub expires_at: Instant,
}

/// None: queries name what they join.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
