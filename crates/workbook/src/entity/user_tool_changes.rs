//! What a use of a tool held, as a hash, each time that this changed.

use dreamtree_types::{Instant, UserId};
use sea_orm::entity::prelude::*;

use crate::ids::InstanceId;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "user_tool_changes")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub user_id: UserId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub instance_id: InstanceId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub slot: i32,
    pub revision: i32,
    #[sea_orm(column_type = "Text", nullable)]
    pub content_hash: Option<String>,
    pub changed_at: Instant,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
