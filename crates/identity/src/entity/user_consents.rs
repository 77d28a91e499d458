//! Rows of `user_consents`.

use dreamtree_types::{Instant, UserId};
use sea_orm::entity::prelude::*;

/// What a person has said to a kind of consent: yes, or that they take it back.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "user_consents")]
pub struct Model {
    /// The person.
    #[sea_orm(primary_key, auto_increment = false)]
    pub user_id: UserId,
    /// What it is about.
    #[sea_orm(primary_key, auto_increment = false, column_type = "Text")]
    pub kind: String,
    /// Counts what the person has said to this kind, from 1.
    #[sea_orm(primary_key, auto_increment = false)]
    pub number: i32,
    /// The version of the text.
    pub version: i32,
    /// True for yes.
    pub is_given: bool,
    /// When they said it.
    pub said_at: Instant,
}

/// None: queries name what they join.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
