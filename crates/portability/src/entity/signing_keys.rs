//! Rows of `signing_keys`.

use dreamtree_types::Instant;
use sea_orm::entity::prelude::*;

/// The public halves of a pair of keys that credentials are signed with.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "signing_keys")]
pub struct Model {
    /// The key of proofs, a multikey.
    #[sea_orm(primary_key, auto_increment = false, column_type = "Text")]
    pub ed25519: String,
    /// The key of tokens, a multikey.
    #[sea_orm(column_type = "Text")]
    pub p256: String,
    /// Nothing that they have signed is in force after this.
    pub signs_until: Instant,
    /// When they were first published.
    pub created_at: Instant,
}

/// None: queries name what they join.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
