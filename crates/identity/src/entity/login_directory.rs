//! Rows of `login_directory`.

use dreamtree_types::UserId;
use sea_orm::entity::prelude::*;

/// Who signs in with an address; unique across everybody.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "login_directory")]
pub struct Model {
    /// The blind index of the address, hexadecimal.
    #[sea_orm(primary_key, auto_increment = false, column_type = "Text")]
    pub email_hash: String,
    /// The person.
    pub user_id: UserId,
}

/// None: queries name what they join.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
