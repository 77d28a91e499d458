//! Filled-in forms of one use of a tool, in their order.

use dreamtree_types::{Instant, UserId};
use sea_orm::entity::prelude::*;

use crate::ids::{InstanceId, RecordId};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "user_records")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub user_id: UserId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: RecordId,
    pub instance_id: InstanceId,
    pub position: i32,
    #[sea_orm(column_type = "Text")]
    pub data: String,
    #[sea_orm(column_type = "Text", nullable)]
    pub sealed: Option<String>,
    pub key_generation: Option<i32>,
    pub revision: i32,
    pub created_at: Instant,
    pub updated_at: Instant,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
