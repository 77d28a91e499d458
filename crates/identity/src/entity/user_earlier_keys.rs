//! Rows of `user_earlier_keys`.

use dreamtree_types::{Instant, UserId};
use sea_orm::entity::prelude::*;

/// The data key of an earlier generation, sealed under that of a later one.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "user_earlier_keys")]
pub struct Model {
    /// Whose row this is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub user_id: UserId,
    /// Which of the person's data keys it is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub generation: i32,
    /// Which of them opens it.
    pub opened_by: i32,
    /// The sealed key.
    #[sea_orm(column_type = "Text")]
    pub wrapped_key: String,
    /// When it was unlocked.
    pub created_at: Instant,
}

/// None: queries name what they join.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
