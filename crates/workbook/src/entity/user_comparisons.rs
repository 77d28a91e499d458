//! Which of two won where a placement ranks by comparing, in the order of the choosing.

use dreamtree_types::{Instant, UserId};
use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "user_comparisons")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub user_id: UserId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub stem_id: i32,
    #[sea_orm(primary_key, auto_increment = false)]
    pub position: i32,
    pub winner_id: Uuid,
    pub loser_id: Uuid,
    pub created_at: Instant,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
