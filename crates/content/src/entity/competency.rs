//! Rows of `competencies`.

use sea_orm::entity::prelude::*;
use serde::Serialize;
use uuid::Uuid;

/// What people rate themselves in.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "competencies")]
pub struct Model {
    /// Derived from the author's key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// As readers see it.
    pub name: String,
    /// One paragraph.
    pub definition: String,
    /// A word of `CompetencyCategory`.
    pub category: String,
    /// The order within the category.
    pub sort_order: i32,
    /// A JSON array of module ids.
    pub relevant_modules: Option<String>,
    /// False once the row is retired.
    pub is_active: bool,
}

/// No table is reached through this one.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
