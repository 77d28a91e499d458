//! Rows of `content_sources`.

use sea_orm::entity::prelude::*;
use serde::Serialize;
use uuid::Uuid;

/// Which exercise uses which reference, and how.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "content_sources")]
pub struct Model {
    /// Derived from the author's key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Such as `1.1.2`.
    pub exercise_id: String,
    /// The reference.
    pub reference_id: Uuid,
    /// A word of `SourceUsage`.
    pub usage_type: String,
    /// In the author's words.
    pub notes: Option<String>,
    /// False once the row is retired.
    pub is_active: bool,
}

/// No table is reached through this one.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
