//! Pages that may ask and pages that may not.

use axum::{
    body::Body,
    http::{Method, StatusCode},
};
use dreamtree_gateway::Settings;

use crate::{JSON, Server, request};

const BODY: &str = r#"{"query":"mutation { visit { viewer { id } } }"}"#;

async fn public() -> Server {
    let allowed_origins = vec!["https://app.example".to_owned()];
    let public_origin = Some("https://dreamtree.example".to_owned());
    Server::start(Settings {
        public_origin,
        allowed_origins,
        ..Settings::production()
    })
    .await
}

#[tokio::test]
async fn only_our_own_and_allowed_origins_may_ask() {
    let server = public().await;
    for refused in [
        "https://evil.example",
        "http://dreamtree.example",
        "https://dreamtree.example.evil.example",
        "https://dreamtree.example:444",
        "https://dreamtree.test",
        "null",
        "",
    ] {
        let answer = server.post(&[JSON, ("origin", refused)], BODY).await;
        answer.assert_refused(403, "ORIGIN_REFUSED");
        assert!(answer.headers.get("set-cookie").is_none());
        assert!(answer.headers.get("access-control-allow-origin").is_none());
    }
    for allowed in ["https://dreamtree.example", "https://app.example"] {
        let answer = server.post(&[JSON, ("origin", allowed)], BODY).await;
        assert_eq!(answer.status, StatusCode::OK, "{allowed}");
        assert!(answer.header("set-cookie").starts_with("dt_session="));
    }
    server.test.remove().await;
}

#[tokio::test]
async fn without_a_public_address_the_host_is_our_own_origin() {
    let server = Server::development().await;
    for own in ["http://dreamtree.test", "https://dreamtree.test"] {
        let answer = server.post(&[JSON, ("origin", own)], BODY).await;
        assert_eq!(answer.status, StatusCode::OK, "{own}");
    }
    let answer = server
        .post(&[JSON, ("origin", "http://evil.test")], BODY)
        .await;
    answer.assert_refused(403, "ORIGIN_REFUSED");
    server.test.remove().await;
}

#[tokio::test]
async fn what_another_site_began_is_refused_even_without_an_origin() {
    let server = public().await;
    let path = "/graphql?query=%7B__typename%7D";
    for (site, status) in [
        ("cross-site", 403),
        ("same-origin", 200),
        ("same-site", 200),
        ("none", 200),
    ] {
        let headers = [("sec-fetch-site", site)];
        let answer = server
            .send(request(Method::GET, path, &headers, Body::empty()))
            .await;
        assert_eq!(answer.status.as_u16(), status, "{site}");
        let answer = server.post(&[JSON, headers[0]], BODY).await;
        assert_eq!(answer.status.as_u16(), status, "{site}");
    }
    let headers = [
        JSON,
        ("sec-fetch-site", "cross-site"),
        ("origin", "https://app.example"),
    ];
    assert_eq!(server.post(&headers, BODY).await.status, StatusCode::OK);
    server.test.remove().await;
}

#[tokio::test]
async fn other_pages_may_read_answers_only_when_allowed() {
    let server = public().await;
    let answer = server
        .post(&[JSON, ("origin", "https://app.example")], BODY)
        .await;
    assert_eq!(
        answer.header("access-control-allow-origin"),
        "https://app.example"
    );
    assert_eq!(answer.header("access-control-allow-credentials"), "true");
    for (origin, allowed) in [
        ("https://app.example", "https://app.example"),
        ("https://evil.example", ""),
    ] {
        let headers = [
            ("origin", origin),
            ("access-control-request-method", "POST"),
            ("access-control-request-headers", "content-type,x-other"),
        ];
        let preflight = request(Method::OPTIONS, "/graphql", &headers, Body::empty());
        let answer = server.send(preflight).await;
        assert_eq!(answer.header("access-control-allow-origin"), allowed);
        assert_eq!(
            answer.header("access-control-allow-headers"),
            "content-type,authorization"
        );
    }
    server.test.remove().await;
}
