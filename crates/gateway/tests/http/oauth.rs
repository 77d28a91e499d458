//! Signing in on the page of a partner's request, for somebody with a second factor.

use std::time::{SystemTime, UNIX_EPOCH};

use axum::http::{Method, StatusCode};
use dreamtree_gateway::Settings;
use dreamtree_partners::{NewPartner, ProgramKind, Scopes, partner};
use serde_json::json;
use totp_rs::{Builder, Secret};

use crate::{Answer, JSON, Server, request};

const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");
const BACK: &str = "https://school.example/back";

async fn send(server: &Server, path: &str, fields: &[(&str, &str)]) -> Answer {
    let mut form = form_urlencoded::Serializer::new(String::new());
    form.extend_pairs(fields);
    let body = form.finish();
    server
        .send(request(Method::POST, path, &[FORM], body))
        .await
}

/// The value of a hidden field of a page.
fn field(page: &str, name: &str) -> String {
    let (_, rest) = page
        .split_once(&format!("name=\"{name}\" value=\""))
        .unwrap();
    rest.split('"').next().unwrap().to_owned()
}

/// Somebody with an account and a second factor; one of their backup codes.
async fn with_second_factor(server: &Server) -> String {
    let ask = async |token: Option<&str>, query: &str| {
        let bearer = token.map(|token| format!("Bearer {token}"));
        let bearer = bearer.as_deref().map(|bearer| ("authorization", bearer));
        let headers: Vec<_> = [JSON].into_iter().chain(bearer).collect();
        let answer = server
            .post(&headers, json!({ "query": query }).to_string())
            .await
            .json();
        assert!(answer.get("errors").is_none(), "{answer}");
        answer["data"].clone()
    };
    let visit = ask(None, "mutation { visit(delivery: BEARER) { token } }").await;
    let claim = "mutation { claim(delivery: BEARER, input: { email: \"robin@example.org\",
        password: \"seven slow lanterns\" }) { token } }";
    let claim = ask(visit["visit"]["token"].as_str(), claim).await;
    let token = claim["claim"]["token"].as_str();
    let begun = ask(token, "mutation { beginTotp { secret } }").await;
    let secret = begun["beginTotp"]["secret"].as_str().unwrap().to_owned();
    let phone = Builder::new()
        .with_secret(Secret::try_from_base32(&secret).unwrap())
        .build()
        .unwrap();
    let now = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap()
        .as_secs();
    let code = phone.generate(now).to_string();
    let confirm =
        format!("mutation {{ confirmTotp(input: {{ code: \"{code}\" }}) {{ backupCodes }} }}");
    let confirmed = ask(token, &confirm).await;
    confirmed["confirmTotp"]["backupCodes"][0]
        .as_str()
        .unwrap()
        .to_owned()
}

#[tokio::test]
async fn a_second_factor_is_asked_for_on_the_page() {
    let server = Server::start(Settings {
        site: Some("https://site.example".to_owned()),
        ..Settings::development()
    })
    .await;
    let database = &server.test.database;
    let new = NewPartner {
        name: "A school".to_owned(),
        redirect_uris: vec![BACK.to_owned()],
        scopes: Scopes::parse("profile.basic").unwrap(),
        kind: ProgramKind::Public,
    };
    let registered = partner::register(database.counters(), new, database.clock().now()).await;
    let id = registered.unwrap().partner.id.to_string();
    let code = with_second_factor(&server).await;
    let asked = [
        ("response_type", "code"),
        ("client_id", &*id),
        ("redirect_uri", BACK),
        ("scope", "profile.basic"),
        (
            "code_challenge",
            "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
        ),
        ("code_challenge_method", "S256"),
    ];
    let with = |fields: &[(&'static str, String)]| {
        let more = fields.iter().map(|(name, value)| (*name, value.clone()));
        let all = asked
            .iter()
            .map(|(name, value)| (*name, (*value).to_owned()));
        all.chain(more).collect::<Vec<_>>()
    };
    let try_it = async |fields: &[(&'static str, String)]| {
        let all = with(fields);
        let all: Vec<_> = all.iter().map(|(name, value)| (*name, &**value)).collect();
        send(&server, "/oauth/sign-in", &all).await
    };
    let (email, password) = (
        "robin@example.org".to_owned(),
        "seven slow lanterns".to_owned(),
    );
    let page = try_it(&[("email", email), ("password", password)]).await;
    assert_eq!(page.status, StatusCode::OK);
    assert_eq!(page.header("set-cookie"), "", "no session yet");
    let text = String::from_utf8(page.body.clone()).unwrap();
    assert!(text.contains("one-time-code") && text.contains("https://site.example/sign-in?"));
    assert!(!text.contains("seven slow lanterns"));
    let challenge = field(&text, "challenge");
    let wrong = try_it(&[
        ("challenge", challenge.clone()),
        ("code", "000000".to_owned()),
    ])
    .await;
    assert_eq!(wrong.status, StatusCode::BAD_REQUEST);
    let text = String::from_utf8(wrong.body.clone()).unwrap();
    assert!(text.contains("role=\"alert\"") && field(&text, "challenge") == challenge);
    let right = try_it(&[("challenge", challenge), ("code", code)]).await;
    assert_eq!(right.status, StatusCode::SEE_OTHER);
    assert!(
        right
            .header("location")
            .starts_with("/oauth/authorize?response_type=code&client_id=")
    );
    let cookies = right.headers.get_all("set-cookie").iter();
    let cookies: Vec<_> = cookies
        .map(|one| one.to_str().unwrap().split(';').next().unwrap())
        .collect();
    assert_eq!(cookies.len(), 2, "the session, and the device");
    let headers = [("cookie", &*cookies.join("; "))];
    let body = axum::body::Body::empty();
    let question = request(Method::GET, right.header("location"), &headers, body);
    let question = server.send(question).await;
    let text = String::from_utf8(question.body.clone()).unwrap();
    assert!(text.contains("A school would like to read"), "{text}");
    server.test.remove().await;
}
