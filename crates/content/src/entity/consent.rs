//! Rows of `consents`.

use sea_orm::entity::prelude::*;
use serde::Serialize;

/// A text that people may agree to.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "consents")]
pub struct Model {
    /// What it is about: the name of its file.
    #[sea_orm(primary_key, auto_increment = false, column_type = "Text")]
    pub kind: String,
    /// From 1; a text that was published keeps its number.
    #[sea_orm(primary_key, auto_increment = false)]
    pub version: i32,
    /// What it is called.
    #[sea_orm(column_type = "Text")]
    pub title: String,
    /// Markdown.
    #[sea_orm(column_type = "Text")]
    pub text: String,
    /// False once another version took its place, or none did.
    pub is_active: bool,
}

/// No table is reached through this one.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
