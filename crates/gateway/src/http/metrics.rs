//! Figures for Prometheus. Labels come from our own short lists, never from clients.

use std::{sync::OnceLock, time::Duration};

use axum::http::header;
use axum::response::IntoResponse;
use metrics::{
    Unit, counter, describe_counter, describe_gauge, describe_histogram, gauge, histogram,
};
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};

const REQUESTS: &str = "dreamtree_graphql_requests_total";
const SECONDS: &str = "dreamtree_graphql_request_seconds";
const CONNECTIONS: &str = "dreamtree_live_connections";
const ANSWERS: &str = "dreamtree_live_answers_total";
const STATEMENTS: &str = "dreamtree_sql_statements_total";

/// Seconds; from a request without a database to the time limit.
const BUCKETS: [f64; 12] = [
    0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 2.5, 10.0,
];

/// One per process, like the recorder.
static HANDLE: OnceLock<Option<PrometheusHandle>> = OnceLock::new();

/// Begins to count; the second call does nothing.
pub(crate) fn install() {
    HANDLE.get_or_init(|| {
        let recorder = PrometheusBuilder::new()
            .set_buckets(&BUCKETS)
            .ok()?
            .build_recorder();
        let handle = recorder.handle();
        metrics::set_global_recorder(recorder).ok()?;
        describe_counter!(REQUESTS, "GraphQL operations by type and outcome.");
        describe_histogram!(
            SECONDS,
            Unit::Seconds,
            "Time per GraphQL operation by type."
        );
        describe_gauge!(CONNECTIONS, "Connections that stay open, by transport.");
        describe_counter!(ANSWERS, "Answers sent to subscriptions.");
        describe_counter!(STATEMENTS, "SQL statements, BEGIN and COMMIT not counted.");
        Some(handle)
    });
}

/// Counts an operation.
pub(crate) fn record(operation: &'static str, outcome: &'static str, took: Duration) {
    counter!(REQUESTS, "operation" => operation, "outcome" => outcome).increment(1);
    histogram!(SECONDS, "operation" => operation).record(took);
}

/// Counts a connection that stays open: 1 when it begins, -1 when it ends.
pub(crate) fn connected(transport: &'static str, by: f64) {
    gauge!(CONNECTIONS, "transport" => transport).increment(by);
}

/// Counts an answer to a subscription.
pub(crate) fn delivered() {
    counter!(ANSWERS).increment(1);
}

/// `/metrics`: everything counted so far.
pub(crate) async fn metrics() -> impl IntoResponse {
    counter!(STATEMENTS).absolute(dreamtree_database::statements_total());
    let handle = HANDLE.get().and_then(Option::as_ref);
    let text = handle.map_or_else(String::new, |handle| {
        handle.run_upkeep();
        handle.render()
    });
    (
        [(
            header::CONTENT_TYPE,
            "text/plain; version=0.0.4; charset=utf-8",
        )],
        text,
    )
}
