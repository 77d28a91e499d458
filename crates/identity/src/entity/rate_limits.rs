//! Rows of `rate_limits`.

use sea_orm::entity::prelude::*;

/// How often something was tried of late.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "rate_limits")]
pub struct Model {
    /// A keyed hash of what was tried and by whom, hexadecimal.
    #[sea_orm(primary_key, auto_increment = false, column_type = "Text")]
    pub bucket: String,
    /// When all of it is forgotten, in milliseconds since 1970.
    pub free_at: i64,
    /// Whether the last try was refused.
    pub refused: bool,
}

/// None: queries name what they join.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
