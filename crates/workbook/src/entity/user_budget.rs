//! What a life costs; all but the currency is sealed, amounts too, `details` holds the lines.

use dreamtree_types::{Instant, UserId};
use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "user_budget")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub user_id: UserId,
    #[sea_orm(column_type = "Text", nullable)]
    pub monthly_expenses: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub annual_needs: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub hourly_batna: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub benefits_needed: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub notes: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub details: Option<String>,
    #[sea_orm(column_type = "Text")]
    pub currency: String,
    pub key_generation: Option<i32>,
    pub revision: i32,
    pub created_at: Instant,
    pub updated_at: Instant,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
