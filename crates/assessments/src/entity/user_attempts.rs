//! Rows of `user_attempts`.

use dreamtree_content::coaching::{AssessmentId, TierId};
use dreamtree_types::{Instant, UserId};
use sea_orm::entity::prelude::*;

use crate::AttemptId;

/// Somebody's attempt at an assessment.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "user_attempts")]
pub struct Model {
    /// Whose row this is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub user_id: UserId,
    /// The row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: AttemptId,
    /// What is taken.
    pub assessment_id: AssessmentId,
    /// A word of `Status`.
    pub status: String,
    /// When it began.
    pub started_at: Instant,
    /// When it can no longer be continued.
    pub expires_at: Instant,
    /// When it was completed, or given up, or seen to have expired.
    pub ended_at: Option<Instant>,
    /// The weights of the questions that were answered well.
    pub earned: Option<i32>,
    /// The weights of all.
    pub possible: Option<i32>,
    /// The tier that was reached.
    pub tier_id: Option<TierId>,
    /// Whether that was enough.
    pub is_passed: Option<bool>,
    /// Seconds, over the answers that came with a time.
    pub time_spent: Option<i32>,
}

/// None: queries name what they join.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
