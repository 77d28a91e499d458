//! Energy and focus of an activity on a day.

use dreamtree_types::{Instant, UserId};
use sea_orm::entity::prelude::*;
use time::Date;

use crate::ids::{FlowLogId, InstanceId};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "user_flow_logs")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub user_id: UserId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: FlowLogId,
    pub instance_id: Option<InstanceId>,
    #[sea_orm(column_type = "Text")]
    pub activity: String,
    pub energy: i32,
    pub focus: i32,
    pub logged_date: Date,
    #[sea_orm(column_type = "Text", nullable)]
    pub notes: Option<String>,
    pub revision: i32,
    pub created_at: Instant,
    pub updated_at: Instant,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
