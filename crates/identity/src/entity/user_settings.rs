//! Rows of `user_settings`.

use dreamtree_types::{Instant, UserId};
use sea_orm::entity::prelude::*;

/// How a person likes things.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "user_settings")]
pub struct Model {
    /// Whose row this is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub user_id: UserId,
    /// The page.
    #[sea_orm(column_type = "Text")]
    pub background_color: String,
    /// The ink.
    #[sea_orm(column_type = "Text")]
    pub text_color: String,
    /// The typeface.
    #[sea_orm(column_type = "Text")]
    pub font: String,
    /// How large text is.
    #[sea_orm(column_type = "Text")]
    pub text_size: String,
    /// Whether there is less motion; null for what the device asks for.
    pub reduced_motion: Option<bool>,
    /// What the person wants to be called.
    #[sea_orm(column_type = "Text", nullable)]
    pub display_name: Option<String>,
    /// IANA name of the time zone.
    #[sea_orm(column_type = "Text")]
    pub time_zone: String,
    /// BCP 47 tag.
    #[sea_orm(column_type = "Text")]
    pub language: String,
    /// One of the sixteen codes.
    #[sea_orm(column_type = "Text", nullable)]
    pub personality_type: Option<String>,
    /// Counts the changes, from 1.
    pub revision: i32,
    /// When the row was made.
    pub created_at: Instant,
    /// When the row last changed.
    pub updated_at: Instant,
}

/// None: queries name what they join.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
