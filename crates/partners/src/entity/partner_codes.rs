//! Rows of `partner_codes`.

use dreamtree_types::{GrantId, Instant, PartnerId};
use sea_orm::entity::prelude::*;
use uuid::Uuid;

/// A code on its way from the consent page to a partner, or used already.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "partner_codes")]
pub struct Model {
    /// Whose it is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub partner_id: PartnerId,
    /// What it is found by.
    #[sea_orm(primary_key, auto_increment = false, column_type = "Text")]
    pub code_hash: String,
    /// The consent that it was made for.
    pub grant_id: GrantId,
    /// The family of the tokens that come of it.
    pub family: Uuid,
    /// Where the person was sent back to with it.
    #[sea_orm(column_type = "Text")]
    pub redirect_uri: String,
    /// What its tokens may read, divided by blanks.
    #[sea_orm(column_type = "Text")]
    pub scopes: String,
    /// The challenge that the verifier has to fit.
    #[sea_orm(column_type = "Text")]
    pub challenge: String,
    /// When it was used.
    pub used_at: Option<Instant>,
    /// When it is too late.
    pub expires_at: Instant,
}

/// None: queries name what they join.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
