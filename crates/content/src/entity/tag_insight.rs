//! Rows of `tag_insights`.

use sea_orm::entity::prelude::*;
use serde::Serialize;
use uuid::Uuid;

/// What is said about a tag.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "tag_insights")]
pub struct Model {
    /// Derived from the tag and the type.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The tag.
    pub skill_tag_id: Uuid,
    /// A word of `InsightType`.
    pub insight_type: String,
    /// What is said.
    pub insight_text: String,
    /// False once the row is retired.
    pub is_active: bool,
}

/// No table is reached through this one.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
