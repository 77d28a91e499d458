//! Rows of `content_blocks`.

use sea_orm::entity::prelude::*;
use serde::Serialize;

/// Markdown that is read, not answered.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "content_blocks")]
pub struct Model {
    /// The stable id of the authors' files.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i32,
    /// A word of `ContentKind`.
    pub content_type: String,
    /// Markdown.
    pub content: String,
    /// Grows when the author says so.
    pub version: i32,
    /// False once the row is retired.
    pub is_active: bool,
}

/// No table is reached through this one.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
