//! For load balancers: is the process up, and can it serve?

use std::time::Duration;

use axum::{
    Json,
    extract::State,
    http::{StatusCode, header},
    response::IntoResponse,
};
use serde_json::json;

use crate::Gateway;

/// Time for the database to answer.
const PATIENCE: Duration = Duration::from_secs(2);

const FRESH: [(header::HeaderName, &str); 1] = [(header::CACHE_CONTROL, "no-store")];

/// `/healthz`: the process is up.
pub(crate) async fn healthz() -> impl IntoResponse {
    (FRESH, "ok\n")
}

/// `/readyz`: the database answers and content is loaded; 503 otherwise.
pub(crate) async fn readyz(State(gateway): State<Gateway>) -> impl IntoResponse {
    let ping = tokio::time::timeout(PATIENCE, gateway.database.ping()).await;
    let database = matches!(ping, Ok(Ok(())));
    let content = gateway.shelf.current().version();
    let ready = database && content > 0;
    let status = if ready {
        StatusCode::OK
    } else {
        StatusCode::SERVICE_UNAVAILABLE
    };
    (
        status,
        FRESH,
        Json(json!({ "ready": ready, "database": database, "contentVersion": content })),
    )
}
