//! Servers that have gone without telling the others what they wrote last.
//!
//! A server that is killed between a commit and the message about it ([`crate::relay()`]) tells nobody any more. The
//! connection on which it listened ends with it, and that the database knows at once. So each server looks again and
//! again who listens; when somebody no longer does, all that wait here look at what they wait for.

use std::{collections::HashSet, convert::Infallible, time::Duration};

use sea_orm::{ConnectionTrait, DbBackend, DbErr, Statement};
use tokio::time::sleep;

use crate::Database;

/// What `PostgreSQL` calls the connections on which servers listen.
pub(crate) const LISTENER: &str = "dreamtree listener";

/// The pause between two looks.
const PAUSE: Duration = Duration::from_secs(1);

/// Looks after which everybody is woken a second time: a commit may have been on its way when its server was killed.
const SETTLED: u32 = 5;

/// A connection and when it began, because the numbers of connections are given again.
const LISTENERS: &str = "SELECT concat(pid, ' ', backend_start) FROM pg_stat_activity \
     WHERE datname = current_database() AND application_name = $1";

/// Wakes all that wait at this server whenever another one is gone.
pub(crate) async fn watch(database: &Database) -> Infallible {
    let mut present = Present::default();
    loop {
        sleep(PAUSE).await;
        match listeners(database).await {
            Ok(now) => {
                if present.follows(now) {
                    database.changes().all_heard();
                }
            }
            Err(error) => tracing::warn!(%error, "which servers are there cannot be looked at"),
        }
    }
}

async fn listeners(database: &Database) -> Result<HashSet<String>, DbErr> {
    let statement =
        Statement::from_sql_and_values(DbBackend::Postgres, LISTENERS, [LISTENER.into()]);
    let rows = database.writer().query_all_raw(statement).await?;
    rows.iter().map(|row| row.try_get_by_index(0)).collect()
}

/// Who listened at the last look.
#[derive(Debug, Default)]
struct Present {
    known: HashSet<String>,
    /// Looks until everybody is woken once more; 0 when nobody has gone for a while.
    unsettled: u32,
}

impl Present {
    /// Takes who listens now. True when somebody is gone, and once more a while after that.
    fn follows(&mut self, now: HashSet<String>) -> bool {
        let is_gone = !self.known.is_subset(&now);
        self.known = now;
        if is_gone {
            self.unsettled = SETTLED;
            return true;
        }
        let before = self.unsettled;
        self.unsettled = before.saturating_sub(1);
        before == 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn those<const N: usize>(names: [&str; N]) -> HashSet<String> {
        names.map(str::to_owned).into()
    }

    #[test]
    fn who_comes_wakes_nobody_and_who_goes_wakes_everybody_twice() {
        let mut present = Present::default();
        assert!(!present.follows(those(["one"])));
        assert!(!present.follows(those(["one", "two"])));
        assert!(present.follows(those(["one"])));
        for _ in 1..SETTLED {
            assert!(!present.follows(those(["one"])));
        }
        assert!(present.follows(those(["one"])));
        assert!(!present.follows(those(["one"])));
    }

    #[test]
    fn who_takes_the_place_of_somebody_else_does_not_hide_that_they_are_gone() {
        let mut present = Present::default();
        assert!(!present.follows(those(["one", "two"])));
        assert!(present.follows(those(["one", "three"])));
        assert!(present.follows(those(["three"])), "and again at once");
    }
}
