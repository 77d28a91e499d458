//! Rows of `data_objects`.

use sea_orm::entity::prelude::*;
use serde::Serialize;

/// What the workbook keeps for its readers, described for authors.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "data_objects")]
pub struct Model {
    /// The stable id of the authors' files.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i32,
    /// What it is called.
    pub name: String,
    /// The exercise that makes it.
    pub created_in: String,
    /// The exercises that use it.
    pub reused_in: Option<String>,
    /// Its shape.
    pub data_type: String,
    /// The author's words on it.
    pub implementation_notes: Option<String>,
    /// False once the row is retired.
    pub is_active: bool,
}

/// No table is reached through this one.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
