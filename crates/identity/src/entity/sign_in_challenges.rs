//! Rows of `sign_in_challenges`.

use dreamtree_types::{Instant, UserId};
use sea_orm::entity::prelude::*;

/// A sign-in that waits for its second factor.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "sign_in_challenges")]
pub struct Model {
    /// Whose row this is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub user_id: UserId,
    /// The row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// SHA-256 over what the token yields; the token itself is kept nowhere.
    #[sea_orm(column_type = "Text")]
    pub token_hash: String,
    /// The data key, wrapped under the token.
    #[sea_orm(column_type = "Text")]
    pub wrapped_key: String,
    /// Counts the data keys of the person, from 1.
    pub generation: i32,
    /// How many codes were wrong so far.
    pub attempts: i32,
    /// When the password was right.
    pub created_at: Instant,
    /// When it is too late.
    pub expires_at: Instant,
}

/// None: queries name what they join.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
