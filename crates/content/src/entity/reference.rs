//! Rows of `references`.

use sea_orm::entity::prelude::*;
use serde::Serialize;
use time::OffsetDateTime;
use uuid::Uuid;

/// Books and articles.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "references")]
pub struct Model {
    /// Derived from the author's key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// By first appearance.
    pub citation_number: i32,
    /// To sort by.
    pub author_surname: String,
    /// Chicago style.
    pub full_citation: String,
    /// The short form.
    pub short_citation: String,
    /// A group for the credits.
    pub category: Option<String>,
    /// JSON.
    pub metadata: Option<String>,
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
