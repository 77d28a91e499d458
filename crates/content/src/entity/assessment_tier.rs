//! Rows of `assessment_tiers`.

use sea_orm::entity::prelude::*;
use serde::Serialize;
use uuid::Uuid;

/// How a score is read.
#[expect(clippy::struct_excessive_bools, reason = "a row is as its table")]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "assessment_tiers")]
pub struct Model {
    /// Derived from the author's key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The author's key.
    pub key: String,
    /// As people see it.
    pub name: String,
    /// Where it begins; included.
    pub from_percent: i32,
    /// Where it ends; not included.
    pub below_percent: Option<i32>,
    /// Whether an assessment is passed with such a score.
    pub is_passed: bool,
    /// Whether a competency with such a score is to be worked on.
    pub learning_paths: bool,
    /// Whether a competency with such a score is a strength to build on.
    pub leverage: bool,
    /// For one competency.
    pub message: String,
    /// For the whole assessment.
    pub overall: String,
    /// False once the row is retired.
    pub is_active: bool,
}

/// No table is reached through this one.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
