//! Rows of `prompts`.

use sea_orm::entity::prelude::*;
use serde::Serialize;

/// Questions.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "prompts")]
pub struct Model {
    /// The stable id of the authors' files.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i32,
    /// Markdown.
    pub prompt_text: String,
    /// A word of `InputKind`.
    pub input_type: String,
    /// JSON by `input_type`.
    pub input_config: Option<String>,
    /// The answer is sealed.
    pub is_private: bool,
    /// Grows when the author says so.
    pub version: i32,
    /// False once the row is retired.
    pub is_active: bool,
}

/// No table is reached through this one.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
