//! Rows of `connections`.

use sea_orm::entity::prelude::*;
use serde::Serialize;

/// Links from an earlier placement to a later one.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "connections")]
pub struct Model {
    /// The stable id of the authors' files.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i32,
    /// The placement that the data comes from.
    pub source_block_id: Option<i32>,
    /// The placement that it goes to.
    pub target_block_id: Option<i32>,
    /// Where the source stands, for people.
    pub source_location: Option<String>,
    /// Where the target stands, for people.
    pub target_location: Option<String>,
    /// A word of `ConnectionKind`.
    pub connection_type: String,
    /// A word of `DataKind`; any text where `usage` is null.
    pub data_object: Option<String>,
    /// The tool that makes the data.
    pub source_tool_id: Option<i32>,
    /// What happens to the data, for people.
    pub transform: Option<String>,
    /// A word of `Usage`; null for a link that only documents.
    pub usage: Option<String>,
    /// A word of `OnChange`; null for `update`.
    pub on_change: Option<String>,
    /// JSON of `Filter`.
    pub filter: Option<String>,
    /// The author's words on it.
    pub implementation_notes: Option<String>,
    /// False once the row is retired.
    pub is_active: bool,
}

/// No table is reached through this one.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
