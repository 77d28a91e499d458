//! What has to be taken away in time although nobody asks: codes and tokens that have ended, messages and secrets that are
//! old.

use dreamtree_database::Database;
use sea_orm::{ColumnTrait, DbErr, EntityTrait, QueryFilter};
use time::Duration;

use crate::{
    entity::{partner_codes, partner_tokens},
    webhook,
};

/// A code that has ended stays for so long, so that the second use of it shows.
const REMEMBERED: Duration = Duration::days(1);

/// One round; how many codes, tokens, messages and secrets had ended. Several servers may do it beside each other.
pub async fn sweep(database: &Database) -> Result<u64, DbErr> {
    let now = database.clock().now();
    let codes = partner_codes::Entity::delete_many()
        .filter(partner_codes::Column::ExpiresAt.lte(now - REMEMBERED))
        .exec(database.counters())
        .await?;
    let tokens = partner_tokens::Entity::delete_many()
        .filter(partner_tokens::Column::ExpiresAt.lte(now))
        .exec(database.counters())
        .await?;
    let webhooks = webhook::sweep(database).await? + webhook::forget_former(database).await?;
    Ok(codes.rows_affected + tokens.rows_affected + webhooks)
}
