//! What this server does again and again although nobody asks for it.

use dreamtree_audit::checkpoint;
use dreamtree_database::Database;
use dreamtree_identity::housekeeping::{self, Swept};
use dreamtree_partners::housekeeping as partners;
use dreamtree_schedule::Job;
use dreamtree_workbook::farewell;
use time::Duration;

use crate::{config::Jobs, failure::Failure};

/// The jobs that the configuration asks for. `vault_idle` is after how long without use a vault closes.
pub(crate) fn jobs(
    config: &Jobs,
    database: &Database,
    vault_idle: Duration,
) -> Result<Vec<Job>, Failure> {
    let mut jobs = Vec::new();
    if !config.enabled {
        return Ok(jobs);
    }
    if let Some(every) = config.housekeeping() {
        let database = database.clone();
        jobs.push(Job::new("housekeeping", every.try_into()?, move || {
            let database = database.clone();
            async move {
                let Swept { people, counters } = housekeeping::sweep(&database, vault_idle).await?;
                Ok(people + counters + partners::sweep(&database).await?)
            }
        }));
    }
    if let Some(every) = config.sweep() {
        let (database, days) = (database.clone(), config.sweep_days);
        jobs.push(Job::new("sweep", every.try_into()?, move || {
            let database = database.clone();
            async move { Ok(u64::try_from(farewell::sweep(&database, days).await?)?) }
        }));
    }
    if let Some(every) = config.checkpoint() {
        let database = database.clone();
        jobs.push(Job::new("checkpoint", every.try_into()?, move || {
            let database = database.clone();
            async move {
                let done = checkpoint(&database).await?;
                // Logs are kept elsewhere: `audit verify --kept` takes it from there.
                tracing::info!(head = %done.head, chains = done.chains, "checkpoint");
                Ok(1)
            }
        }));
    }
    Ok(jobs)
}
