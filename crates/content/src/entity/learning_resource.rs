//! Rows of `learning_resources`.

use sea_orm::entity::prelude::*;
use serde::Serialize;
use uuid::Uuid;

/// Something to learn from.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "learning_resources")]
pub struct Model {
    /// Derived from the author's key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The author's key.
    pub key: String,
    /// A word of `ResourceType`.
    pub resource_type: String,
    /// A JSON array of ids.
    pub categories: String,
    /// As people see it.
    pub title: String,
    /// What it is good for.
    pub description: String,
    /// Who wrote or leads it.
    pub author: Option<String>,
    /// Of the first edition.
    pub year: Option<i32>,
    /// Of a book.
    pub publisher: Option<String>,
    /// Of an article, with volume and number.
    pub journal: Option<String>,
    /// How long it takes.
    pub minutes: Option<i32>,
    /// A JSON array of texts.
    pub steps: String,
    /// Where it is found.
    pub url: Option<String>,
    /// The place in the file, from 1.
    pub sort_order: i32,
    /// False once the row is retired.
    pub is_active: bool,
}

/// No table is reached through this one.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
