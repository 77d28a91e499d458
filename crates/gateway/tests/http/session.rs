//! The session's token, there and back.

use axum::http::StatusCode;
use dreamtree_database::statements_total;
use serde_json::json;

use crate::{JSON, Server};

const WHO: &str = r#"{"query":"{ viewer { anonymous vault } }"}"#;

#[tokio::test]
async fn a_visit_is_remembered_by_cookie_or_bearer() {
    let server = Server::development().await;
    let answer = server
        .ask("mutation { visit { token viewer { anonymous } } }")
        .await;
    let visited =
        json!({ "data": { "visit": { "token": null, "viewer": { "anonymous": true } } } });
    assert_eq!(answer.json(), visited);
    let cookie = answer
        .header("set-cookie")
        .split(';')
        .next()
        .unwrap()
        .to_owned();
    let token = cookie.strip_prefix("dt_session=").unwrap();
    let known = json!({ "data": { "viewer": { "anonymous": true, "vault": "UNLOCKED" } } });
    let bearer = format!("Bearer {token}");
    for header in [
        ("cookie", cookie.as_str()),
        ("authorization", bearer.as_str()),
    ] {
        let answer = server.post(&[JSON, header], WHO).await;
        assert_eq!(answer.json(), known);
        assert!(answer.headers.get("set-cookie").is_none());
    }
    server.test.remove().await;
}

#[tokio::test]
async fn a_token_that_is_none_has_expired() {
    let server = Server::development().await;
    let answer = server
        .post(&[JSON, ("cookie", "dt_session=nonsense")], WHO)
        .await;
    assert_eq!(answer.status, StatusCode::OK);
    assert_eq!(
        answer.json()["errors"][0]["extensions"]["code"],
        "SESSION_EXPIRED"
    );
    server.test.remove().await;
}

#[tokio::test]
async fn without_token_and_owned_fields_the_database_is_not_asked() {
    let server = Server::development().await;
    let (_, statements) =
        dreamtree_database::counted(server.ask("{ service { version } viewer { id } }")).await;
    assert_eq!(statements, 0);
    assert!(statements_total() < u64::MAX);
    server.test.remove().await;
}

#[tokio::test]
async fn cookies_of_a_batch_all_arrive() {
    let server = Server::development().await;
    let visit = json!({ "query": "mutation { visit { viewer { id } } }" });
    let answer = server
        .post(&[JSON], json!([visit, visit]).to_string())
        .await;
    assert_eq!(answer.headers.get_all("set-cookie").iter().count(), 2);
    server.test.remove().await;
}
