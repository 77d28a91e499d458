//! Rows of `learning_path_categories`.

use sea_orm::entity::prelude::*;
use serde::Serialize;
use uuid::Uuid;

/// A group of resources.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "learning_path_categories")]
pub struct Model {
    /// Derived from the author's key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The author's key.
    pub key: String,
    /// A word of `Framework`.
    pub framework: String,
    /// 1 to 3.
    pub level: i32,
    /// A JSON array of ids.
    pub competencies: String,
    /// A word of `ShownWhen`.
    pub shown_when: String,
    /// As people see it.
    pub title: String,
    /// One paragraph.
    pub description: String,
    /// The name of an icon.
    pub icon: String,
    /// The place in the file, from 1.
    pub sort_order: i32,
    /// False once the row is retired.
    pub is_active: bool,
}

/// No table is reached through this one.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
