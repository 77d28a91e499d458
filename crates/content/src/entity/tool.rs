//! Rows of `tools`.

use sea_orm::entity::prelude::*;
use serde::Serialize;

/// Tools that modules place.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "tools")]
pub struct Model {
    /// The stable id of the authors' files.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i32,
    /// Stable; modules place a tool by it.
    pub name: String,
    /// A word of `ToolKind`.
    pub kind: String,
    /// What a tool that is defined as data captures; JSON.
    pub config: Option<String>,
    /// As readers see it.
    pub title: String,
    /// One sentence.
    pub description: Option<String>,
    /// What a person does with it.
    pub instructions: Option<String>,
    /// The name of an icon.
    pub icon_name: Option<String>,
    /// Comes back in the Daily Dos.
    pub has_reminder: bool,
    /// A word of `Frequency`.
    pub reminder_frequency: Option<String>,
    /// In which words it reminds.
    pub reminder_prompt: Option<String>,
    /// An exercise such as `1.2.1`.
    pub unlocks_at_exercise: Option<String>,
    /// Grows when the author says so.
    pub version: i32,
    /// False once the row is retired.
    pub is_active: bool,
}

/// No table is reached through this one.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
