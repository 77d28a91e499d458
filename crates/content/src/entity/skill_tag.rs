//! Rows of `skill_tags`.

use sea_orm::entity::prelude::*;
use serde::Serialize;
use uuid::Uuid;

/// What a question tests, seen more closely.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "skill_tags")]
pub struct Model {
    /// Derived from the author's key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The author's key.
    pub key: String,
    /// As people see it.
    pub name: String,
    /// A word of `Framework`.
    pub framework: String,
    /// 1 to 3.
    pub level: i32,
    /// A JSON array of ids.
    pub competencies: String,
    /// The place in the file, from 1.
    pub sort_order: i32,
    /// False once the row is retired.
    pub is_active: bool,
}

/// No table is reached through this one.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
