//! Counts SQL statements, so that a request's cost is known and a test can hold it constant.

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use sea_orm::DatabaseConnection;

static TOTAL: AtomicU64 = AtomicU64::new(0);

tokio::task_local! {
    static COUNT: Arc<AtomicU64>;
}

#[cfg(feature = "testing")]
tokio::task_local! {
    static LAST: u64;
}

/// Statements that this process has sent so far, `BEGIN` and `COMMIT` not counted.
#[must_use]
pub fn total() -> u64 {
    TOTAL.load(Ordering::Relaxed)
}

/// Runs a future and tells how many statements it sent, `BEGIN` and `COMMIT` not counted.
pub async fn counted<F: Future>(future: F) -> (F::Output, u64) {
    let count = Arc::new(AtomicU64::new(0));
    let output = COUNT.scope(Arc::clone(&count), future).await;
    (output, count.load(Ordering::Relaxed))
}

/// Runs a future until it has sent so many statements and is about to send another, then drops it, as a process that is
/// killed there would; what it yields, if it came to its end.
#[cfg(feature = "testing")]
pub async fn cut<F: Future>(future: F, statements: u64) -> Option<F::Output> {
    use std::{future::poll_fn, pin::pin, task::Poll};
    let count = Arc::new(AtomicU64::new(0));
    let work = COUNT.scope(Arc::clone(&count), future);
    let mut work = pin!(LAST.scope(statements, work));
    poll_fn(|context| match work.as_mut().poll(context) {
        Poll::Ready(done) => Poll::Ready(Some(done)),
        Poll::Pending if count.load(Ordering::Relaxed) > statements => Poll::Ready(None),
        Poll::Pending => Poll::Pending,
    })
    .await
}

/// Waits for ever in front of a statement that [`cut`] does not let through.
#[cfg(feature = "testing")]
pub(crate) async fn halt() {
    let last = LAST.try_with(|last| *last).unwrap_or(u64::MAX);
    let sent = COUNT.try_with(|count| count.load(Ordering::Relaxed));
    if sent.unwrap_or_default() > last {
        std::future::pending::<()>().await;
    }
}

/// Makes a connection count what it sends.
pub(crate) fn watch(connection: &mut DatabaseConnection) {
    connection.set_metric_callback(|_| count());
}

/// Counts one statement.
pub(crate) fn count() {
    TOTAL.fetch_add(1, Ordering::Relaxed);
    // Outside `counted` there is nobody to tell: start-up, background jobs.
    COUNT
        .try_with(|count| count.fetch_add(1, Ordering::Relaxed))
        .unwrap_or_default();
}
