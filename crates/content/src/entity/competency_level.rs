//! Rows of `competency_levels`.

use sea_orm::entity::prelude::*;
use serde::Serialize;
use uuid::Uuid;

/// Five levels of each competency.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "competency_levels")]
pub struct Model {
    /// Derived from the author's key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The competency.
    pub competency_id: Uuid,
    /// 1 to 5.
    pub level: i32,
    /// How somebody at this level works.
    pub description: String,
    /// For authors.
    pub job_context: Option<String>,
    /// False once the row is retired.
    pub is_active: bool,
}

/// No table is reached through this one.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
