//! Rows of `partner_credentials`.

use dreamtree_types::{GrantId, Instant, UserId};
use sea_orm::entity::prelude::*;

/// The credential of a person's present result that a partner was given, and that was not revoked.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "partner_credentials")]
pub struct Model {
    /// Whose row this is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub user_id: UserId,
    /// The grant that it goes with.
    #[sea_orm(primary_key, auto_increment = false)]
    pub grant_id: GrantId,
    /// SHA-256 over the scores and when they were given, hexadecimal.
    #[sea_orm(column_type = "Text")]
    pub result_digest: String,
    /// The credential with its proof, JSON.
    #[sea_orm(column_type = "Text")]
    pub document: String,
    /// The list that its status stands in, from 1.
    pub status_list: i32,
    /// The place in it, from 0.
    pub status_position: i32,
    /// From when on it can be shown.
    pub valid_from: Instant,
    /// Until when.
    pub valid_until: Instant,
}

/// None: queries name what they join.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
