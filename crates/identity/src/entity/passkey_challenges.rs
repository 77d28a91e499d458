//! Rows of `passkey_challenges`.

use dreamtree_types::Instant;
use sea_orm::entity::prelude::*;

/// A challenge for somebody who has yet to say who they are.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "passkey_challenges")]
pub struct Model {
    /// The challenge, base64url.
    #[sea_orm(primary_key, auto_increment = false, column_type = "Text")]
    pub challenge: String,
    /// What goes with it, as `webauthn-rs` writes a `DiscoverableAuthentication` in JSON.
    #[sea_orm(column_type = "Text")]
    pub state: String,
    /// Until when it can be answered.
    pub expires_at: Instant,
}

/// None: queries name what they join.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
