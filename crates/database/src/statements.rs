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
