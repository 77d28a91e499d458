//! What leaves rows that a walk through the workbook does not: an attempt, choices between two, an answer kept as it is, a tool
//! that rests, a role, a partner's consent with what it was given, a passkey.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use passkey::{
    authenticator::{Authenticator, UiHint, UserCheck, UserValidationMethod},
    client::{Client as Browser, DefaultClientData},
    crypto::rust_crypto::RustCryptoBackend,
    types::{
        Passkey,
        ctap2::{Aaguid, Ctap2Error},
        webauthn::CredentialCreationOptions,
    },
};
use serde_json::{Value, json};
use time::{Duration, OffsetDateTime};
use tokio::runtime::Handle;
use url::Url;

use crate::support::{belongings, client::Client, partner::Program, server::Server};

const START: &str =
    "mutation($assessment: ID!) { startAttempt(input: { assessment: $assessment }) {
    attempt { id questions { question { id } } } } }";
const ANSWER: &str = "mutation($attempt: ID!, $question: ID!) { answerQuestions(input: { attempt: $attempt, answers: [
    { question: $question, choice: A, responseTime: 7 }] }) { attempt { answered } } }";
const COMPLETE: &str = "mutation($attempt: ID!) { completeAttempt(input: { attempt: $attempt }) { attempt { status } } }";
const STORE: &str = r#"mutation($attempt: ID!) { storeInsights(input: { attempt: $attempt, insights: "{\"seen\":true}" }) {
    attempt { insights } } }"#;
const CONFIRM: &str =
    "mutation($token: String!) { confirmEmail(input: { token: $token }) { confirmed } }";
const KEEP: &str =
    "mutation($placement: ID!) { keepAnswer(placement: $placement) { block { id } } }";
const PAIRING: &str =
    "query($placement: ID!) { pairing(placement: $placement) { items { listItem userSkill } } }";
const CHOOSE: &str =
    "mutation($placement: ID!, $winner: RankedItemInput!, $loser: RankedItemInput!) {
    keepChoices(input: { placement: $placement, choices: [{ winner: $winner, loser: $loser }] }) {
    pairing { items { label } } } }";
const REST: &str =
    "mutation($until: Date!) { snooze(input: { tool: \"tool:100006\", until: $until }) {
    dailyDos { id } } }";

/// Does all of it once, as somebody who has claimed their work with this address and has a whole self-assessment.
pub(crate) fn give(server: &Server, person: &Client, email: &str) {
    belongings::give(person, 2);
    attempt(person);
    let stale = person.ask("{ stalePlacements { placement } }", json!({}));
    let placement = stale["stalePlacements"][0]["placement"].clone();
    person.ask(KEEP, json!({ "placement": placement }));
    choice(person);
    let until = (OffsetDateTime::now_utc() + Duration::days(30)).date();
    person.ask(REST, json!({ "until": until.to_string() }));
    let mailed = server.mailed_token(email, "confirm-email");
    server.client().ask(CONFIRM, json!({ "token": mailed }));
    server.command(&["operator", "add", email]);
    consent(server, person);
    passkey(person);
}

fn attempt(person: &Client) {
    let all = person.ask("{ assessments { assessment { id } } }", json!({}));
    let assessment = json!({ "assessment": all["assessments"][0]["assessment"]["id"] });
    let begun = person.ask(START, assessment)["startAttempt"]["attempt"].clone();
    let attempt = json!({ "attempt": begun["id"] });
    let question = &begun["questions"][0]["question"]["id"];
    person.ask(
        ANSWER,
        json!({ "attempt": begun["id"], "question": question }),
    );
    person.ask(COMPLETE, attempt.clone());
    person.ask(STORE, attempt);
}

fn choice(person: &Client) {
    let placement = json!("placement:1132");
    let pairing = person.ask(PAIRING, json!({ "placement": placement }));
    let item = |at: usize| -> Value {
        let item = &pairing["pairing"]["items"][at];
        let mut ids = ["listItem", "userSkill"].into_iter();
        let kind = ids
            .find(|kind| !item[kind].is_null())
            .expect("something that is ranked");
        json!({ kind: item[kind] })
    };
    let chosen = json!({ "placement": placement, "winner": item(1), "loser": item(0) });
    person.ask(CHOOSE, chosen);
}

/// Lets a partner read, and has it read.
fn consent(server: &Server, person: &Client) {
    let scope = "credential.readonly";
    let program = Program::register(server, "A reader of everything", &[scope]);
    let cookies = format!("dt_session={}", person.token().expect("a session"));
    let sent = program.consent(&cookies, scope, &[scope]);
    let tokens = program.exchange(&sent.sent("code").expect("a code")).json();
    let bearer = format!(
        "Bearer {}",
        tokens["access_token"].as_str().expect("a token")
    );
    let read = program.get("/ims/ob/v3p0/credentials", &[("authorization", &bearer)]);
    assert_eq!(
        (read.status, read.header("x-total-count")),
        (200, "1"),
        "{}",
        read.text
    );
}

/// The finger on the sensor of a device.
struct Finger;

#[async_trait::async_trait]
impl UserValidationMethod for Finger {
    type PasskeyItem = Passkey;

    async fn check_user<'a>(
        &self,
        _: UiHint<'a, Passkey>,
        presence: bool,
        verification: bool,
    ) -> Result<UserCheck, Ctap2Error> {
        Ok(UserCheck {
            presence,
            verification,
        })
    }

    fn is_presence_enabled(&self) -> bool {
        true
    }

    fn is_verification_enabled(&self) -> Option<bool> {
        Some(true)
    }
}

/// Registers a passkey on a page of the server's own, which has a name there.
fn passkey(person: &Client) {
    let address = person.address().replace("127.0.0.1", "localhost");
    let token = person.token().expect("a session");
    let person = Client::new(&address).with_token(token);
    let begun = person.ask(
        "mutation { startPasskeyRegistration { options } }",
        json!({}),
    );
    let options = begun["startPasskeyRegistration"]["options"].as_str();
    let options: Value = serde_json::from_str(options.expect("options")).expect("JSON");
    let options: CredentialCreationOptions =
        serde_json::from_value(json!({ "publicKey": options })).expect("options of create()");
    let kept: Option<Passkey> = None;
    let device = Authenticator::new(Aaguid::new_empty(), kept, Finger, RustCryptoBackend);
    let mut browser = Browser::new(device).allows_insecure_localhost(true);
    let url = Url::parse(&address).expect("an origin");
    let made = Handle::current().block_on(browser.register(&url, options, DefaultClientData));
    let mut response = serde_json::to_value(made.expect("a credential")).expect("JSON");
    as_text(&mut response);
    let finish = "mutation($input: FinishPasskeyRegistrationInput!) { finishPasskeyRegistration(input: $input) {
        passkey { id } } }";
    let input = json!({ "response": response.to_string(), "name": "Phone" });
    person.ask(finish, json!({ "input": input }));
}

/// The library writes bytes as lists of numbers, browsers write base64url.
fn as_text(value: &mut Value) {
    match value {
        Value::Object(fields) => fields.values_mut().for_each(as_text),
        Value::Array(list) => {
            let bytes = serde_json::from_value::<Vec<u8>>(Value::Array(list.clone()));
            if let Some(bytes) = bytes.ok().filter(|bytes| !bytes.is_empty()) {
                *value = json!(URL_SAFE_NO_PAD.encode(bytes));
            }
        }
        _ => {}
    }
}
