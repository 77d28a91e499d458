//! Rows of `stem`.

use sea_orm::entity::prelude::*;
use serde::Serialize;

/// Placements in reading order.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "stem")]
pub struct Model {
    /// The stable id of the authors' files.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i32,
    /// 1 and up.
    pub part: i32,
    /// Within the part.
    pub module: i32,
    /// Within the module.
    pub exercise: i32,
    /// Within the exercise.
    pub activity: i32,
    /// The order of reading.
    pub sequence: i32,
    /// `content`, `prompt` or `tool`.
    pub block_type: String,
    /// A row of the table that `block_type` names.
    pub content_id: Option<i32>,
    /// What the placement builds on.
    pub connection_id: Option<i32>,
    /// Must be answered before going on.
    pub is_required: bool,
    /// JSON: instructions and settings of a tool at this place.
    pub config: Option<String>,
    /// The placements that a reader meets in the same one of their wordings.
    pub variant_group: Option<String>,
    /// JSON: an array of the wordings beside the one that stands in `content_id` or `config`.
    pub wordings: Option<String>,
    /// False once the row is retired.
    pub is_active: bool,
}

/// No table is reached through this one.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
