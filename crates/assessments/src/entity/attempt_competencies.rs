//! Rows of `attempt_competencies`.

use dreamtree_content::coaching::{CompetencyId, TierId};
use dreamtree_types::{Instant, UserId};
use sea_orm::entity::prelude::*;

use crate::AttemptId;

/// What an attempt reached in a competency.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "attempt_competencies")]
pub struct Model {
    /// Whose row this is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub user_id: UserId,
    /// The attempt.
    #[sea_orm(primary_key, auto_increment = false)]
    pub attempt_id: AttemptId,
    /// The competency.
    #[sea_orm(primary_key, auto_increment = false)]
    pub competency_id: CompetencyId,
    /// The weights of the questions that were answered well.
    pub earned: i32,
    /// The weights of all.
    pub possible: i32,
    /// The tier that was reached.
    pub tier_id: TierId,
    /// When the attempt was completed.
    pub completed_at: Instant,
}

/// None: queries name what they join.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
