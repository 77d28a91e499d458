//! A job, and the loop that does it when it is due.

use std::{error::Error, fmt, panic::AssertUnwindSafe, sync::Arc, time::Duration as Pause};

use dreamtree_database::Database;
use futures_util::{
    FutureExt,
    future::{BoxFuture, join_all},
};
use sea_orm::DbErr;
use time::Duration;
use tokio::{sync::watch, time::sleep};
use uuid::Uuid;

use crate::{
    figures,
    lease::{self, LEASE, Lease},
};

/// How often to look whether something is due.
const POLL: Pause = Pause::from_secs(2);

/// How often a lease is renewed.
const RENEWAL: Pause = Pause::from_secs(20);

/// When work that has failed is due again, at the latest.
const RETRY: Duration = Duration::minutes(1);

/// How much a run has done, such as visitors swept.
pub type Done = u64;

/// Why a run has failed.
pub type Failed = Box<dyn Error + Send + Sync>;

/// Something that is done again and again.
#[derive(Clone)]
pub struct Job {
    name: &'static str,
    every: Duration,
    work: Arc<dyn Fn() -> BoxFuture<'static, Result<Done, Failed>> + Send + Sync>,
}

impl Job {
    /// Work that is done every so often, counted from when it last began, on whatever server; or from when a server first
    /// knew of it. `name` is for good.
    pub fn new<W>(
        name: &'static str,
        every: Duration,
        work: impl Fn() -> W + Send + Sync + 'static,
    ) -> Self
    where
        W: Future<Output = Result<Done, Failed>> + Send + 'static,
    {
        Self {
            name,
            every,
            work: Arc::new(move || Box::pin(work())),
        }
    }
}

impl fmt::Debug for Job {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Job")
            .field("name", &self.name)
            .field("every", &self.every)
            .finish_non_exhaustive()
    }
}

/// Does what is due until `end` becomes true; then gives up what it is at, and lets another server begin it at once.
pub async fn run(database: Database, jobs: Vec<Job>, end: watch::Receiver<bool>) {
    figures::describe();
    let holder = Uuid::new_v4();
    let each = jobs.iter().map(|job| {
        let mut end = end.clone();
        let database = &database;
        async move {
            let mut known = false;
            while !*end.borrow() {
                let round = job.round(database, holder, &mut known, end.clone());
                if let Err(error) = round.await {
                    tracing::warn!(job = job.name, %error, "a job cannot be looked at");
                }
                tokio::select! {
                    () = sleep(POLL) => {}
                    // Nobody left to say so is an end as well.
                    _ = end.wait_for(|ended| *ended) => return,
                }
            }
        }
    });
    join_all(each).await;
}

/// What became of a run.
enum Outcome {
    Done(Result<Done, Failed>),
    /// The server ends.
    Ended,
    /// Somebody else has begun, or nobody can tell.
    Lost,
}

impl Job {
    async fn round(
        &self,
        database: &Database,
        holder: Uuid,
        known: &mut bool,
        end: watch::Receiver<bool>,
    ) -> Result<(), DbErr> {
        if !*known {
            lease::ensure(database, self.name, self.every).await?;
            *known = true;
        }
        let begun = database.clock().now();
        let Some(lease) = Lease::take(database, self.name, holder).await? else {
            return Ok(());
        };
        let name = self.name;
        match self.work(database, lease, end).await {
            Outcome::Done(Ok(done)) => {
                let now = database.clock().now();
                tracing::info!(job = name, done, "a job is done");
                figures::done(name, done, now);
                let due = Some(begun + self.every);
                lease.give_back(database, due, Some(now)).await
            }
            Outcome::Done(Err(error)) => {
                let cause = error.source().map(ToString::to_string);
                tracing::error!(job = name, %error, cause, "a job has failed; it is tried again");
                figures::not_done(name, "failed");
                let due = database.clock().now() + RETRY.min(self.every);
                lease.give_back(database, Some(due), None).await
            }
            Outcome::Ended => {
                figures::not_done(name, "given_up");
                lease.give_back(database, None, None).await
            }
            Outcome::Lost => {
                tracing::warn!(job = name, "a job was given up: its lease has run out");
                figures::not_done(name, "given_up");
                Ok(())
            }
        }
    }

    async fn work(
        &self,
        database: &Database,
        lease: Lease,
        mut end: watch::Receiver<bool>,
    ) -> Outcome {
        tokio::select! {
            done = unwound((self.work)()) => Outcome::Done(done),
            () = kept(database, lease) => Outcome::Lost,
            _ = end.wait_for(|ended| *ended) => Outcome::Ended,
        }
    }
}

/// What the work comes to; a panic in it is a failure like any other, and ends nothing else.
async fn unwound(work: BoxFuture<'static, Result<Done, Failed>>) -> Result<Done, Failed> {
    let done = AssertUnwindSafe(work).catch_unwind().await;
    done.unwrap_or_else(|_| Err("it has panicked".into()))
}

/// Renews a lease for as long as it can be; a database that does not answer is asked again until the lease is over.
async fn kept(database: &Database, lease: Lease) {
    let mut until = database.clock().now() + LEASE;
    loop {
        sleep(RENEWAL).await;
        let asked = database.clock().now();
        match lease.renew(database).await {
            Ok(true) => until = asked + LEASE,
            Ok(false) => return,
            Err(error) => {
                tracing::warn!(%error, "a lease was not renewed");
                if database.clock().now() >= until {
                    return;
                }
            }
        }
    }
}
