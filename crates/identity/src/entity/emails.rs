//! Rows of `emails`.

use dreamtree_types::{Instant, UserId};
use sea_orm::entity::prelude::*;

/// An address of a person, sealed under the server key.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "emails")]
pub struct Model {
    /// Whose row this is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub user_id: UserId,
    /// The row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The sealed address.
    #[sea_orm(column_type = "Text")]
    pub email: String,
    /// Its blind index, hexadecimal.
    #[sea_orm(column_type = "Text")]
    pub email_hash: String,
    /// True for the one address that is in use.
    pub is_active: bool,
    /// When the person proved that it is theirs.
    pub confirmed_at: Option<Instant>,
    /// When it was added.
    pub added_at: Instant,
}

/// None: queries name what they join.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
