//! Rows of `assessment_questions`.

use sea_orm::entity::prelude::*;
use serde::Serialize;
use uuid::Uuid;

/// A question, whatever its wording.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "assessment_questions")]
pub struct Model {
    /// Derived from the author's key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The assessment.
    pub assessment_id: Uuid,
    /// The author's key.
    pub key: String,
    /// The place in its assessment, from 1.
    pub question_order: i32,
    /// False once the question is retired.
    pub is_active: bool,
}

/// No table is reached through this one.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
