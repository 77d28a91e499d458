//! Rows of `scheduled_jobs`.

use dreamtree_types::Instant;
use sea_orm::entity::prelude::*;

/// What is to be done again and again by one server at a time.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "scheduled_jobs")]
pub struct Model {
    /// What is done.
    #[sea_orm(primary_key, auto_increment = false, column_type = "Text")]
    pub name: String,
    /// When it is to be begun next.
    pub due_at: Instant,
    /// Which server is at it.
    pub holder: Option<Uuid>,
    /// Until when nobody else begins it.
    pub held_until: Option<Instant>,
    /// How often it was begun.
    pub runs: i32,
    /// When it was last done as a whole.
    pub finished_at: Option<Instant>,
}

/// None: queries name what they join.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
