//! Statements of what matters, at work and beyond.

use dreamtree_types::{Instant, UserId};
use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "user_values")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub user_id: UserId,
    #[sea_orm(column_type = "Text", nullable)]
    pub work_values: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub life_values: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub compass_statement: Option<String>,
    pub revision: i32,
    pub created_at: Instant,
    pub updated_at: Instant,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
