//! A panic ends one operation, not the process.

use std::{
    future::poll_fn,
    panic::{AssertUnwindSafe, catch_unwind},
    pin::pin,
    task::Poll,
};

/// The future panicked; where and why stands in the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Panicked;

/// Runs a future to its end or to its first panic. What it held is dropped, so open transactions roll back.
pub(crate) async fn caught<F: Future>(future: F) -> Result<F::Output, Panicked> {
    let mut future = pin!(future);
    poll_fn(
        |context| match catch_unwind(AssertUnwindSafe(|| future.as_mut().poll(context))) {
            Ok(poll) => poll.map(Ok),
            Err(_) => Poll::Ready(Err(Panicked)),
        },
    )
    .await
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    #[tokio::test]
    async fn a_panic_ends_the_future_and_frees_what_it_held() {
        let held = Arc::new(());
        let inside = Arc::clone(&held);
        let panics = async move {
            tokio::task::yield_now().await;
            assert_eq!(
                Arc::strong_count(&inside),
                0,
                "a panic after the first poll"
            );
        };
        assert_eq!(caught(panics).await, Err(Panicked));
        assert_eq!(Arc::strong_count(&held), 1);
        assert_eq!(caught(async { 1 }).await, Ok(1));
    }
}
