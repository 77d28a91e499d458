//! What could take an account away from its owner needs a proof of less than fifteen minutes ago, and a password that it
//! asks for cannot be guessed in a session for ever: over the whole schema, on both databases.

use axum::{
    Router,
    body::{Body, to_bytes},
    http::Method,
};
use dreamtree_database::{on_both, testing::TestDatabase};
use dreamtree_gateway::Settings;
use dreamtree_types::Clock;
use serde_json::{Value, json};
use time::Duration;
use tower::ServiceExt;

use super::{JSON, request, router};

on_both!(
    dangerous_acts_need_a_fresh_proof,
    passwords_that_they_ask_for_are_not_guessed,
    a_visitor_has_nothing_to_prove,
);

fn clock() -> Clock {
    Clock::fixed(time::OffsetDateTime::UNIX_EPOCH + Duration::days(20_000))
}

const PASSWORD: &str = "eleven quiet harbours";
const PASSKEY: &str = "passkey:0190a3e4-0000-7000-8000-000000000001";

/// What an act would change. Each asks with a wrong password or for what is not there, so that nothing is changed by it.
const ACTS: [(&str, &str); 17] = [
    (
        "the address",
        "changeEmail(input: { email: \"other@example.org\", password: \"WRONG\" }) { emailAddresses { email } }",
    ),
    (
        "the password",
        "changePassword(delivery: BEARER, input: { current: \"WRONG\", password: \"twelve quiet harbours\" }) { token }",
    ),
    (
        "the recovery code",
        "replaceRecoveryCode(input: { password: \"WRONG\" }) { recoveryCode }",
    ),
    (
        "the key",
        "rotateDataKey(delivery: BEARER, input: { password: \"WRONG\" }) { token }",
    ),
    (
        "the account",
        "deleteAccount(input: { confirmation: \"delete my account\", password: \"WRONG\" }) { deleted }",
    ),
    (
        "what is locked",
        "unlockWithPassword(input: { password: \"WRONG\" }) { viewer { id } }",
    ),
    (
        "what is locked",
        "unlockWithRecoveryCode(input: { code: \"WRONG\" }) { viewer { id } }",
    ),
    (
        "what is locked",
        "deleteLockedValues(input: { count: 1 }) { count }",
    ),
    (
        "the second factor",
        "confirmTotp(input: { code: \"123456\" }) { backupCodes }",
    ),
    ("the second factor", "replaceBackupCodes { backupCodes }"),
    ("the second factor", "removeTotp { removed }"),
    ("the second factor", "beginTotp { secret }"),
    ("passkeys", "startPasskeyRegistration { options }"),
    (
        "passkeys",
        "finishPasskeyRegistration(input: { response: \"{}\", name: \"Phone\" }) { passkey { id } }",
    ),
    (
        "passkeys",
        "renewPasskey(input: { id: \"PASSKEY\", prf: \"\" }) { passkey { id } }",
    ),
    (
        "passkeys",
        "removePasskey(input: { id: \"PASSKEY\" }) { id }",
    ),
    (
        "an operator's own",
        "deleteAccount(input: { confirmation: \"no\" }) { deleted }",
    ),
];

/// How many acts of the list ask for the password first.
const WITH_PASSWORD: usize = 5;

fn mutation(act: &str) -> String {
    let act = act.replace("WRONG", "eleven loud harbours");
    format!("mutation {{ {} }}", act.replace("PASSKEY", PASSKEY))
}

async fn ask(router: &Router, token: Option<&str>, query: &str) -> Value {
    let bearer = token.map(|token| format!("Bearer {token}"));
    let mut headers = vec![JSON];
    headers.extend(bearer.as_deref().map(|bearer| ("authorization", bearer)));
    let body = json!({ "query": query }).to_string();
    let asked = request(Method::POST, "/graphql", &headers, Body::from(body));
    let response = router.clone().oneshot(asked).await.unwrap();
    let bytes = to_bytes(response.into_body(), usize::MAX).await.unwrap();
    serde_json::from_slice(&bytes).unwrap()
}

/// Asks for the export.
async fn export(router: &Router, token: &str) -> Value {
    let bearer = format!("Bearer {token}");
    let headers = [("authorization", bearer.as_str())];
    let asked = request(Method::POST, "/export", &headers, Body::empty());
    let response = router.clone().oneshot(asked).await.unwrap();
    let bytes = to_bytes(response.into_body(), usize::MAX).await.unwrap();
    serde_json::from_slice(&bytes).unwrap()
}

fn code(answer: &Value) -> &str {
    answer["errors"][0]["extensions"]["code"]
        .as_str()
        .unwrap_or("done")
}

async fn visitor(router: &Router) -> String {
    let visit = ask(
        router,
        None,
        "mutation { visit(delivery: BEARER) { token } }",
    )
    .await;
    visit["data"]["visit"]["token"].as_str().unwrap().to_owned()
}

async fn owner(router: &Router, name: &str) -> String {
    let token = visitor(router).await;
    let claim = format!(
        "mutation {{ claim(delivery: BEARER, input: {{ email: \"{name}@example.org\", password: \"{PASSWORD}\" }}) {{ token }} }}"
    );
    let claimed = ask(router, Some(&token), &claim).await;
    claimed["data"]["claim"]["token"]
        .as_str()
        .unwrap()
        .to_owned()
}

async fn dangerous_acts_need_a_fresh_proof(test: &TestDatabase) {
    let router = router(test, Settings::development()).await;
    let token = owner(&router, "fresh").await;
    for (what, act) in ACTS {
        let answer = ask(&router, Some(&token), &mutation(act)).await;
        assert_ne!(
            code(&answer),
            "FRESH_AUTHENTICATION_REQUIRED",
            "{what}: {answer:#}"
        );
    }
    let document = export(&router, &token).await;
    assert_eq!(document["form"], "READABLE", "{document:#}");
    test.database.clock().advance(Duration::minutes(15));
    for (what, act) in ACTS {
        let answer = ask(&router, Some(&token), &mutation(act)).await;
        assert_eq!(
            code(&answer),
            "FRESH_AUTHENTICATION_REQUIRED",
            "{what}: {answer:#}"
        );
    }
    let answer = export(&router, &token).await;
    assert_eq!(code(&answer), "FRESH_AUTHENTICATION_REQUIRED", "{answer:#}");
    let again = format!(
        "mutation {{ authenticateAgain(delivery: BEARER, input: {{ password: \"{PASSWORD}\" }}) {{ token }} }}"
    );
    let proved = ask(&router, Some(&token), &again).await;
    let token = proved["data"]["authenticateAgain"]["token"]
        .as_str()
        .unwrap();
    let document = export(&router, token).await;
    assert_eq!(document["form"], "READABLE", "{document:#}");
    let last = "deleteAccount(input: { confirmation: \"delete my account\", password: \"eleven quiet harbours\" }) { deleted }";
    let gone = ask(&router, Some(token), &mutation(last)).await;
    assert_eq!(gone["data"]["deleteAccount"]["deleted"], true, "{gone:#}");
}

async fn passwords_that_they_ask_for_are_not_guessed(test: &TestDatabase) {
    let router = router(test, Settings::development()).await;
    for (number, (what, act)) in ACTS.iter().take(WITH_PASSWORD).enumerate() {
        let token = owner(&router, &format!("guessed{number}")).await;
        // Another address is written to, which is counted as well, and sooner.
        let most = if act.starts_with("changeEmail") {
            5
        } else {
            10
        };
        for _ in 0..most {
            let answer = ask(&router, Some(&token), &mutation(act)).await;
            assert_eq!(code(&answer), "CREDENTIALS_REFUSED", "{what}: {answer:#}");
        }
        let answer = ask(&router, Some(&token), &mutation(act)).await;
        assert_eq!(code(&answer), "RATE_LIMITED", "{what}: {answer:#}");
    }
}

async fn a_visitor_has_nothing_to_prove(test: &TestDatabase) {
    let router = router(test, Settings::development()).await;
    let token = visitor(&router).await;
    test.database.clock().advance(Duration::days(1));
    let turned = ask(
        &router,
        Some(&token),
        "mutation { rotateDataKey(delivery: BEARER, input: {}) { token } }",
    )
    .await;
    let token = turned["data"]["rotateDataKey"]["token"].as_str().unwrap();
    let document = export(&router, token).await;
    assert_eq!(document["form"], "READABLE", "{document:#}");
    let last =
        "mutation { deleteAccount(input: { confirmation: \"delete my account\" }) { deleted } }";
    let gone = ask(&router, Some(token), last).await;
    assert_eq!(gone["data"]["deleteAccount"]["deleted"], true, "{gone:#}");
}
