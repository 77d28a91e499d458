//! Rows of `user_shares`.

use dreamtree_assessments::AttemptId;
use dreamtree_types::{Instant, UserId};
use sea_orm::entity::prelude::*;
use time::Date;

use crate::ShareId;

/// A secret address under which others see a picture of a person's results.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "user_shares")]
pub struct Model {
    /// Whose row this is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub user_id: UserId,
    /// The address.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ShareId,
    /// SHA-256 over what the token yields; the token itself is kept nowhere.
    #[sea_orm(column_type = "Text")]
    pub token_hash: String,
    /// What it shows.
    #[sea_orm(column_type = "Text")]
    pub kind: String,
    /// The attempt that it shows, for what shows one.
    pub attempt_id: Option<AttemptId>,
    /// When it stops to show anything.
    pub expires_at: Instant,
    /// The day on which it was last looked at, in UTC.
    pub opened_on: Option<Date>,
    /// When it was made.
    pub created_at: Instant,
}

/// None: queries name what they join.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
