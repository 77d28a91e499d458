//! Rows of `outbox`.

use dreamtree_types::Instant;
use sea_orm::entity::prelude::*;

/// Mail that waits to be sent.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "outbox")]
pub struct Model {
    /// The mail; its Message-ID is made of it.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// What it is about, such as `reset_password`.
    #[sea_orm(column_type = "Text")]
    pub kind: String,
    /// Addressee and letter, sealed under the server key; null once it was given up.
    #[sea_orm(column_type = "Text", nullable)]
    pub letter: Option<String>,
    /// How often it was tried.
    pub attempts: i32,
    /// When it is tried next.
    pub next_attempt_at: Instant,
    /// When it was written.
    pub created_at: Instant,
    /// When it was given up.
    pub failed_at: Option<Instant>,
}

/// None: queries name what they join.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
