//! Rows of `personality_types`.

use sea_orm::entity::prelude::*;
use serde::Serialize;

/// The sixteen types.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "personality_types")]
pub struct Model {
    /// Four letters.
    #[sea_orm(primary_key, auto_increment = false)]
    pub code: String,
    /// A name for it.
    pub name: String,
    /// What it may mean for work.
    pub summary: String,
    /// False once the row is retired.
    pub is_active: bool,
}

/// No table is reached through this one.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
