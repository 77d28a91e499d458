//! What people let somebody else read of their settings: what they want to be called.

use std::collections::HashMap;

use dreamtree_database::Lenders;
use dreamtree_types::UserId;
use sea_orm::{ColumnTrait, DbErr, EntityTrait, QueryFilter, QuerySelect};

use crate::entity::user_settings::{Column, Entity};

/// What each of the lenders wants to be called who has said so; one statement.
pub async fn names_of(lenders: &Lenders<'_>) -> Result<HashMap<UserId, String>, DbErr> {
    let names: Vec<(UserId, String)> = Entity::find()
        .select_only()
        .columns([Column::UserId, Column::DisplayName])
        .filter(lenders.among(Column::UserId))
        .filter(Column::DisplayName.is_not_null())
        .into_tuple()
        .all(lenders.connection())
        .await?;
    Ok(names.into_iter().collect())
}
