//! Rows of `audit_heads`.

use dreamtree_types::UserId;
use sea_orm::entity::prelude::*;

/// How far a person's events go.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "audit_heads")]
pub struct Model {
    /// The person.
    #[sea_orm(primary_key, auto_increment = false)]
    pub user_id: UserId,
    /// The number of the newest event.
    pub sequence: i32,
    /// Its hash.
    #[sea_orm(column_type = "Text")]
    pub hash: String,
}

/// None: queries name what they join.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
