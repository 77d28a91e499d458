//! Sends a fixed number of requests over a fixed number of connections and takes the time of each.

use std::{
    net::SocketAddr,
    sync::atomic::{AtomicUsize, Ordering},
    thread,
    time::{Duration, Instant},
};

use crate::{
    Outcome,
    client::{Client, failed},
};

/// How long requests took.
pub(crate) struct Driven {
    /// Of each request, shortest first.
    latencies: Vec<Duration>,
    /// From the first to the last.
    pub(crate) took: Duration,
}

impl Driven {
    /// Requests that took so long each.
    pub(crate) fn of(mut latencies: Vec<Duration>, took: Duration) -> Self {
        latencies.sort_unstable();
        Self { latencies, took }
    }

    /// Requests per second.
    pub(crate) fn rate(&self) -> f64 {
        count(self.latencies.len()) / self.took.as_secs_f64()
    }

    /// The time that `percent` of the requests took at most, in milliseconds.
    pub(crate) fn percentile(&self, percent: usize) -> f64 {
        let index =
            (self.latencies.len() * percent / 100).min(self.latencies.len().saturating_sub(1));
        self.latencies
            .get(index)
            .map_or(0.0, |latency| latency.as_secs_f64() * 1_000.0)
    }
}

/// A number of things as a fraction's part; exact up to 2³².
pub(crate) fn count(number: usize) -> f64 {
    f64::from(u32::try_from(number).unwrap_or(u32::MAX))
}

/// One connection for each of `requests`, which it repeats; `total` altogether.
pub(crate) fn drive(server: SocketAddr, requests: &[Vec<u8>], total: usize) -> Outcome<Driven> {
    let sent = AtomicUsize::new(0);
    let mut clients = Vec::with_capacity(requests.len());
    for _ in requests {
        clients.push(Client::connect(server)?);
    }
    let begun = Instant::now();
    let results: Vec<Outcome<Vec<Duration>>> = thread::scope(|scope| {
        let threads: Vec<_> = clients
            .into_iter()
            .zip(requests)
            .map(|(client, request)| scope.spawn(|| repeat(client, request, &sent, total)))
            .collect();
        let ended = threads.into_iter().map(thread::ScopedJoinHandle::join);
        ended
            .map(|result| result.unwrap_or_else(|_| Err("a connection's thread panicked".into())))
            .collect()
    });
    let took = begun.elapsed();
    let mut latencies = Vec::with_capacity(total);
    for result in results {
        latencies.extend(result?);
    }
    Ok(Driven::of(latencies, took))
}

fn repeat(
    mut client: Client,
    request: &[u8],
    sent: &AtomicUsize,
    total: usize,
) -> Outcome<Vec<Duration>> {
    let mut latencies = Vec::new();
    while sent.fetch_add(1, Ordering::Relaxed) < total {
        let begun = Instant::now();
        let reply = client.send(request)?;
        latencies.push(begun.elapsed());
        if reply.status != 200 || failed(reply.body) {
            let body = String::from_utf8_lossy(reply.body);
            return Err(format!("the server answers {}: {body}", reply.status).into());
        }
    }
    Ok(latencies)
}
