//! Rows of `user_backup_codes`.

use dreamtree_types::{Instant, UserId};
use sea_orm::entity::prelude::*;

/// A code that stands for the second factor once.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "user_backup_codes")]
pub struct Model {
    /// Whose row this is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub user_id: UserId,
    /// The row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// A keyed hash of the code; the code itself is kept nowhere.
    #[sea_orm(column_type = "Text")]
    pub code_hash: String,
    /// When it was used.
    pub used_at: Option<Instant>,
    /// When the row was made.
    pub created_at: Instant,
}

/// None: queries name what they join.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
