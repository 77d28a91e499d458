//! Arrays of operations.

use serde_json::{Value, json};

use crate::{JSON, Server};

fn array(length: usize) -> String {
    Value::from(vec![json!({ "query": "{ __typename }" }); length]).to_string()
}

#[tokio::test]
async fn ten_operations_are_answered_in_their_order() {
    let server = Server::development().await;
    let answer = server.post(&[JSON], array(10)).await;
    assert_eq!(
        answer.json(),
        Value::from(vec![json!({ "data": { "__typename": "Query" } }); 10])
    );
    let body = json!([{ "query": "{" }, { "query": "{ __typename }" }]).to_string();
    let answer = server.post(&[JSON], body).await.json();
    assert_eq!(answer[0]["errors"][0]["extensions"]["code"], "PARSE_FAILED");
    assert_eq!(answer[0].get("data"), None);
    assert_eq!(answer[1], json!({ "data": { "__typename": "Query" } }));
    server.test.remove().await;
}

#[tokio::test]
async fn eleven_operations_are_refused() {
    let server = Server::development().await;
    server
        .post(&[JSON], array(11))
        .await
        .assert_refused(400, "LIMIT_EXCEEDED");
    server.test.remove().await;
}
