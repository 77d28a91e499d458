//! Rows of `tag_actions`.

use sea_orm::entity::prelude::*;
use serde::Serialize;
use uuid::Uuid;

/// What can be done about a tag.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "tag_actions")]
pub struct Model {
    /// Derived from the tag.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The tag.
    pub skill_tag_id: Uuid,
    /// One thing to do.
    pub action_text: String,
    /// False once the row is retired.
    pub is_active: bool,
}

/// No table is reached through this one.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
