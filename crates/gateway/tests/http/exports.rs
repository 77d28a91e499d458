//! Too many exports at a time, on `PostgreSQL`, where somebody's writes can be made to wait for each other.

use std::time::Duration;

use axum::{
    Router,
    body::{Body, to_bytes},
    http::Method,
};
use dreamtree_database::{Scope, testing::TestDatabase};
use dreamtree_gateway::Settings;
use dreamtree_types::{Clock, UserId};
use sea_orm::{ConnectionTrait, DbBackend, Statement};
use serde_json::{Value, json};
use tower::ServiceExt;
use uuid::Uuid;

use crate::{JSON, request, router};

async fn send(router: &Router, path: &str, headers: &[(&str, &str)], body: String) -> (u16, Value) {
    let asked = request(Method::POST, path, headers, Body::from(body));
    let response = router.clone().oneshot(asked).await.unwrap();
    let status = response.status().as_u16();
    let bytes = to_bytes(response.into_body(), usize::MAX).await.unwrap();
    (status, serde_json::from_slice(&bytes).unwrap())
}

/// Somebody with a session, and its token as a header has it.
async fn visitor(router: &Router) -> (UserId, String) {
    let query = "mutation { visit(delivery: BEARER) { token viewer { id } } }";
    let body = json!({ "query": query }).to_string();
    let visit = send(router, "/graphql", &[JSON], body).await.1["data"]["visit"].clone();
    let id = visit["viewer"]["id"].as_str().unwrap();
    let id = Uuid::parse_str(id.trim_start_matches("user:")).unwrap();
    let token = visit["token"].as_str().unwrap();
    (UserId::from(id), format!("Bearer {token}"))
}

async fn export(router: &Router, bearer: &str) -> (u16, Value) {
    let headers = [("authorization", bearer)];
    send(router, "/export", &headers, String::new()).await
}

/// How many transactions wait for somebody's writes to end.
async fn waiters(test: &TestDatabase) -> i64 {
    let sql = "SELECT count(*) AS n FROM pg_locks WHERE locktype = 'advisory' AND NOT granted \
        AND database = (SELECT oid FROM pg_database WHERE datname = current_database())";
    let asked = Statement::from_string(DbBackend::Postgres, sql);
    let row = test.owner.query_one_raw(asked).await.unwrap();
    row.unwrap().try_get("", "n").unwrap()
}

#[tokio::test]
async fn a_third_export_at_a_time_is_refused() {
    let test = TestDatabase::postgres(Clock::System).await;
    let router = router(&test, Settings::development()).await;
    let (slow, theirs) = visitor(&router).await;
    let (_, other) = visitor(&router).await;
    // Holds up whoever wants to write in the first person's rows: their exports wait, each in a place of its own.
    let held = Scope::write(&test.database, slow).await.unwrap();
    let waiting: Vec<_> = (0..2)
        .map(|_| {
            let (router, bearer) = (router.clone(), theirs.clone());
            tokio::spawn(async move { export(&router, &bearer).await })
        })
        .collect();
    while waiters(&test).await < 2 {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let answer = export(&router, &other).await;
    assert_eq!(answer.0, 503, "{:#}", answer.1);
    assert_eq!(answer.1["errors"][0]["extensions"]["code"], "BUSY");
    drop(held);
    for one in waiting {
        let (status, document) = one.await.unwrap();
        assert_eq!((status, &document["form"]), (200, &json!("READABLE")));
    }
    assert_eq!(
        export(&router, &other).await.0,
        200,
        "there is a place again"
    );
    test.remove().await;
}
