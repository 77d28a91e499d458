//! What a connection brought when its target was answered; sealed where any of it is.

use dreamtree_types::{Instant, UserId};
use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "user_snapshots")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub user_id: UserId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub stem_id: i32,
    pub connection_id: i32,
    #[sea_orm(column_type = "Text")]
    pub data: String,
    pub is_sealed: bool,
    pub key_generation: Option<i32>,
    pub revision: i32,
    pub created_at: Instant,
    pub updated_at: Instant,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
