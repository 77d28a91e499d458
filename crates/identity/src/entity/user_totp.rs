//! Rows of `user_totp`.

use dreamtree_types::{Instant, UserId};
use sea_orm::entity::prelude::*;

/// What a person's phone and the server make codes of.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "user_totp")]
pub struct Model {
    /// Whose row this is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub user_id: UserId,
    /// The secret, sealed under a key of the server.
    #[sea_orm(column_type = "Text", nullable)]
    pub secret: Option<String>,
    /// The last 30-second step whose code was taken; 0 before the first.
    pub last_step: i64,
    /// When a code has proved that the phone has the secret.
    pub confirmed_at: Option<Instant>,
    /// The secret that is to take its place, sealed alike.
    #[sea_orm(column_type = "Text", nullable)]
    pub pending_secret: Option<String>,
    /// When that one was made.
    pub pending_at: Option<Instant>,
}

/// None: queries name what they join.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
