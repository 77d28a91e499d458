//! Rows of `status_places`.

use sea_orm::entity::prelude::*;

/// A place of a status list that was given to a credential once, and is not given again.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "status_places")]
pub struct Model {
    /// The number of the list, from 1.
    #[sea_orm(primary_key, auto_increment = false)]
    pub status_list: i32,
    /// The place in it, from 0.
    #[sea_orm(primary_key, auto_increment = false)]
    pub status_position: i32,
}

/// None: queries name what they join.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
