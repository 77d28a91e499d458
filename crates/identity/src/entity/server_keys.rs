//! Rows of `server_keys`.

use dreamtree_types::Instant;
use sea_orm::entity::prelude::*;

/// A generation of the servers' own keys that was in use; the newest one is.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "server_keys")]
pub struct Model {
    /// From 1.
    #[sea_orm(primary_key, auto_increment = false)]
    pub generation: i32,
    /// Tells the keys from others, hexadecimal.
    #[sea_orm(column_type = "Text")]
    pub fingerprint: String,
    /// When they were taken into use.
    pub in_use_since: Instant,
}

/// None: queries name what they join.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
