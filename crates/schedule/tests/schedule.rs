//! One server at a time does what is due, on both databases.
#![allow(clippy::expect_used, reason = "a test that cannot go on has failed")]

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration as Pause, Instant},
};

use dreamtree_database::{on_both, testing::TestDatabase};
use dreamtree_schedule::{
    Failed, Job, LEASE,
    entity::scheduled_jobs::{Entity, Model},
    run,
};
use dreamtree_types::Clock;
use sea_orm::EntityTrait;
use time::{Duration, macros::datetime};
use tokio::{
    sync::watch,
    time::{sleep, timeout},
};

on_both!(
    of_two_servers_one_does_it,
    what_has_failed_is_tried_again,
    a_server_that_ends_leaves_its_job_to_the_next,
    a_server_that_dies_keeps_its_job_until_the_lease_is_over,
);

const HOUR: Duration = Duration::hours(1);

fn clock() -> Clock {
    Clock::fixed(datetime!(2026-03-01 12:00 UTC))
}

/// A job that counts its runs.
fn counting(count: &Arc<AtomicU64>) -> Job {
    let count = Arc::clone(count);
    Job::new("sweep", HOUR, move || {
        count.fetch_add(1, Ordering::SeqCst);
        async { Ok(1) }
    })
}

/// A job that never ends by itself.
fn endless(count: &Arc<AtomicU64>) -> Job {
    let count = Arc::clone(count);
    Job::new("sweep", HOUR, move || {
        count.fetch_add(1, Ordering::SeqCst);
        std::future::pending()
    })
}

async fn row(test: &TestDatabase) -> Option<Model> {
    let found = Entity::find_by_id("sweep".to_owned());
    found.one(&test.owner).await.expect("an answer")
}

/// Waits until the job is known, and then for its interval.
async fn due(test: &TestDatabase) {
    until("the job is known", async || row(test).await.is_some()).await;
    test.database.clock().advance(HOUR);
}

async fn until(what: &str, mut holds: impl AsyncFnMut() -> bool) {
    let begun = Instant::now();
    while !holds().await {
        assert!(begun.elapsed() < Pause::from_secs(20), "{what}");
        sleep(Pause::from_millis(50)).await;
    }
}

async fn of_two_servers_one_does_it(test: &TestDatabase) {
    let (ends, end) = watch::channel(false);
    let count = Arc::new(AtomicU64::new(0));
    let server = || run(test.database.clone(), vec![counting(&count)], end.clone());
    let both = async { tokio::join!(server(), server()) };
    let story = async {
        due(test).await;
        until("the first run", async || {
            row(test).await.is_some_and(|row| row.finished_at.is_some())
        })
        .await;
        // Both look again meanwhile.
        sleep(Pause::from_secs(5)).await;
        assert_eq!(count.load(Ordering::SeqCst), 1);
        test.database.clock().advance(HOUR);
        until("the second run", async || count.load(Ordering::SeqCst) == 2).await;
        sleep(Pause::from_secs(5)).await;
        assert_eq!(count.load(Ordering::SeqCst), 2);
        let row = row(test).await.expect("the row");
        assert_eq!((row.runs, row.holder, row.held_until), (2, None, None));
        assert_eq!(row.due_at, test.database.clock().now() + HOUR);
        ends.send_replace(true);
    };
    tokio::join!(both, story);
}

async fn what_has_failed_is_tried_again(test: &TestDatabase) {
    let (ends, end) = watch::channel(false);
    let count = Arc::new(AtomicU64::new(0));
    let tries = Arc::clone(&count);
    let job = Job::new("sweep", HOUR, move || {
        let first = tries.fetch_add(1, Ordering::SeqCst) == 0;
        async move {
            if first {
                return Err(Failed::from("the database was away"));
            }
            Ok(1)
        }
    });
    let story = async {
        due(test).await;
        until("the first run", async || {
            row(test)
                .await
                .is_some_and(|row| row.runs == 1 && row.holder.is_none())
        })
        .await;
        assert_eq!(row(test).await.expect("the row").finished_at, None);
        test.database.clock().advance(Duration::minutes(1));
        until("the second run", async || {
            row(test).await.is_some_and(|row| row.finished_at.is_some())
        })
        .await;
        assert_eq!(count.load(Ordering::SeqCst), 2);
        ends.send_replace(true);
    };
    tokio::join!(run(test.database.clone(), vec![job], end), story);
}

async fn a_server_that_ends_leaves_its_job_to_the_next(test: &TestDatabase) {
    let (ends, end) = watch::channel(false);
    let count = Arc::new(AtomicU64::new(0));
    let story = async {
        due(test).await;
        until("a run", async || {
            row(test).await.is_some_and(|row| row.holder.is_some())
        })
        .await;
        ends.send_replace(true);
    };
    let server = run(test.database.clone(), vec![endless(&count)], end);
    timeout(Pause::from_secs(30), async { tokio::join!(server, story) })
        .await
        .expect("work that goes on does not hold the end up");
    let left = row(test).await.expect("the row");
    assert_eq!((left.holder, left.finished_at), (None, None));
    let (ends, end) = watch::channel(false);
    let story = async {
        until("the next run", async || count.load(Ordering::SeqCst) == 2).await;
        ends.send_replace(true);
    };
    tokio::join!(
        run(test.database.clone(), vec![counting(&count)], end),
        story
    );
    assert_eq!(row(test).await.expect("the row").runs, 2);
}

async fn a_server_that_dies_keeps_its_job_until_the_lease_is_over(test: &TestDatabase) {
    let (count, other) = (Arc::new(AtomicU64::new(0)), Arc::new(AtomicU64::new(0)));
    // Never told to end, and dropped while it is at it: that is what the database sees of a server that is killed.
    let (alive, end) = watch::channel(false);
    let dies = run(test.database.clone(), vec![endless(&count)], end);
    let begun = async {
        due(test).await;
        until("a run", async || count.load(Ordering::SeqCst) == 1).await;
    };
    tokio::select! {
        () = dies => panic!("nobody has told it to end"),
        () = begun => {}
    }
    drop(alive);
    assert!(row(test).await.expect("the row").holder.is_some());
    let (ends, end) = watch::channel(false);
    let story = async {
        sleep(Pause::from_secs(5)).await;
        assert_eq!(other.load(Ordering::SeqCst), 0, "somebody has it still");
        test.database.clock().advance(LEASE);
        until("a run", async || other.load(Ordering::SeqCst) == 1).await;
        until("the end of it", async || {
            row(test).await.is_some_and(|row| row.finished_at.is_some())
        })
        .await;
        ends.send_replace(true);
    };
    tokio::join!(
        run(test.database.clone(), vec![counting(&other)], end),
        story
    );
    assert_eq!(count.load(Ordering::SeqCst), 1);
}
