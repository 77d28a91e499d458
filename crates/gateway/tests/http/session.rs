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

#[tokio::test]
async fn what_has_signed_out_is_not_let_in_again_in_the_same_operation() {
    let server = Server::development().await;
    let visit = server
        .ask("mutation { visit(delivery: BEARER) { token } }")
        .await
        .json();
    let token = visit["data"]["visit"]["token"].as_str().unwrap();
    let bearer = format!("Bearer {token}");
    let body = json!({ "query": "mutation { signOut { signedOut } createLocation(input: { name: \"Porto\" }) { location { id } } }" });
    let headers = [JSON, ("authorization", bearer.as_str())];
    let answer = server.post(&headers, body.to_string()).await.json();
    assert_eq!(answer["errors"][0]["extensions"]["code"], "SESSION_EXPIRED");
    assert_eq!(answer["errors"][0]["path"][0], "createLocation");
    server.test.remove().await;
}

#[tokio::test]
async fn a_variable_that_is_left_out_leaves_its_argument_out() {
    let server = Server::development().await;
    let query = "query($first: Int, $search: String, $category: SkillCategory) {
        skills(first: $first, search: $search, category: $category) { totalCount } }";
    for variables in [json!({}), json!({ "search": null }), json!(null)] {
        let body = json!({ "query": query, "variables": variables });
        let answer = server.post(&[JSON], body.to_string()).await.json();
        assert_eq!(answer["data"]["skills"]["totalCount"], 0, "{answer}");
    }
    server.test.remove().await;
}
