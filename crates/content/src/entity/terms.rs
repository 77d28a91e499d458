//! Rows of `terms`.

use sea_orm::entity::prelude::*;
use serde::Serialize;
use time::Date;

/// The terms that people accept.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "terms")]
pub struct Model {
    /// From 1; a text that was published keeps its number.
    #[sea_orm(primary_key, auto_increment = false)]
    pub version: i32,
    /// Markdown.
    #[sea_orm(column_type = "Text")]
    pub text: String,
    /// The day from which they count.
    pub effective_on: Date,
    /// False once another version took its place.
    pub is_active: bool,
}

/// No table is reached through this one.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
