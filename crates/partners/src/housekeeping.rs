//! What has to be taken away in time although nobody asks: codes and tokens that have ended.

use std::time::Duration as Pause;

use dreamtree_database::Database;
use sea_orm::{ColumnTrait, DbErr, EntityTrait, QueryFilter};
use time::Duration;
use tokio::time::{MissedTickBehavior, interval};

use crate::entity::{partner_codes, partner_tokens};

/// Between rounds.
const PAUSE: Pause = Pause::from_mins(15);

/// A code that has ended stays for so long, so that the second use of it shows.
const REMEMBERED: Duration = Duration::days(1);

/// Takes away what has ended, now and then, until the task is ended. Several servers may do it beside each other.
pub async fn run(database: Database) {
    let mut rounds = interval(PAUSE);
    rounds.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        rounds.tick().await;
        match sweep(&database).await {
            Ok(0) => {}
            Ok(ended) => tracing::debug!(ended, "codes and tokens of partners were taken away"),
            // The next round tries again.
            Err(error) => tracing::warn!(%error, "housekeeping of partners failed"),
        }
    }
}

/// One round; how many codes and tokens had ended.
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
    Ok(codes.rows_affected + tokens.rows_affected)
}
