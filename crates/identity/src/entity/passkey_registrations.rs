//! Rows of `passkey_registrations`.

use dreamtree_types::{Instant, UserId};
use sea_orm::entity::prelude::*;

/// The registration that a person has begun last.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "passkey_registrations")]
pub struct Model {
    /// Whose row this is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub user_id: UserId,
    /// The challenge and what goes with it, as `webauthn-rs` writes a `PasskeyRegistration` in JSON.
    #[sea_orm(column_type = "Text")]
    pub state: String,
    /// Until when it can be finished.
    pub expires_at: Instant,
}

/// None: queries name what they join.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
