//! Rows of `partner_tokens`.

use dreamtree_types::{GrantId, Instant, PartnerId};
use sea_orm::entity::prelude::*;
use uuid::Uuid;

/// A token of a partner.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "partner_tokens")]
pub struct Model {
    /// Whose it is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub partner_id: PartnerId,
    /// What it is found by.
    #[sea_orm(primary_key, auto_increment = false, column_type = "Text")]
    pub token_hash: String,
    /// `access` or `refresh`.
    #[sea_orm(column_type = "Text")]
    pub kind: String,
    /// All that came of one code.
    pub family: Uuid,
    /// The consent that it stands on; null for the partner's own.
    pub grant_id: Option<GrantId>,
    /// What it may read, divided by blanks.
    #[sea_orm(column_type = "Text")]
    pub scopes: String,
    /// When a refresh token was used.
    pub used_at: Option<Instant>,
    /// When it was made.
    pub created_at: Instant,
    /// When it ends.
    pub expires_at: Instant,
}

/// None: queries name what they join.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
