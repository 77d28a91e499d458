//! `GraphiQL` from the binary.

use axum::{
    body::Body,
    http::{Method, StatusCode},
};

use serde_json::{Value, json};

use crate::{JSON, Server, request};

#[tokio::test]
async fn the_page_and_its_files_come_from_here_and_nowhere_else() {
    let server = Server::development().await;
    let answer = server.get("/").await;
    assert_eq!(answer.status, StatusCode::TEMPORARY_REDIRECT);
    assert_eq!(answer.header("location"), "/graphiql");
    for (path, kind) in [
        ("/graphiql", "text/html; charset=utf-8"),
        ("/graphiql/graphiql.js", "text/javascript; charset=utf-8"),
        ("/graphiql/graphiql.css", "text/css; charset=utf-8"),
    ] {
        let answer = server.get(path).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}");
        assert_eq!(answer.header("content-type"), kind);
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert_eq!(
            answer.header("content-security-policy"),
            "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; \
             img-src 'self' data:; font-src 'self' data:; connect-src 'self'; \
             worker-src 'self' blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
        );
    }
    assert_eq!(
        server.get("/graphiql/other.js").await.status,
        StatusCode::NOT_FOUND
    );
    assert_eq!(
        server.get("/graphiql/..%2fCargo.toml").await.status,
        StatusCode::NOT_FOUND
    );
    server.test.remove().await;
}

#[tokio::test]
async fn a_file_that_is_known_is_not_sent_again() {
    let server = Server::development().await;
    let path = "/graphiql/graphiql.js";
    let tag = server.get(path).await.header("etag").to_owned();
    assert!(tag.starts_with("W/\""));
    let again = request(Method::GET, path, &[("if-none-match", &tag)], Body::empty());
    let answer = server.send(again).await;
    assert_eq!(
        (answer.status, answer.body.len()),
        (StatusCode::NOT_MODIFIED, 0)
    );
    let other = request(
        Method::GET,
        path,
        &[("if-none-match", "W/\"0\"")],
        Body::empty(),
    );
    assert_eq!(server.send(other).await.status, StatusCode::OK);
    server.test.remove().await;
}

#[tokio::test]
async fn answers_are_compressed_for_those_who_ask() {
    let server = Server::development().await;
    let path = "/graphiql/graphiql.js";
    let zipped = request(
        Method::GET,
        path,
        &[("accept-encoding", "gzip")],
        Body::empty(),
    );
    let answer = server.send(zipped).await;
    assert_eq!(answer.header("content-encoding"), "gzip");
    assert!(answer.body.len() * 2 < server.get(path).await.body.len());
    server.test.remove().await;
}

#[tokio::test]
async fn the_example_operations_fit_the_schema() {
    let server = Server::development().await;
    let answer = server.get("/graphiql/operations.json").await;
    assert_eq!(answer.header("content-type"), "application/json");
    let examples = answer.json();
    assert!(!examples.as_array().unwrap().is_empty());
    for example in examples.as_array().unwrap() {
        let name = example["name"].as_str().unwrap();
        let variables = example["variables"].as_str().unwrap_or("{}");
        let variables: Value = serde_json::from_str(variables).unwrap();
        let body = json!({ "query": example["query"], "variables": variables });
        if example["query"]
            .as_str()
            .unwrap()
            .contains("\nsubscription ")
        {
            let events = [JSON, ("accept", "text/event-stream")];
            let answer = server.post(&events, body.to_string()).await.body;
            let text = String::from_utf8(answer).unwrap();
            assert!(
                text.starts_with("event: next\ndata: {\"data\":null,"),
                "{name}: {text}"
            );
            assert!(text.contains("UNAUTHENTICATED"), "{name}: {text}");
            assert!(
                text.ends_with("event: complete\ndata:\n\n"),
                "{name}: {text}"
            );
            continue;
        }
        let answer = server.post(&[JSON], body.to_string()).await.json();
        // Without content and session much is refused, but none of it before it has begun.
        assert!(answer.get("data").is_some(), "{name}: {answer}");
    }
    server.test.remove().await;
}
