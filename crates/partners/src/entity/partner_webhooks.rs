//! Rows of `partner_webhooks`.

use dreamtree_types::{Instant, PartnerId};
use sea_orm::entity::prelude::*;

/// Where a partner wants to be told that something has changed.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "partner_webhooks")]
pub struct Model {
    /// The partner.
    #[sea_orm(primary_key, auto_increment = false)]
    pub partner_id: PartnerId,
    /// Where.
    #[sea_orm(column_type = "Text")]
    pub url: String,
    /// Of what, divided by blanks.
    #[sea_orm(column_type = "Text")]
    pub events: String,
    /// `on`, `off`, or `gone` since the place has said so.
    #[sea_orm(column_type = "Text")]
    pub state: String,
    /// What messages are signed with, sealed.
    #[sea_orm(column_type = "Text")]
    pub secret: String,
    /// What they were signed with before, sealed.
    #[sea_orm(column_type = "Text", nullable)]
    pub former_secret: Option<String>,
    /// Until when they are signed with that as well.
    pub former_until: Option<Instant>,
    /// Since when nothing has arrived, if something should have.
    pub failing_since: Option<Instant>,
    /// When it was set up.
    pub created_at: Instant,
    /// When an operator last changed it.
    pub updated_at: Instant,
}

/// None: queries name what they join.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
