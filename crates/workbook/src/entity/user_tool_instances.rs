//! One use of a tool: at a placement, or on its own where `stem_id` is null.

use dreamtree_types::{Instant, UserId};
use sea_orm::entity::prelude::*;

use crate::ids::InstanceId;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "user_tool_instances")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub user_id: UserId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: InstanceId,
    pub tool_id: i32,
    pub stem_id: Option<i32>,
    #[sea_orm(column_type = "Text", nullable)]
    pub title: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub summary: Option<String>,
    pub is_sealed: bool,
    #[sea_orm(column_type = "Text", nullable)]
    pub content_hash: Option<String>,
    pub key_generation: Option<i32>,
    pub revision: i32,
    pub created_at: Instant,
    pub updated_at: Instant,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
