//! The skills that an experience took: listed or own ones.

use dreamtree_content::SkillId;
use dreamtree_types::{Instant, UserId};
use sea_orm::entity::prelude::*;

use crate::ids::{CustomSkillId, ExperienceId};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "user_experience_skills")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub user_id: UserId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub experience_id: ExperienceId,
    pub skill_id: Option<SkillId>,
    pub custom_skill_id: Option<CustomSkillId>,
    pub created_at: Instant,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
