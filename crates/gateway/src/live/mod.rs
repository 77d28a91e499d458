//! Connections that stay open: how many there are, and that they end when the server does.

mod events;
mod message;
mod operation;
mod socket;

use std::{sync::Arc, time::Duration};

use async_graphql::Response;
use axum::http::StatusCode;
use dreamtree_types::Code;
use tokio::sync::watch;

pub(crate) use events::events;
pub(crate) use socket::{is_upgrade, upgrade};

use crate::{
    LiveLimits,
    http::{metrics, wire},
    refused::Refused,
};

/// Between signs of life.
const PULSE: Duration = Duration::from_secs(20);

/// Time for a client to take what it is sent.
const PATIENCE: Duration = Duration::from_secs(30);

/// The connections of this process that stay open.
#[derive(Debug)]
pub(crate) struct Live {
    limits: LiveLimits,
    open: watch::Sender<usize>,
    ends: watch::Sender<bool>,
}

impl Live {
    /// None yet.
    pub(crate) fn new(limits: LiveLimits) -> Self {
        Self {
            limits,
            open: watch::Sender::new(0),
            ends: watch::Sender::new(false),
        }
    }

    /// Room for one more connection; `None` when there are too many.
    pub(crate) fn enter(self: &Arc<Self>, transport: &'static str) -> Option<Seat> {
        let entered = self.open.send_if_modified(|open| {
            let room = *open < self.limits.connections && !*self.ends.borrow();
            *open += usize::from(room);
            room
        });
        entered.then(|| {
            metrics::connected(transport, 1.0);
            Seat {
                live: Arc::clone(self),
                transport,
            }
        })
    }

    /// Asks every connection to end, and waits until they have.
    pub(crate) async fn end(&self) {
        self.ends.send_replace(true);
        let mut open = self.open.subscribe();
        drop(open.wait_for(|open| *open == 0).await);
    }
}

/// A connection's place among the open ones, given back when it is dropped.
#[derive(Debug)]
pub(crate) struct Seat {
    live: Arc<Live>,
    transport: &'static str,
}

impl Seat {
    /// How many streams the connection may have.
    fn streams(&self) -> usize {
        self.live.limits.streams_per_connection
    }

    /// Waits until the server ends.
    async fn ended(&self) {
        let mut ends = self.live.ends.subscribe();
        drop(ends.wait_for(|ends| *ends).await);
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        self.live.open.send_modify(|open| *open -= 1);
        metrics::connected(self.transport, -1.0);
    }
}

/// There is no room for another connection.
fn full() -> Refused {
    let message = "So many connections are open already; try again in a moment.";
    Refused::new(StatusCode::SERVICE_UNAVAILABLE, Code::Busy, message)
}

/// An answer as JSON.
fn text(answer: &Response) -> String {
    let json = wire::response(answer).map(|json| String::from_utf8_lossy(&json).into_owned());
    json.unwrap_or_else(|error| {
        tracing::error!(%error, "an answer could not be written as JSON");
        "null".to_owned()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn seats_are_given_back_and_none_are_left_at_the_end() {
        let limits = LiveLimits {
            connections: 1,
            ..LiveLimits::default()
        };
        let live = Arc::new(Live::new(limits));
        let seat = live.enter("sse").unwrap();
        assert!(live.enter("sse").is_none());
        drop(seat);
        let seat = live.enter("sse").unwrap();
        let guest = tokio::spawn(async move { seat.ended().await });
        live.end().await;
        guest.await.unwrap();
        assert!(live.enter("sse").is_none(), "the doors are shut");
    }
}
