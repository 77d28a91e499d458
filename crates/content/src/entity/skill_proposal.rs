//! Rows of `skill_proposals`.

use sea_orm::entity::prelude::*;
use time::{Date, OffsetDateTime};
use uuid::Uuid;

/// A name that somebody gave a skill of their own, and what became of it.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "skill_proposals")]
pub struct Model {
    /// Follows from name and category.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// As it was first written.
    pub name: String,
    /// In lower case, with single blanks.
    pub folded_name: String,
    /// A word of `SkillCategory`.
    pub category: Option<String>,
    /// `pending`, `approved` or `rejected`.
    pub status: String,
    /// The day on which it was first written; no time, which could be compared with somebody's rows.
    pub proposed_on: Date,
    /// When an operator decided.
    pub decided_at: Option<OffsetDateTime>,
    /// The listed skill that the name stands for.
    pub skill_id: Option<Uuid>,
    /// Why it was decided so.
    pub note: Option<String>,
}

/// No table is reached through this one.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
