//! Rows of `assessments`.

use sea_orm::entity::prelude::*;
use serde::Serialize;
use uuid::Uuid;

/// Something that can be taken.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "assessments")]
pub struct Model {
    /// Derived from the author's key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The author's key.
    pub key: String,
    /// A word of `Kind`.
    pub kind: String,
    /// A word of `Framework`.
    pub framework: String,
    /// 1 to 3.
    pub level: i32,
    /// As people see it.
    pub title: String,
    /// One paragraph.
    pub description: String,
    /// A word of `Difficulty`.
    pub difficulty: String,
    /// How long it takes, about.
    pub minutes: i32,
    /// The one to take after it.
    pub next_id: Option<Uuid>,
    /// The one to pass before it.
    pub requires_id: Option<Uuid>,
    /// False once the row is retired.
    pub is_active: bool,
}

/// No table is reached through this one.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
