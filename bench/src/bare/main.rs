//! What the server is measured against: endpoints written by hand with axum, sqlx and SQL text,
//! which answer with the same JSON as `DreamTree`'s GraphQL for the same reader.
//!
//! It does what nobody who keeps the promises of this project could leave out. It reads a JSON body,
//! looks the session up by the hash of its token in the same row-level security frame (`BEGIN`,
//! `SET LOCAL`, statements, `COMMIT`), one snapshot for a query and one lock per person for a write,
//! opens sealed texts with the session's key, and holds readers to their position.
//!
//! It does it the way one does with a few endpoints and a weekend for each. Content is turned into
//! JSON once, at start. `BEGIN` and `SET LOCAL` travel in one message. One statement tells which
//! placements are answered and brings the texts of the page; tags come joined with their skills; the
//! session's statement takes the person's lock. Statements are planned once per connection. The key is
//! unwrapped only where something is sealed.
//!
//! It leaves out GraphQL (documents, validation, selection), every kind of answer and tool that does
//! not stand on the measured page, the checks of origin, size and time, request ids, the log line per
//! request, compression, catching of panics, the refresh of content, and the session's `last_seen_at`.

mod body;
mod competencies;
mod content;
mod dashboard;
mod flow;
mod frame;
mod kept;
mod page;
mod position;
mod profile;
mod refused;
mod save;
mod search;
mod session;
mod skills;
mod tools;
mod value;

use std::{
    env,
    error::Error,
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use axum::{
    Router,
    extract::State,
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use dreamtree_content::Shelf;
use dreamtree_database::{Database, Options};
use dreamtree_types::Clock;
use sea_orm::sqlx::{
    PgPool,
    postgres::{PgConnectOptions, PgPoolOptions},
};
use tokio::net::TcpListener;

use content::Content;

/// As in the measured server, so that both have the same.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// As many as `DreamTree` has by default.
const CONNECTIONS: u32 = 16;

/// What all requests share.
pub(crate) struct App {
    pool: PgPool,
    content: Content,
    statements: AtomicU64,
}

/// Serves on `BARE_LISTEN` from the database `DATABASE_URL` until it is killed.
#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let url = env::var("DATABASE_URL").map_err(|_| "DATABASE_URL is not set")?;
    let listen: SocketAddr = env::var("BARE_LISTEN")
        .map_err(|_| "BARE_LISTEN is not set")?
        .parse()?;
    if !listen.ip().is_loopback() {
        return Err(
            "the benchmark stays on this machine: BARE_LISTEN must be a loopback address".into(),
        );
    }
    let options = Options {
        url: url.clone(),
        connections: 1,
    };
    let database = Database::connect(&options, Clock::System).await?;
    let content = Content::of(Shelf::open(&database).await?.current());
    database.close().await?;

    // A join is otherwise planned anew each time, which costs more than to run it.
    let options = url.parse::<PgConnectOptions>()?;
    let options = options.options([("plan_cache_mode", "force_generic_plan")]);
    let pool = PgPoolOptions::new()
        .max_connections(CONNECTIONS)
        .test_before_acquire(false)
        .connect_with(options)
        .await?;
    let app = Arc::new(App {
        pool,
        content,
        statements: AtomicU64::new(0),
    });
    let router = Router::new()
        .route("/page", post(page::page))
        .route("/competencies", post(competencies::competencies))
        .route("/answer", post(save::answer))
        .route("/profile", post(profile::profile))
        .route("/flow", post(flow::flow))
        .route("/dashboard", post(dashboard::dashboard))
        .route("/search", post(search::search))
        .route("/session", post(session::session))
        .route("/nothing", post(session::nothing))
        .route("/readyz", get(async || "ready\n"))
        .route("/metrics", get(metrics))
        .with_state(app);
    let listener = TcpListener::bind(listen).await?;
    Ok(axum::serve(listener, router).await?)
}

/// The one figure that the load generator asks for, under the name that the measured server gives it.
async fn metrics(State(app): State<Arc<App>>) -> String {
    format!(
        "dreamtree_sql_statements_total {}\n",
        app.statements.load(Ordering::Relaxed)
    )
}

/// JSON that is written already.
pub(crate) fn json(body: Vec<u8>) -> Response {
    let kind = HeaderValue::from_static("application/json");
    ([(header::CONTENT_TYPE, kind)], body).into_response()
}
