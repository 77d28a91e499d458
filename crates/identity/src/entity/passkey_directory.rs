//! Rows of `passkey_directory`.

use dreamtree_types::UserId;
use sea_orm::entity::prelude::*;

/// Who signs in with a credential; unique across everybody.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "passkey_directory")]
pub struct Model {
    /// SHA-256 of the credential's id, hexadecimal.
    #[sea_orm(primary_key, auto_increment = false, column_type = "Text")]
    pub credential_hash: String,
    /// The person.
    pub user_id: UserId,
}

/// None: queries name what they join.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
