//! Rows of `user_calendar_feeds`.

use dreamtree_types::{CalendarFeedId, Instant, UserId};
use sea_orm::entity::prelude::*;
use time::Date;

/// A secret address of a person's calendar.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "user_calendar_feeds")]
pub struct Model {
    /// Whose row this is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub user_id: UserId,
    /// The address.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: CalendarFeedId,
    /// SHA-256 over what the token yields; the token itself is kept nowhere.
    #[sea_orm(column_type = "Text")]
    pub token_hash: String,
    /// What the person calls it.
    #[sea_orm(column_type = "Text", nullable)]
    pub label: Option<String>,
    /// The day on which it was last read, in UTC.
    pub fetched_on: Option<Date>,
    /// When it was made.
    pub created_at: Instant,
}

/// None: queries name what they join.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
