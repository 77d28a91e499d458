//! Rows of `auth`.

use dreamtree_types::{Instant, UserId};
use sea_orm::entity::prelude::*;

/// How a person proves who they are.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "auth")]
pub struct Model {
    /// Whose row this is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub user_id: UserId,
    /// The row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// `password`.
    pub r#type: String,
    /// The password record: parameters, salt, verifier.
    #[sea_orm(column_type = "Text", nullable)]
    pub password_hash: Option<String>,
    /// Unused: wrapped keys live in `user_keys`, one row per way to open them.
    #[sea_orm(column_type = "Text", nullable)]
    pub wrapped_data_key: Option<String>,
    /// When the row was made.
    pub created_at: Instant,
    /// When the row last changed.
    pub updated_at: Instant,
}

/// None: queries name what they join.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
