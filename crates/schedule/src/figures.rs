//! Figures about jobs, for Prometheus. Labels are names of jobs and our own words.

use dreamtree_types::Instant;
use metrics::{Unit, counter, describe_counter, describe_gauge, gauge};

const RUNS: &str = "dreamtree_job_runs_total";
const DONE: &str = "dreamtree_job_done_total";
const FINISHED: &str = "dreamtree_job_last_finished_seconds";

/// Says what the figures mean.
pub(crate) fn describe() {
    describe_counter!(
        RUNS,
        "Runs of jobs by this server, by job and outcome: done, failed, given_up."
    );
    describe_counter!(
        DONE,
        "What the runs of jobs have done, such as visitors swept, by job."
    );
    describe_gauge!(
        FINISHED,
        Unit::Seconds,
        "When this server last finished a job, in seconds since 1970."
    );
}

/// Counts a run that was done as a whole, and how much it has done.
pub(crate) fn done(job: &'static str, count: u64, now: Instant) {
    counter!(RUNS, "job" => job, "outcome" => "done").increment(1);
    counter!(DONE, "job" => job).increment(count);
    let seconds = u32::try_from(now.unix_timestamp()).unwrap_or(u32::MAX);
    gauge!(FINISHED, "job" => job).set(f64::from(seconds));
}

/// Counts a run that was not: `failed`, or `given_up` because the server ends or has lost its lease.
pub(crate) fn not_done(job: &'static str, outcome: &'static str) {
    counter!(RUNS, "job" => job, "outcome" => outcome).increment(1);
}
