//! Rows of `passkeys`.

use dreamtree_types::{Instant, PasskeyId, UserId};
use sea_orm::entity::prelude::*;
use time::Date;

/// A key on a device of a person, with which they sign in.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "passkeys")]
pub struct Model {
    /// Whose row this is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub user_id: UserId,
    /// The passkey; its wrap of the data key, if it has one, has the same id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: PasskeyId,
    /// The credential's id, base64url.
    #[sea_orm(column_type = "Text")]
    pub credential_id: String,
    /// Public key, counter and flags, as `webauthn-rs` writes a `Passkey` in JSON.
    #[sea_orm(column_type = "Text")]
    pub credential: String,
    /// What the person calls it.
    #[sea_orm(column_type = "Text")]
    pub name: String,
    /// The day on which it last signed in, in UTC.
    pub last_used_on: Option<Date>,
    /// When it was made.
    pub created_at: Instant,
}

/// None: queries name what they join.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
