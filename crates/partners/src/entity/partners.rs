//! Rows of `partners`.

use dreamtree_types::{Instant, PartnerId};
use sea_orm::entity::prelude::*;

/// A partner as an operator has registered it.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "partners")]
pub struct Model {
    /// The partner.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: PartnerId,
    /// As people read it on the consent page.
    #[sea_orm(column_type = "Text")]
    pub name: String,
    /// What its secret is found by; null for a program that cannot keep one.
    #[sea_orm(column_type = "Text", nullable)]
    pub secret_hash: Option<String>,
    /// Where people are sent back to, divided by blanks.
    #[sea_orm(column_type = "Text")]
    pub redirect_uris: String,
    /// What it may ask for, divided by blanks.
    #[sea_orm(column_type = "Text")]
    pub scopes: String,
    /// When it was registered.
    pub created_at: Instant,
    /// Since when it may do nothing any more.
    pub closed_at: Option<Instant>,
}

/// None: queries name what they join.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
