//! Requests that ask for too much.

use std::{fmt::Write, time::Instant};

use serde_json::json;

use crate::{GRAPHQL, JSON, Server};

async fn assert_limited(query: String) {
    let server = Server::development().await;
    let begun = Instant::now();
    let body = json!({ "query": query }).to_string();
    server
        .post(&[JSON], body.clone())
        .await
        .assert_refused(200, "LIMIT_EXCEEDED");
    let answer = server.post(&[JSON, GRAPHQL], body).await;
    assert_eq!(answer.refusal().0, 400);
    assert!(begun.elapsed().as_secs() < 2);
    assert!(answer.body.len() < 1_000);
    server.test.remove().await;
}

#[tokio::test]
async fn a_bomb_of_aliases() {
    let aliases = (0..51).fold(String::new(), |text, n| {
        text + &format!("a{n}: __typename ")
    });
    assert_limited(format!("{{ {aliases} }}")).await;
}

#[tokio::test]
async fn a_bomb_of_directives() {
    assert_limited(format!(
        "{{ __typename {} }}",
        "@include(if: true) ".repeat(51)
    ))
    .await;
    assert_limited(format!("query {} {{ __typename }}", "@a ".repeat(51))).await;
    assert_limited(format!(
        "query($a: Int {}) {{ __typename }}",
        "@a ".repeat(51)
    ))
    .await;
}

#[tokio::test]
async fn a_bomb_of_fragments() {
    let mut bomb = String::from("{ ...F0 }");
    for step in 0..30 {
        let next = step + 1;
        let _ = write!(
            bomb,
            " fragment F{step} on Query {{ ...F{next} ...F{next} }}"
        );
    }
    assert_limited(bomb + " fragment F30 on Query { __typename }").await;
}

#[tokio::test]
async fn nesting_that_would_overflow_the_parser() {
    for (open, close) in [("[", "]"), ("{a:", "}")] {
        let value = open.repeat(2_000) + "1" + &close.repeat(2_000);
        assert_limited(format!("{{ service(a: {value}) {{ version }} }}")).await;
        assert_limited(format!(
            "query($a: Int = {value}) {{ service {{ version }} }}"
        ))
        .await;
    }
    assert_limited("{ a ".repeat(2_000) + &"}".repeat(2_000)).await;
}

#[tokio::test]
async fn levels_fields_and_tokens() {
    assert_limited("{ a ".repeat(21) + &"}".repeat(21)).await;
    assert_limited(format!("{{ {} }}", "__typename ".repeat(4_001))).await;
    assert_limited(format!("{{ {} }}", "a ".repeat(10_001))).await;
}

#[tokio::test]
async fn deep_variables_are_no_request() {
    let server = Server::development().await;
    let value = "[".repeat(2_000) + &"]".repeat(2_000);
    let body = format!(r#"{{"query":"{{ __typename }}","variables":{{"a":{value}}}}}"#);
    server
        .post(&[JSON], body)
        .await
        .assert_refused(400, "BAD_REQUEST");
    server.test.remove().await;
}

#[tokio::test]
async fn a_body_of_more_than_a_mebibyte() {
    let server = Server::development().await;
    let body = json!({ "query": "{ __typename }", "extensions": { "x": "x".repeat(1 << 20) } });
    server
        .post(&[JSON], body.to_string())
        .await
        .assert_refused(413, "LIMIT_EXCEEDED");
    let body = json!({ "query": "{ __typename }", "extensions": { "x": "x".repeat(1 << 19) } });
    let answer = server.post(&[JSON], body.to_string()).await;
    assert_eq!(answer.json(), json!({ "data": { "__typename": "Query" } }));
    server.test.remove().await;
}

#[tokio::test]
async fn errors_are_few_and_short() {
    let server = Server::development().await;
    let fields = (0..500).fold(String::new(), |text, n| text + &format!("nothing{n} "));
    let answer = server.ask(&format!("{{ {fields} }}")).await;
    assert_eq!(answer.json()["errors"].as_array().unwrap().len(), 20);
    let answer = server.ask(&format!("{{ {} }}", "x".repeat(100_000))).await;
    assert!(answer.body.len() < 2_000);
    let answer = server.ask(&format!("{{ a }} {}", "!".repeat(9_000))).await;
    answer.assert_refused(200, "PARSE_FAILED");
    assert!(answer.body.len() < 2_000);
    server.test.remove().await;
}

#[tokio::test]
async fn the_introspection_of_graphiql_keeps_the_limits() {
    let server = Server::development().await;
    let kind = "ofType { kind name ".repeat(9) + &"}".repeat(9);
    let query = format!(
        "query IntrospectionQuery {{ __schema {{ description queryType {{ name kind }} \
         mutationType {{ name kind }} subscriptionType {{ name kind }} types {{ ...FullType }} \
         directives {{ name description isRepeatable locations \
         args(includeDeprecated: true) {{ ...InputValue }} }} }} }} \
         fragment FullType on __Type {{ kind name description specifiedByURL isOneOf \
         fields(includeDeprecated: true) {{ name description \
         args(includeDeprecated: true) {{ ...InputValue }} type {{ ...TypeRef }} \
         isDeprecated deprecationReason }} \
         inputFields(includeDeprecated: true) {{ ...InputValue }} interfaces {{ ...TypeRef }} \
         enumValues(includeDeprecated: true) {{ name description isDeprecated deprecationReason }} \
         possibleTypes {{ ...TypeRef }} }} \
         fragment InputValue on __InputValue {{ name description type {{ ...TypeRef }} \
         defaultValue isDeprecated deprecationReason }} \
         fragment TypeRef on __Type {{ kind name {kind} }}"
    );
    let answer = server.ask(&query).await.json();
    assert_eq!(answer.get("errors"), None);
    assert_eq!(answer["data"]["__schema"]["queryType"]["name"], "Query");
    server.test.remove().await;
}
