//! Rows of `servers`.

use dreamtree_types::Instant;
use sea_orm::entity::prelude::*;

/// A server that runs, or was killed a while ago.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "servers")]
pub struct Model {
    /// The process.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The newest generation of keys that it knows.
    pub newest_keys: i32,
    /// The generation that it writes with.
    pub keys_in_use: i32,
    /// When it last said so.
    pub seen_at: Instant,
}

/// None: queries name what they join.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
