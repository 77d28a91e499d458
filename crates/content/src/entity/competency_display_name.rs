//! Rows of `competency_display_names`.

use sea_orm::entity::prelude::*;
use serde::Serialize;
use uuid::Uuid;

/// What an assessment is about.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "competency_display_names")]
pub struct Model {
    /// Derived from the framework and the author's key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The assessment.
    pub assessment_id: Uuid,
    /// The author's key.
    pub competency_key: String,
    /// A word of `Framework`.
    pub framework: String,
    /// As people see it.
    pub display_name: String,
    /// One paragraph.
    pub definition: String,
    /// The place in its assessment, from 1.
    pub sort_order: i32,
    /// False once the row is retired.
    pub is_active: bool,
}

/// No table is reached through this one.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
