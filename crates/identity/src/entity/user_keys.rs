//! Rows of `user_keys`.

use dreamtree_types::{Instant, SessionId, UserId};
use sea_orm::entity::prelude::*;

/// The data key, wrapped for one way to open it.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "user_keys")]
pub struct Model {
    /// Whose row this is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub user_id: UserId,
    /// The row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// `session`, `password`, `recovery` or `passkey`.
    #[sea_orm(column_type = "Text")]
    pub method: String,
    /// Counts the data keys of the person, from 1.
    pub generation: i32,
    /// The session, when the method is `session`.
    pub session_id: Option<SessionId>,
    /// The wrapped key.
    #[sea_orm(column_type = "Text")]
    pub wrapped_key: String,
    /// When the row was made.
    pub created_at: Instant,
}

/// None: queries name what they join.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
