//! Places to live, ranked; all texts are sealed.

use dreamtree_types::{Instant, UserId};
use sea_orm::entity::prelude::*;

use crate::ids::LocationId;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "user_locations")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub user_id: UserId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: LocationId,
    #[sea_orm(column_type = "Text")]
    pub name: String,
    pub rank: Option<i32>,
    #[sea_orm(column_type = "Text", nullable)]
    pub traits_liked: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub traits_disliked: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub notes: Option<String>,
    pub key_generation: Option<i32>,
    pub revision: i32,
    pub created_at: Instant,
    pub updated_at: Instant,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
