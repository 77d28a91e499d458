//! Who is at a job: one row, taken and given back by single statements.

use dreamtree_database::Database;
use dreamtree_types::Instant;
use sea_orm::{ConnectionTrait, DbErr, EntityTrait, Statement, Value};
use time::Duration;
use uuid::Uuid;

use crate::entity::scheduled_jobs::{Entity, Model};

/// How long a server that says nothing keeps a job.
pub const LEASE: Duration = Duration::minutes(1);

/// Due at $2 at the latest: the interval of a job that is known may be shorter now.
const ENSURE: &str = "INSERT INTO scheduled_jobs (name, due_at, runs) VALUES ($1, $2, 0) \
    ON CONFLICT (name) DO UPDATE SET \
    due_at = CASE WHEN scheduled_jobs.due_at > $2 THEN $2 ELSE scheduled_jobs.due_at END";

/// Of several who ask at once, one gets it.
const TAKE: &str = "UPDATE scheduled_jobs SET holder = $2, held_until = $4, runs = runs + 1 \
    WHERE name = $1 AND due_at <= $3 AND (held_until IS NULL OR held_until <= $3) RETURNING runs";

const RENEW: &str = "UPDATE scheduled_jobs SET held_until = $4 \
    WHERE name = $1 AND holder = $2 AND runs = $3";

const GIVE_BACK: &str = "UPDATE scheduled_jobs SET holder = NULL, held_until = NULL, \
    due_at = coalesce($4, due_at), finished_at = coalesce($5, finished_at) \
    WHERE name = $1 AND holder = $2 AND runs = $3";

/// Notes that the job is to be done every so often.
pub(crate) async fn ensure(database: &Database, name: &str, every: Duration) -> Result<(), DbErr> {
    let due = database.clock().now() + every;
    let values = [name.into(), due.into()];
    execute(database, ENSURE, values).await.map(drop)
}

/// A job that this server is at.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Lease {
    name: &'static str,
    holder: Uuid,
    run: i32,
}

impl Lease {
    /// Takes a job that is due and that nobody is at.
    pub(crate) async fn take(
        database: &Database,
        name: &'static str,
        holder: Uuid,
    ) -> Result<Option<Self>, DbErr> {
        let now = database.clock().now();
        // Most of the time there is nothing to do, and that is told by reading.
        let row = Entity::find_by_id(name.to_owned())
            .one(database.shared())
            .await?;
        let free = |row: &Model| row.due_at <= now && row.held_until.is_none_or(|at| at <= now);
        if !row.as_ref().is_some_and(free) {
            return Ok(None);
        }
        let values = [name.into(), holder.into(), now.into(), (now + LEASE).into()];
        let connection = database.counters();
        let statement = Statement::from_sql_and_values(database.backend(), TAKE, values);
        let taken = connection.query_one_raw(statement).await?;
        let run = taken.map(|row| row.try_get_by_index(0)).transpose()?;
        Ok(run.map(|run| Self { name, holder, run }))
    }

    /// Goes on; false when somebody else has begun since.
    pub(crate) async fn renew(self, database: &Database) -> Result<bool, DbErr> {
        let until = database.clock().now() + LEASE;
        let values = [
            self.name.into(),
            self.holder.into(),
            self.run.into(),
            until.into(),
        ];
        Ok(execute(database, RENEW, values).await? > 0)
    }

    /// Gives it back; it is due again at `due`, or as it was. `finished` is when it was done as a whole.
    pub(crate) async fn give_back(
        self,
        database: &Database,
        due: Option<Instant>,
        finished: Option<Instant>,
    ) -> Result<(), DbErr> {
        let values = [
            self.name.into(),
            self.holder.into(),
            self.run.into(),
            due.into(),
            finished.into(),
        ];
        execute(database, GIVE_BACK, values).await.map(drop)
    }
}

async fn execute<const N: usize>(
    database: &Database,
    sql: &str,
    values: [Value; N],
) -> Result<u64, DbErr> {
    let statement = Statement::from_sql_and_values(database.backend(), sql, values);
    let done = database.counters().execute_raw(statement).await?;
    Ok(done.rows_affected())
}
