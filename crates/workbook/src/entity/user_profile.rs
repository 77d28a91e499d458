//! What the workbook leads to; texts are sealed, ratings are not.

use dreamtree_types::{Instant, UserId};
use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "user_profile")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub user_id: UserId,
    #[sea_orm(column_type = "Text", nullable)]
    pub headline: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub summary: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub identity_story: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub allegory: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub value_proposition: Option<String>,
    pub life_dashboard_work: Option<i32>,
    pub life_dashboard_play: Option<i32>,
    pub life_dashboard_love: Option<i32>,
    pub life_dashboard_health: Option<i32>,
    #[sea_orm(column_type = "Text", nullable)]
    pub life_dashboard_notes: Option<String>,
    pub key_generation: Option<i32>,
    pub revision: i32,
    pub created_at: Instant,
    pub updated_at: Instant,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
