//! Rows of `skills`.

use sea_orm::entity::prelude::*;
use serde::Serialize;
use time::OffsetDateTime;
use uuid::Uuid;

/// The master list of skills.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "skills")]
pub struct Model {
    /// Derived from the author's key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// As readers see it.
    pub name: String,
    /// A word of `SkillCategory`.
    pub category: Option<String>,
    /// `edition` for one of the authors' files, `review` for one that an operator approved.
    #[serde(skip)]
    pub origin: String,
    /// The skill that counts in its place.
    #[serde(skip)]
    pub merged_into: Option<Uuid>,
    /// False once the row is retired.
    pub is_active: bool,
    /// When the row was first loaded; `None` until it is.
    #[serde(skip)]
    pub created_at: Option<OffsetDateTime>,
}

/// No table is reached through this one.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
