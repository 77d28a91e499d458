//! One counter: a number of tries at once, and then one in a while. Kept as the moment at which all is forgotten (the
//! generic cell rate algorithm), so a try is one statement, and a counter whose moment has passed is worth nothing.

use dreamtree_database::Database;
use dreamtree_types::Instant;
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, Statement};

use crate::{
    Error,
    entity::rate_limits::{Column, Entity},
};

/// How many tries at once, and then one in how long.
#[derive(Clone, Copy)]
pub(super) struct Rate {
    /// Milliseconds for one try to be forgotten.
    step: i64,
    /// Milliseconds that may be owed before another try.
    patience: i64,
}

impl Rate {
    /// So many at once, and then one in so many seconds.
    pub(super) const fn new(at_once: i64, seconds: i64) -> Self {
        let step = seconds * 1_000;
        Self {
            step,
            patience: (at_once - 1) * step,
        }
    }
}

/// Takes a try, or leaves the counter as it is. $1 names it, $2 is now, $3 what a try adds, $4 what may be owed.
const TAKE: &str = "INSERT INTO rate_limits (bucket, free_at, refused) \
    VALUES ($1, CAST($2 AS bigint) + CAST($3 AS bigint), FALSE) \
    ON CONFLICT (bucket) DO UPDATE SET \
    refused = rate_limits.free_at > CAST($2 AS bigint) + CAST($4 AS bigint), \
    free_at = CASE WHEN rate_limits.free_at > CAST($2 AS bigint) + CAST($4 AS bigint) THEN rate_limits.free_at \
    WHEN rate_limits.free_at > CAST($2 AS bigint) THEN rate_limits.free_at + CAST($3 AS bigint) \
    ELSE CAST($2 AS bigint) + CAST($3 AS bigint) END \
    RETURNING free_at, refused";

/// Counts a try; an error when there were too many.
pub(super) async fn take(database: &Database, bucket: String, rate: Rate) -> Result<(), Error> {
    let now = millis(database.clock().now());
    let connection = database.counters();
    let values = [
        bucket.into(),
        now.into(),
        rate.step.into(),
        rate.patience.into(),
    ];
    let statement = Statement::from_sql_and_values(connection.get_database_backend(), TAKE, values);
    let row = connection.query_one_raw(statement).await?;
    let row = row.ok_or_else(|| DbErr::RecordNotFound("a counter".to_owned()))?;
    if !row.try_get::<bool>("", "refused")? {
        return Ok(());
    }
    let wait = row.try_get::<i64>("", "free_at")? - rate.patience - now;
    let seconds = u64::try_from(wait).unwrap_or_default().div_ceil(1_000);
    Err(Error::RateLimited {
        seconds: seconds.max(1),
    })
}

/// Takes away the counters that say nothing any more; how many there were.
pub(crate) async fn forget(database: &Database) -> Result<u64, DbErr> {
    let gone = Entity::delete_many()
        .filter(Column::FreeAt.lte(millis(database.clock().now())))
        .exec(database.counters())
        .await?;
    Ok(gone.rows_affected)
}

fn millis(instant: Instant) -> i64 {
    i64::try_from(instant.unix_timestamp_nanos() / 1_000_000).unwrap_or(i64::MAX)
}
