//! Rows of `partner_grants`.

use dreamtree_types::{GrantId, Instant, PartnerId, UserId};
use sea_orm::entity::prelude::*;
use time::Date;

/// What a person lets a partner read.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "partner_grants")]
pub struct Model {
    /// The partner.
    #[sea_orm(primary_key, auto_increment = false)]
    pub partner_id: PartnerId,
    /// The grant.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: GrantId,
    /// The person.
    pub user_id: UserId,
    /// The name under which the partner knows the person.
    #[sea_orm(column_type = "Text")]
    pub subject: String,
    /// What may be read, divided by blanks.
    #[sea_orm(column_type = "Text")]
    pub scopes: String,
    /// The day on which it was last read, in UTC.
    pub read_on: Option<Date>,
    /// When the person gave it.
    pub created_at: Instant,
    /// When the person last changed it.
    pub updated_at: Instant,
}

/// None: queries name what they join.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
