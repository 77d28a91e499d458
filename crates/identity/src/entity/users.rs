//! Rows of `users`.

use dreamtree_types::{Instant, UserId};
use sea_orm::entity::prelude::*;

/// A person, from the first visit on.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "users")]
pub struct Model {
    /// The person.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: UserId,
    /// True until the work is claimed.
    pub is_anonymous: bool,
    /// True once every required placement is answered.
    pub workbook_complete: bool,
    /// When the row was made.
    pub created_at: Instant,
    /// When the row last changed.
    pub updated_at: Instant,
}

/// None: queries name what they join.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
