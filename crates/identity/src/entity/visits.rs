//! Rows of `visits`.

use dreamtree_types::UserId;
use sea_orm::entity::prelude::*;
use time::Date;

/// Somebody who has not claimed their work.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "visits")]
pub struct Model {
    /// The visitor.
    #[sea_orm(primary_key, auto_increment = false)]
    pub user_id: UserId,
    /// The day on which to look whether they ever came back; in UTC.
    pub look_on: Date,
}

/// None: queries name what they join.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
