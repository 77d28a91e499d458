//! What a user can do: a listed or an own skill, rated and perhaps among the top ten.

use dreamtree_content::SkillId;
use dreamtree_types::{Instant, UserId};
use sea_orm::entity::prelude::*;

use crate::ids::{CustomSkillId, UserSkillId};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "user_skills")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub user_id: UserId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: UserSkillId,
    pub skill_id: Option<SkillId>,
    pub custom_skill_id: Option<CustomSkillId>,
    #[sea_orm(column_type = "Text", nullable)]
    pub category: Option<String>,
    pub mastery: Option<i32>,
    #[sea_orm(column_type = "Text", nullable)]
    pub evidence: Option<String>,
    pub rank: Option<i32>,
    pub revision: i32,
    pub created_at: Instant,
    pub updated_at: Instant,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
