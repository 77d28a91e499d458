//! The answer at one placement; sealed where the prompt is private.

use dreamtree_types::{Instant, UserId};
use sea_orm::entity::prelude::*;

use crate::ids::ResponseId;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "user_responses")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub user_id: UserId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ResponseId,
    pub prompt_id: i32,
    pub stem_id: i32,
    #[sea_orm(column_type = "Text", nullable)]
    pub exercise_id: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub activity_id: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub response_text: Option<String>,
    pub is_sealed: bool,
    pub key_generation: Option<i32>,
    pub revision: i32,
    pub created_at: Instant,
    pub updated_at: Instant,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
