//! Rows of `webhook_deliveries`.

use dreamtree_types::{GrantId, Instant, PartnerId};
use sea_orm::entity::prelude::*;

use crate::WebhookDeliveryId;

/// A message to a partner, on its way, arrived or given up.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "webhook_deliveries")]
pub struct Model {
    /// The partner.
    #[sea_orm(primary_key, auto_increment = false)]
    pub partner_id: PartnerId,
    /// The message; its `webhook-id` is made of it.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: WebhookDeliveryId,
    /// What it tells, such as `grant.given`.
    #[sea_orm(column_type = "Text")]
    pub event: String,
    /// The consent that it is about; null for a message to try the place out.
    pub grant_id: Option<GrantId>,
    /// What is sent, byte for byte; null once it has arrived.
    #[sea_orm(column_type = "Text", nullable)]
    pub body: Option<String>,
    /// How often it was tried, since it was last sent again by hand.
    pub attempts: i32,
    /// When it is tried next.
    pub next_attempt_at: Instant,
    /// The status that the last attempt was answered with.
    pub last_status: Option<i32>,
    /// Why the last attempt failed, in a word of ours.
    #[sea_orm(column_type = "Text", nullable)]
    pub last_fault: Option<String>,
    /// When it was written.
    pub created_at: Instant,
    /// When it arrived.
    pub delivered_at: Option<Instant>,
    /// When it was given up.
    pub failed_at: Option<Instant>,
}

/// None: queries name what they join.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
