//! Rows of `user_mail_tokens`.

use dreamtree_types::{Instant, UserId};
use sea_orm::entity::prelude::*;

/// A token that was mailed, until it is used or ends.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "user_mail_tokens")]
pub struct Model {
    /// Whose row this is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub user_id: UserId,
    /// The row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The address that it went to.
    pub email_id: Uuid,
    /// `confirm` or `reset`.
    #[sea_orm(column_type = "Text")]
    pub purpose: String,
    /// SHA-256 over what the token yields; the token itself is kept nowhere.
    #[sea_orm(column_type = "Text")]
    pub token_hash: String,
    /// When it was made.
    pub created_at: Instant,
    /// When it ends.
    pub expires_at: Instant,
}

/// None: queries name what they join.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
