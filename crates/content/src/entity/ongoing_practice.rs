//! Rows of `ongoing_practices`.

use sea_orm::entity::prelude::*;
use serde::Serialize;

/// What a reader keeps doing.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "ongoing_practices")]
pub struct Model {
    /// The stable id of the authors' files.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i32,
    /// As readers see it.
    pub name: String,
    /// The exercise that taught it.
    pub established_in: String,
    /// Where it is used.
    pub used_by: Option<String>,
    /// How often.
    pub frequency: String,
    /// What it is good for.
    pub purpose: Option<String>,
    /// False once the row is retired.
    pub is_active: bool,
}

/// No table is reached through this one.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
