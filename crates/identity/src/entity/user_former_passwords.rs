//! Rows of `user_former_passwords`.

use dreamtree_types::{Instant, UserId};
use sea_orm::entity::prelude::*;

/// A password that was reset and still opens the data key of its generation.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "user_former_passwords")]
pub struct Model {
    /// Whose row this is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub user_id: UserId,
    /// Which of the person's data keys it opens.
    #[sea_orm(primary_key, auto_increment = false)]
    pub generation: i32,
    /// The password record: parameters, salt, verifier.
    #[sea_orm(column_type = "Text")]
    pub password_hash: String,
    /// When another took its place.
    pub replaced_at: Instant,
}

/// None: queries name what they join.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
