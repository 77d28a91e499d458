//! The one row of `content_version`.

use sea_orm::entity::prelude::*;
use time::OffsetDateTime;

/// Which edition is loaded; servers poll this row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "content_version")]
pub struct Model {
    /// Always 1.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i32,
    /// Grows by one with every edition.
    pub version: i64,
    /// Tells editions apart.
    pub fingerprint: String,
    /// When the edition was loaded.
    pub loaded_at: OffsetDateTime,
}

/// No table is reached through this one.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
