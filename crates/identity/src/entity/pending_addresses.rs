//! Rows of `pending_addresses`.

use dreamtree_types::{Instant, UserId};
use sea_orm::entity::prelude::*;

/// Who claimed an address last and has not confirmed it.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "pending_addresses")]
pub struct Model {
    /// The blind index of the address, hexadecimal.
    #[sea_orm(primary_key, auto_increment = false, column_type = "Text")]
    pub email_hash: String,
    /// The person.
    pub user_id: UserId,
    /// When they claimed it.
    pub claimed_at: Instant,
}

/// None: queries name what they join.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
