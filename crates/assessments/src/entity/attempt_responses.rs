//! Rows of `attempt_responses`.

use dreamtree_content::coaching::VersionId;
use dreamtree_types::{Instant, UserId};
use sea_orm::entity::prelude::*;

use crate::AttemptId;

/// A question of an attempt, and what was answered.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "attempt_responses")]
pub struct Model {
    /// Whose row this is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub user_id: UserId,
    /// The attempt.
    #[sea_orm(primary_key, auto_increment = false)]
    pub attempt_id: AttemptId,
    /// The place in the attempt, from 1.
    #[sea_orm(primary_key, auto_increment = false)]
    pub position: i32,
    /// The question as it was when the attempt began.
    pub version_id: VersionId,
    /// The key of the chosen option.
    pub selected_answer: Option<String>,
    /// Seconds.
    pub response_time: Option<i32>,
    /// When it was chosen.
    pub answered_at: Option<Instant>,
    /// Whether it was the best; written with the result.
    pub is_correct: Option<bool>,
}

/// None: queries name what they join.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
