//! How a person's work is spread over their days.

use std::collections::BTreeMap;

use dreamtree_database::Scope;
use dreamtree_types::{Instant, Zone};
use sea_orm::{ConnectionTrait, Statement};
use time::{Date, Duration};

use crate::Error;

/// The most days to look back.
const MOST: i32 = 366;

/// A day on which something was answered for the first time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Day {
    /// As the calendars in the person's time zone have it.
    pub day: Date,
    /// How many placements got their first answer.
    pub answered: usize,
}

/// The last so many days (1 to 366, today included) on which something was answered for the first time, from
/// the earliest; one statement.
pub async fn find(scope: &Scope, days: i32) -> Result<Vec<Day>, Error> {
    if !(1..=MOST).contains(&days) {
        let message = format!("must be 1 to {MOST}");
        return Err(Error::invalid("days", message));
    }
    // Days are told apart here, not by the database, which has no time zones on SQLite. What is read begins
    // a day too early, so that no zone is cut short.
    let since = scope.now() - Duration::days(i64::from(days) + 1);
    let (zone, firsts) = read(scope, since).await?;
    let today = zone.local_date(scope.now());
    let begin = today.saturating_sub(Duration::days(i64::from(days) - 1));
    let mut counts = BTreeMap::new();
    for first in firsts {
        *counts.entry(zone.local_date(first)).or_insert(0) += 1;
    }
    let days = counts.split_off(&begin).into_iter();
    Ok(days.map(|(day, answered)| Day { day, answered }).collect())
}

/// The person's time zone, and when their placements were first answered.
async fn read(scope: &Scope, since: Instant) -> Result<(Zone, Vec<Instant>), Error> {
    const FIRSTS: &str = "SELECT time_zone, NULL AS first FROM user_settings WHERE user_id = $1 \
         UNION ALL SELECT NULL, created_at FROM user_responses \
         WHERE user_id = $1 AND created_at >= $2 \
         UNION ALL SELECT NULL, created_at FROM user_tool_instances \
         WHERE user_id = $1 AND stem_id IS NOT NULL AND created_at >= $2";
    let connection = scope.connection();
    let backend = connection.get_database_backend();
    let values = [scope.user().into(), since.into()];
    let statement = Statement::from_sql_and_values(backend, FIRSTS, values);
    let mut zone = Zone::UTC;
    let mut firsts = Vec::new();
    for row in connection.query_all_raw(statement).await? {
        match row.try_get_by_index::<Option<String>>(0)? {
            Some(name) => zone = Zone::parse(&name).map_err(|_| Error::Corrupt("a time zone"))?,
            None => firsts.push(row.try_get_by_index(1)?),
        }
    }
    Ok((zone, firsts))
}
