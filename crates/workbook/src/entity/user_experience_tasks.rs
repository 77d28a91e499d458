//! What experiences consisted of, with the skills that it took.

use dreamtree_content::SkillId;
use dreamtree_types::{Instant, UserId};
use sea_orm::entity::prelude::*;

use crate::ids::{CustomSkillId, ExperienceId, TaskId};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "user_experience_tasks")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub user_id: UserId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: TaskId,
    pub experience_id: ExperienceId,
    #[sea_orm(column_type = "Text")]
    pub text: String,
    pub position: i32,
    pub skill_id: Option<SkillId>,
    pub custom_skill_id: Option<CustomSkillId>,
    #[sea_orm(column_type = "Text")]
    pub match_kind: String,
    /// In thousandths.
    pub score: Option<i32>,
    pub created_at: Instant,
    pub updated_at: Instant,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
