//! Requests that are not answered with data: by which status, in which type, with which code.

use axum::{
    body::Body,
    http::{Method, StatusCode},
};
use dreamtree_gateway::{Limits, Settings};
use serde_json::json;

use crate::{GRAPHQL, JSON, Server, request};

#[tokio::test]
async fn only_json_bodies_are_read() {
    let server = Server::development().await;
    let body = r#"{"query":"{ service { version } }"}"#;
    for refused in [
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/graphql",
        "application/json; charset=utf-16",
        "application/jsonp",
    ] {
        let answer = server.post(&[("content-type", refused)], body).await;
        answer.assert_refused(415, "BAD_REQUEST");
    }
    server
        .post(&[], body)
        .await
        .assert_refused(415, "BAD_REQUEST");
    for read in [
        "application/json",
        "Application/JSON; charset=UTF-8",
        "application/json;charset=\"utf-8\"",
    ] {
        let answer = server.post(&[("content-type", read)], body).await;
        assert_eq!(answer.status, StatusCode::OK, "{read}");
    }
    server.test.remove().await;
}

#[tokio::test]
async fn a_body_that_is_no_request_is_refused() {
    let server = Server::development().await;
    for body in [
        "",
        "x",
        "{",
        "null",
        "\"{ a }\"",
        "{}",
        r#"{"query":""}"#,
        r#"{"query":1}"#,
        r#"{"query":"{ a }","variables":[]}"#,
        r#"{"query":"{ a }","variables":"x"}"#,
        r#"{"query":"{ a }","operationName":1}"#,
        r#"{"query":"{ a }","extensions":"x"}"#,
        "[]",
        "[1]",
    ] {
        for accept in [("accept", "application/json"), GRAPHQL] {
            let answer = server.post(&[JSON, accept], body).await;
            let (status, _, code) = answer.refusal();
            assert_eq!((status, code.as_str()), (400, "BAD_REQUEST"), "{body}");
        }
    }
    server.test.remove().await;
}

#[tokio::test]
async fn request_errors_have_the_status_that_the_media_type_asks_for() {
    let server = Server::development().await;
    for (query, code) in [
        ("{", "PARSE_FAILED"),
        ("{ a(b: \"c) }", "PARSE_FAILED"),
        ("{ nothing }", "VALIDATION_FAILED"),
        ("{ ...F } fragment F on Query { ...F }", "VALIDATION_FAILED"),
        ("subscription { a }", "VALIDATION_FAILED"),
        (
            "query A { service { version } } query B { service { version } }",
            "VALIDATION_FAILED",
        ),
        (
            "mutation($d: TokenDelivery!) { visit(delivery: $d) { token } }",
            "INVALID_INPUT",
        ),
    ] {
        let body = json!({ "query": query }).to_string();
        server
            .post(&[JSON], body.clone())
            .await
            .assert_refused(200, code);
        let answer = server.post(&[JSON, GRAPHQL], body).await;
        let graphql = "application/graphql-response+json; charset=utf-8";
        assert_eq!(answer.refusal(), (400, graphql, code.to_owned()), "{query}");
    }
    server.test.remove().await;
}

#[tokio::test]
async fn a_refusal_reads_exactly_so() {
    let server = Server::development().await;
    let answer = server
        .ask("mutation($d: TokenDelivery!) { visit(delivery: $d) { token } }")
        .await;
    assert_eq!(
        answer.json(),
        json!({ "errors": [{
            "message": "The variable $d needs a value.",
            "locations": [{ "line": 1, "column": 10 }],
            "extensions": { "code": "INVALID_INPUT", "field": "variables.d" },
        }] })
    );
    let answer = server.ask("{ email }").await;
    assert_eq!(
        answer.json(),
        json!({ "data": { "email": null }, "errors": [{
            "message": "This needs a session: begin with the mutation visit, or sign in.",
            "locations": [{ "line": 1, "column": 3 }],
            "path": ["email"],
            "extensions": { "code": "UNAUTHENTICATED" },
        }] })
    );
    server.test.remove().await;
}

#[tokio::test]
async fn methods_and_types_that_are_not_spoken_are_refused() {
    let server = Server::development().await;
    for method in [Method::PUT, Method::DELETE, Method::PATCH, Method::OPTIONS] {
        let answer = server
            .send(request(method, "/graphql", &[JSON], "{}"))
            .await;
        answer.assert_refused(405, "BAD_REQUEST");
        assert_eq!(answer.header("allow"), "GET, POST");
    }
    let body = r#"{"query":"{ service { version } }"}"#;
    server
        .post(&[JSON, ("accept", "text/html")], body)
        .await
        .assert_refused(406, "BAD_REQUEST");
    server.test.remove().await;
}

#[tokio::test]
async fn get_is_for_queries_only() {
    let server = Server::development().await;
    let answer = server
        .get("/graphql?query=%7Bservice%7BcontentVersion%7D%7D")
        .await;
    assert_eq!(
        answer.json(),
        json!({ "data": { "service": { "contentVersion": 0 } } })
    );
    for accept in [("accept", "application/json"), GRAPHQL] {
        let path = "/graphql?query=mutation%7Bvisit%7Bviewer%7Bid%7D%7D%7D";
        let answer = server
            .send(request(Method::GET, path, &[accept], Body::empty()))
            .await;
        let (status, _, code) = answer.refusal();
        assert_eq!((status, code.as_str()), (405, "BAD_REQUEST"));
        assert_eq!(answer.header("allow"), "POST");
        assert!(answer.headers.get("set-cookie").is_none());
    }
    server
        .get("/graphql")
        .await
        .assert_refused(400, "BAD_REQUEST");
    server
        .get("/graphql?query=%7Ba%7D&variables=x")
        .await
        .assert_refused(400, "BAD_REQUEST");
    server.test.remove().await;
}

#[tokio::test]
async fn a_request_that_takes_too_long_is_given_up() {
    let mut settings = Settings::development();
    settings.limits = Limits {
        timeout: std::time::Duration::ZERO,
        ..Limits::default()
    };
    let server = Server::start(settings).await;
    let answer = server.ask("mutation { visit { viewer { id } } }").await;
    answer.assert_refused(503, "TIMEOUT");
    assert!(answer.headers.get("set-cookie").is_none());
    server.test.remove().await;
}

#[tokio::test]
async fn a_database_that_is_away_is_unavailable() {
    let server = Server::development().await;
    server.test.database.clone().close().await.unwrap();
    let answer = server.ask("mutation { visit { viewer { id } } }").await;
    assert_eq!(answer.status, StatusCode::OK);
    assert_eq!(
        answer.json()["errors"][0]["extensions"]["code"],
        "UNAVAILABLE"
    );
    assert_eq!(
        server.get("/readyz").await.status,
        StatusCode::SERVICE_UNAVAILABLE
    );
    server.test.remove().await;
}

#[tokio::test]
async fn production_does_not_tell_its_schema() {
    let server = Server::start(Settings::production()).await;
    for query in [
        "{ __schema { queryType { name } } }",
        "{ __type(name: \"Viewer\") { name } }",
    ] {
        server
            .ask(query)
            .await
            .assert_refused(200, "VALIDATION_FAILED");
    }
    let answer = server.ask("{ servic { version } }").await;
    assert!(
        !answer.json()["errors"][0]["message"]
            .as_str()
            .unwrap()
            .contains("Did you mean")
    );
    assert_eq!(server.get("/graphiql").await.status, StatusCode::NOT_FOUND);
    assert_eq!(server.get("/").await.status, StatusCode::NOT_FOUND);
    let server_2 = Server::development().await;
    let answer = server_2.ask("{ servic { version } }").await;
    assert!(
        answer.json()["errors"][0]["message"]
            .as_str()
            .unwrap()
            .contains("Did you mean")
    );
    server.test.remove().await;
    server_2.test.remove().await;
}
