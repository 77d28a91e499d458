//! The routes, and what every one of them goes through.

pub(crate) mod accept;
pub(crate) mod answer;
mod assets;
pub(crate) mod body;
mod calendar;
mod case;
pub(crate) mod credentials;
pub(crate) mod export;
mod graphql;
mod health;
mod imsx;
pub(crate) mod log;
pub(crate) mod metrics;
mod oauth;
mod open_badges;
mod operations;
pub(crate) mod origin;
mod privacy;
mod results;
mod resume;
mod tag;
pub(crate) mod wire;

use std::time::Duration;

use axum::{
    Router,
    http::{HeaderName, HeaderValue, Method, header},
    middleware,
    response::Redirect,
    routing::{any, get},
};
use tower_http::{
    CompressionLevel,
    compression::CompressionLayer,
    cors::{AllowOrigin, Any, CorsLayer},
};

use crate::Gateway;

/// Names a request in its answer and in the log.
pub(crate) const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Every route of the server.
pub(crate) fn router(gateway: Gateway) -> Router {
    metrics::install();
    let mut router = Router::new()
        .route("/graphql", any(graphql::graphql))
        .route("/calendar/{file}", get(calendar::calendar))
        .route("/results/{file}", get(results::results))
        .route("/resume.json", get(resume::resume))
        .route("/export", any(export::export))
        .route("/privacy", get(privacy::privacy))
        .merge(oauth::routes())
        .merge(case::routes())
        .merge(open_badges::routes())
        .route("/healthz", get(health::healthz))
        .route("/readyz", get(health::readyz))
        .route("/metrics", get(metrics::metrics));
    if gateway.settings.graphiql {
        router = router
            .route("/", get(async || Redirect::temporary("/graphiql")))
            .route("/graphiql", get(assets::page))
            .route("/graphiql/operations.json", get(operations::operations))
            .route("/graphiql/{file}", get(assets::file));
    }
    let cors = cors(&gateway.settings.allowed_origins);
    router
        .layer(tower::util::option_layer(cors))
        .merge(for_everybody())
        .layer(CompressionLayer::new().quality(CompressionLevel::Fastest))
        .layer(middleware::from_fn(log::log))
        .with_state(gateway)
}

/// What pages of any site may read: it says nothing about who asks.
fn for_everybody() -> Router<Gateway> {
    Router::new()
        .route("/.well-known/did.json", get(credentials::did))
        .route("/.well-known/jwks.json", get(credentials::key_set))
        .route("/credentials/status/{list}", get(credentials::status))
        .merge(open_badges::public())
        .layer(CorsLayer::new().allow_origin(Any))
}

/// Lets the pages of other sites read answers; `None` when there are no such sites.
fn cors(origins: &[String]) -> Option<CorsLayer> {
    let origins: Vec<HeaderValue> = origins
        .iter()
        .filter_map(|origin| HeaderValue::from_str(origin).ok())
        .collect();
    (!origins.is_empty()).then(|| {
        CorsLayer::new()
            .allow_origin(AllowOrigin::list(origins))
            .allow_credentials(true)
            .allow_methods([Method::GET, Method::POST])
            .allow_headers([header::CONTENT_TYPE, header::AUTHORIZATION])
            .expose_headers([REQUEST_ID])
            .max_age(Duration::from_hours(1))
    })
}
