//! Rows of `competency_leverage_strengths`.

use sea_orm::entity::prelude::*;
use serde::Serialize;
use uuid::Uuid;

/// What can be made of a strength.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "competency_leverage_strengths")]
pub struct Model {
    /// Derived from the competency and where the range begins.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The competency.
    pub competency_id: Uuid,
    /// In percent; included.
    pub score_range_min: i32,
    /// In percent; not included.
    pub score_range_max: Option<i32>,
    /// What can be made of it.
    pub leverage_text: String,
    /// False once the row is retired.
    pub is_active: bool,
}

/// No table is reached through this one.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
