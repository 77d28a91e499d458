//! The real router, without a socket: what each request is answered with.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod batch;
mod credentials;
mod exports;
mod fresh;
mod graphiql;
mod limits;
mod oauth;
mod origin;
mod refusals;
mod session;

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{HeaderMap, Method, Request, StatusCode},
};
use dreamtree_content::Shelf;
use dreamtree_credentials::SigningKeys;
use dreamtree_crypto::{ServerKeys, System};
use dreamtree_database::testing::TestDatabase;
use dreamtree_gateway::{Gateway, Settings};
use dreamtree_identity::{CookiePolicy, Identity, Stretcher};
use dreamtree_portability::Signer;
use dreamtree_types::Clock;
use serde_json::{Value, json};
use tower::ServiceExt;

/// The router of a server on this database.
async fn router(test: &TestDatabase, settings: Settings) -> Router {
    let keys = ServerKeys::generate(&mut System).unwrap();
    let identity = Identity::new(keys, Stretcher::cheap(), CookiePolicy { secure: false });
    let shelf = Shelf::open(&test.database).await.unwrap();
    let signer = Signer::new(SigningKeys::generate(&mut System).unwrap());
    Gateway::new(settings, test.database.clone(), shelf, identity, signer).router()
}

/// A server with a database of its own.
struct Server {
    router: Router,
    test: TestDatabase,
}

/// What came back.
struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    body: Vec<u8>,
}

impl Server {
    async fn start(settings: Settings) -> Self {
        let test = TestDatabase::sqlite(Clock::System).await;
        let router = router(&test, settings).await;
        Self { router, test }
    }

    async fn development() -> Self {
        Self::start(Settings::development()).await
    }

    async fn send(&self, request: Request<Body>) -> Answer {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (head, body) = response.into_parts();
        let body = to_bytes(body, usize::MAX).await.unwrap().to_vec();
        Answer {
            status: head.status,
            headers: head.headers,
            body,
        }
    }

    async fn post(&self, headers: &[(&str, &str)], body: impl Into<Body>) -> Answer {
        self.send(request(Method::POST, "/graphql", headers, body))
            .await
    }

    async fn get(&self, path: &str) -> Answer {
        self.send(request(Method::GET, path, &[], Body::empty()))
            .await
    }

    /// Posts a document the way most clients do.
    async fn ask(&self, query: &str) -> Answer {
        self.post(&[JSON], json!({ "query": query }).to_string())
            .await
    }
}

impl Answer {
    fn json(&self) -> Value {
        serde_json::from_slice(&self.body).expect("a JSON body")
    }

    fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().unwrap())
    }

    /// Status, content type and the only error's code; that there is no `data` and nothing else.
    fn refusal(&self) -> (u16, &str, String) {
        let body = self.json();
        let [error] = body["errors"].as_array().unwrap().as_slice() else {
            panic!("{body}")
        };
        assert_eq!(body.as_object().unwrap().len(), 1, "{body}");
        let code = error["extensions"]["code"].as_str().unwrap().to_owned();
        (self.status.as_u16(), self.header("content-type"), code)
    }

    #[track_caller]
    fn assert_refused(&self, status: u16, code: &str) {
        assert_eq!(
            self.refusal(),
            (status, "application/json; charset=utf-8", code.to_owned())
        );
    }
}

const JSON: (&str, &str) = ("content-type", "application/json");
const GRAPHQL: (&str, &str) = ("accept", "application/graphql-response+json");

fn request(
    method: Method,
    path: &str,
    headers: &[(&str, &str)],
    body: impl Into<Body>,
) -> Request<Body> {
    let mut request = Request::builder()
        .method(method)
        .uri(path)
        .header("host", "dreamtree.test");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    request.body(body.into()).unwrap()
}

#[tokio::test]
async fn a_query_is_answered() {
    let server = Server::development().await;
    let answer = server
        .ask("{ service { contentVersion } viewer { id } }")
        .await;
    assert_eq!(answer.status, StatusCode::OK);
    assert_eq!(
        answer.header("content-type"),
        "application/json; charset=utf-8"
    );
    assert_eq!(answer.header("cache-control"), "no-store");
    assert_eq!(answer.header("x-content-type-options"), "nosniff");
    assert_eq!(answer.header("x-request-id").len(), 36);
    let expected = json!({ "data": { "service": { "contentVersion": 0 }, "viewer": null } });
    assert_eq!(answer.json(), expected);
    server.test.remove().await;
}

#[tokio::test]
async fn the_process_is_up_but_without_content_not_ready() {
    let server = Server::development().await;
    assert_eq!(server.get("/healthz").await.status, StatusCode::OK);
    let answer = server.get("/readyz").await;
    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(
        answer.json(),
        json!({ "ready": false, "database": true, "contentVersion": 0 })
    );
    server.test.remove().await;
}

#[tokio::test]
async fn figures_are_counted_without_words_of_clients() {
    let server = Server::development().await;
    server.ask("{ service { version } }").await;
    server.ask("query Secret { nothing }").await;
    let answer = server.get("/metrics").await;
    let text = String::from_utf8(answer.body).unwrap();
    assert!(text.contains("dreamtree_graphql_requests_total{operation=\"query\",outcome=\"ok\"}"));
    assert!(text.contains("dreamtree_graphql_request_seconds_bucket{operation=\"query\",le="));
    assert!(text.contains("dreamtree_sql_statements_total"));
    assert!(!text.contains("Secret"));
    server.test.remove().await;
}
