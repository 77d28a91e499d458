//! Rows of `assessment_question_versions`.

use sea_orm::entity::prelude::*;
use serde::Serialize;
use uuid::Uuid;

/// A wording of a question, with what is right about it.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "assessment_question_versions")]
pub struct Model {
    /// Derived from all that follows.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The question.
    pub question_id: Uuid,
    /// What it tests.
    pub competency_id: Uuid,
    /// 1 to 10.
    pub difficulty_weight: i32,
    /// What is asked.
    pub question: String,
    /// JSON: the four options with their keys.
    pub options: String,
    /// The key of the best option.
    pub correct_answer: String,
    /// Why it is the best.
    pub explanation: String,
    /// JSON: a sentence for each other option, by its key.
    pub weaker: String,
    /// A JSON array of the ids of skill tags.
    pub tags: String,
    /// True for the one that is served.
    pub is_active: bool,
}

/// No table is reached through this one.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
