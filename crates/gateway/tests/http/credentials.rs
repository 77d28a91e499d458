//! What is asked about credentials too often, and lists that there are not.

use dreamtree_gateway::Settings;
use sea_orm::ConnectionTrait;
use serde_json::json;

use crate::{JSON, Server, router};

const CREDENTIAL: &str = "credential:0190a3e4-0000-7000-8000-000000000001";
const PASSKEY: &str = "passkey:0190a3e4-0000-7000-8000-000000000001";

async fn begun(server: &Server) -> String {
    let visit = server
        .ask("mutation { visit(delivery: BEARER) { token } }")
        .await;
    let token = visit.json()["data"]["visit"]["token"].clone();
    token.as_str().unwrap().to_owned()
}

async fn code(server: &Server, token: &str, query: &str) -> String {
    let bearer = format!("Bearer {token}");
    let headers = [JSON, ("authorization", bearer.as_str())];
    let body = json!({ "query": query }).to_string();
    let answer = server.post(&headers, body).await.json();
    let code = &answer["errors"][0]["extensions"]["code"];
    code.as_str().unwrap_or("done").to_owned()
}

#[tokio::test]
async fn issuing_and_revoking_are_counted_together() {
    let server = Server::start(Settings::development()).await;
    let token = begun(&server).await;
    let issue = "mutation { issueCredential { token } }";
    let revoke =
        format!("mutation {{ revokeCredential(input: {{ id: \"{CREDENTIAL}\" }}) {{ id }} }}");
    for _ in 0..5 {
        assert_eq!(code(&server, &token, issue).await, "NOT_CLAIMED");
        assert_eq!(code(&server, &token, &revoke).await, "NOT_FOUND");
    }
    for act in [issue, &revoke] {
        assert_eq!(code(&server, &token, act).await, "RATE_LIMITED");
    }
    let other = begun(&server).await;
    assert_eq!(code(&server, &other, issue).await, "NOT_CLAIMED");
    server.test.remove().await;
}

#[tokio::test]
async fn renewing_a_passkey_is_counted() {
    let server = Server::start(Settings::development()).await;
    let token = begun(&server).await;
    let renew = format!(
        "mutation {{ renewPasskey(input: {{ id: \"{PASSKEY}\", prf: \"AAAA\" }}) {{ passkey {{ id }} }} }}"
    );
    for _ in 0..10 {
        let code = code(&server, &token, &renew).await;
        assert!(code != "RATE_LIMITED" && code != "done", "{code}");
    }
    assert_eq!(code(&server, &token, &renew).await, "RATE_LIMITED");
    server.test.remove().await;
}

#[tokio::test]
async fn lists_that_there_are_not_are_asked_for_once_in_a_while() {
    let server = Server::start(Settings::development()).await;
    let status = async |server: &Server, list: &str| {
        let path = format!("/credentials/status/{list}");
        server.get(&path).await.status.as_u16()
    };
    for list in ["1", "2", "4000000000", "0", "99999999999", "x"] {
        assert_eq!(status(&server, list).await, 404, "{list}");
    }
    let place = "INSERT INTO status_places (status_list, status_position) VALUES (1, 7)";
    server.test.owner.execute_unprepared(place).await.unwrap();
    assert_eq!(status(&server, "1").await, 404, "asked a moment ago");
    let router = router(&server.test, Settings::development()).await;
    let other = Server { router, ..server };
    assert_eq!(status(&other, "1").await, 200, "by whoever has not asked");
    assert_eq!(status(&other, "2").await, 404);
    assert_eq!(status(&other, "1").await, 200);
    other.test.remove().await;
}
