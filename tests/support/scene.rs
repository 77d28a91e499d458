//! Who plays a case of `columns.toml`: most cases need somebody who has just come, some need more.

use std::{
    thread,
    time::{Duration, Instant, SystemTime},
};

use serde::Deserialize;
use serde_json::{Value, json};
use totp_rs::{Builder, Secret};
use uuid::Uuid;

use super::{account, client::Client, partner::Program, server::Server};

const PASSWORD: &str = "nine wet cobblestones";
const OTHER: &str = "ten dry cobblestones";
const LETTERS: &str = "{ operations { letters { attempts } } }";

/// Who plays a case.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Scene {
    /// Somebody who has just come.
    #[default]
    Visitor,
    /// Somebody with a confirmed address.
    Owner,
    /// The same, who has lost their password and set another one.
    Returned,
    /// The same, who has opened with the recovery code what that had locked.
    Reopened,
    /// The same, whose sign-in takes two steps: one has used a code on paper, another one waits.
    TwoSteps,
    /// The same, who lets a partner read; the partner has done so.
    Lender,
    /// The same, who was named an operator.
    Operator,
    /// An operator, while a letter cannot be sent.
    Postmaster,
}

impl Scene {
    /// Begins as a visitor; who they are afterwards.
    pub(crate) fn begin(self, server: &Server, visitor: Client) -> Client {
        if self == Self::Visitor {
            return visitor;
        }
        let email = format!("{}@example.org", Uuid::new_v4().simple());
        let claimed = account::claim(&visitor, &email, PASSWORD);
        let (client, code) = (claimed.client, claimed.recovery_code);
        account::confirm(server, &email);
        match self {
            Self::Visitor | Self::Owner => client,
            Self::Returned => returned(server, &client, &email),
            Self::Reopened => {
                let client = returned(server, &client, &email);
                client.ask(account::UNLOCK, json!({ "code": code }));
                client
            }
            Self::TwoSteps => {
                two_steps(server, &client, &email);
                client
            }
            Self::Lender => {
                lend(server, &email);
                client
            }
            Self::Operator => {
                server.command(&["operator", "add", &email]);
                client
            }
            Self::Postmaster => {
                server.command(&["operator", "add", &email]);
                a_letter_waits(server, &client, &email);
                client
            }
        }
    }
}

fn returned(server: &Server, client: &Client, email: &str) -> Client {
    client.ask(account::WRITE, json!({}));
    account::reset(server, email, OTHER);
    account::signed_in(server, email, OTHER)
}

fn two_steps(server: &Server, client: &Client, email: &str) {
    let begun = client.ask("mutation { beginTotp { secret } }", json!({}));
    let secret = Secret::try_from_base32(text(&begun["beginTotp"]["secret"])).expect("a secret");
    let phone = Builder::new().with_secret(secret).build().expect("a phone");
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    let code = phone
        .generate(now.expect("after 1970").as_secs())
        .to_string();
    let confirm =
        "mutation($code: String!) { confirmTotp(input: { code: $code }) { backupCodes } }";
    let codes = client.ask(confirm, json!({ "code": code }));
    let paper = &codes["confirmTotp"]["backupCodes"][0];
    let challenge = || {
        let sign_in = "mutation($email: String!, $password: String!) {
            signIn(delivery: BEARER, input: { email: $email, password: $password }) { challenge { token } } }";
        let words = account::words(email, PASSWORD);
        server.client().ask(sign_in, words)["signIn"]["challenge"]["token"].clone()
    };
    let complete = "mutation($input: CompleteSignInInput!) {
        completeSignIn(delivery: BEARER, input: $input) { token } }";
    let input = json!({ "challenge": challenge(), "code": paper });
    server.client().ask(complete, json!({ "input": input }));
    challenge();
}

/// The partner reads, and exchanges its tokens once.
fn lend(server: &Server, email: &str) {
    let scope = "competency.read profile.basic";
    let program = Program::register(server, "A school", &["competency.read", "profile.basic"]);
    let mut fields = program.request(scope).to_vec();
    fields.extend([("email", email), ("password", PASSWORD)]);
    let cookies = program.post("/oauth/sign-in", &fields, &[]).cookies();
    let sent = program.consent(&cookies, scope, &["competency.read"]);
    let tokens = program.exchange(&sent.sent("code").expect("a code")).json();
    let theirs = server.client().with_token(text(&tokens["access_token"]));
    let read = "{ partner { subjects(first: 1) { nodes { subject } } } }";
    theirs.ask(read, json!({}));
    let refresh = text(&tokens["refresh_token"]);
    let again = program.token(&[("grant_type", "refresh_token"), ("refresh_token", refresh)]);
    assert_eq!(again.status, 200, "{}", again.text);
}

/// Asks for a mail while there is no way to send one, and waits until that was tried.
fn a_letter_waits(server: &Server, operator: &Client, email: &str) {
    server.without_mail(|| {
        let words = json!({ "email": email });
        server.client().ask(account::FORGOTTEN, words);
        let begun = Instant::now();
        while operator.ask(LETTERS, json!({}))["operations"]["letters"][0]["attempts"] != 1 {
            assert!(
                begun.elapsed() < Duration::from_secs(20),
                "{}",
                server.log()
            );
            thread::sleep(Duration::from_millis(50));
        }
        // It was tried; that it has failed takes no longer than this.
        thread::sleep(Duration::from_millis(500));
    });
}

fn text(value: &Value) -> &str {
    value
        .as_str()
        .unwrap_or_else(|| panic!("{value} is no text"))
}
