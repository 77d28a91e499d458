//! Failures told anew; the texts are sealed.

use dreamtree_types::{Instant, UserId};
use sea_orm::entity::prelude::*;

use crate::ids::{InstanceId, ReframeId};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "user_failure_reframes")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub user_id: UserId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ReframeId,
    pub instance_id: Option<InstanceId>,
    #[sea_orm(column_type = "Text", nullable)]
    pub situation: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub initial_feelings: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub what_learned: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub what_would_change: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub silver_lining: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub next_step: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub reframed_statement: Option<String>,
    pub key_generation: Option<i32>,
    pub revision: i32,
    pub created_at: Instant,
    pub updated_at: Instant,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
