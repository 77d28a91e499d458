//! Rows of `user_competency_history`.

use dreamtree_content::CompetencyId;
use dreamtree_types::{Instant, UserId};
use sea_orm::entity::prelude::*;

use crate::HistoryId;

/// A score that a person gave themselves at some time.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "user_competency_history")]
pub struct Model {
    /// Whose row this is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub user_id: UserId,
    /// The row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: HistoryId,
    /// What was rated.
    pub competency_id: CompetencyId,
    /// 1 to 5.
    pub score: i32,
    /// When.
    pub assessed_at: Instant,
}

/// None: queries name what they join.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
