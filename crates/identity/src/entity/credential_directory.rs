//! Rows of `credential_directory`.

use dreamtree_types::UserId;
use sea_orm::entity::prelude::*;

/// A place of a status list that a credential in force has.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "credential_directory")]
pub struct Model {
    /// The number of the list, from 1.
    #[sea_orm(primary_key, auto_increment = false)]
    pub status_list: i32,
    /// The place in it, from 0.
    #[sea_orm(primary_key, auto_increment = false)]
    pub status_position: i32,
    /// The person whom the credential is about.
    pub user_id: UserId,
}

/// None: queries name what they join.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
