//! Somebody's devices over HTTP against the real binary, on both databases: cookies, the vault's lock, two steps of a
//! sign-in, and strangers who guess. Afterwards what must be kept nowhere is searched for in database and log.
#![allow(clippy::expect_used, reason = "a test that cannot go on has failed")]

mod support;

use std::time::SystemTime;

use serde_json::{Value, json};
use support::{
    account::{LOCK, WRITE},
    frame::Frame,
    server::{Server, Setup},
};
use totp_rs::{Builder, Secret};

const EMAIL: &str = "keeper@example.org";
const PASSWORD: &str = "nineteen green bicycles";
const AGENT: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
const STRANGERS: &str = "198.51.100";

#[tokio::test]
async fn devices_on_sqlite() {
    let frame = Frame::sqlite();
    let secrets = frame.run(story).await;
    let kept = frame.files(["test.db", "test.db-wal", "server.log"]);
    let kept = String::from_utf8_lossy(&kept);
    assert!(
        kept.contains("Firefox on Linux"),
        "the search looks at the rows"
    );
    for secret in secrets {
        assert!(!kept.contains(&secret), "{secret} is kept");
    }
    frame.remove().await;
}

#[tokio::test]
async fn devices_on_postgres() {
    let frame = Frame::postgres().await;
    frame.run(story).await;
    frame.remove().await;
}

/// A browser: it keeps cookies, says what it is, and comes from somewhere by way of a proxy on this machine.
struct Browser {
    address: String,
    from: String,
    cookies: Vec<(String, String)>,
    agent: ureq::Agent,
}

impl Browser {
    fn new(server: &Server, from: &str) -> Self {
        let config = ureq::Agent::config_builder().http_status_as_error(false);
        Self {
            address: server.client().address().to_owned(),
            from: from.to_owned(),
            cookies: Vec::new(),
            agent: config.build().into(),
        }
    }

    /// The whole answer.
    fn send(&mut self, query: &str, variables: &Value) -> Value {
        let cookies = self
            .cookies
            .iter()
            .map(|(name, value)| format!("{name}={value}"));
        let cookies: Vec<String> = cookies.collect();
        let request = self.agent.post(format!("{}/graphql", self.address));
        let mut reply = request
            .header("user-agent", AGENT)
            .header("x-forwarded-for", format!("192.0.2.1, {}", self.from))
            .header("cookie", cookies.join("; "))
            .send_json(json!({ "query": query, "variables": variables }))
            .expect("the server answers");
        for line in reply.headers().get_all("set-cookie") {
            let line = line.to_str().expect("ASCII").to_owned();
            let (name, rest) = line.split_once('=').expect("a cookie");
            let value = rest.split(';').next().unwrap_or_default().to_owned();
            self.cookies.retain(|(known, _)| known != name);
            self.cookies.push((name.to_owned(), value));
        }
        reply.body_mut().read_json().expect("JSON")
    }

    fn ask(&mut self, query: &str) -> Value {
        let reply = self.send(query, &json!({}));
        assert!(reply.get("errors").is_none(), "{query}\n{reply:#}");
        reply["data"].clone()
    }

    fn refused(&mut self, query: &str) -> String {
        code(&self.send(query, &json!({})))
    }

    fn sign_in(&mut self, password: &str) -> Value {
        let query = "mutation($input: SignInInput!) { signIn(input: $input) { token deviceToken viewer { vault }
            challenge { token expiresAt } } }";
        let input = json!({ "email": EMAIL, "password": password });
        self.send(query, &json!({ "input": input }))
    }

    fn cookie(&self, name: &str) -> &str {
        let found = self.cookies.iter().find(|(known, _)| known == name);
        found.map_or("", |(_, value)| value)
    }
}

fn code(reply: &Value) -> String {
    let code = reply["errors"][0]["extensions"]["code"].as_str();
    code.unwrap_or_else(|| panic!("{reply:#}")).to_owned()
}

const READ: &str = "{ viewer { vault } profile { headline { state value } } }";

/// Returns what must be kept nowhere.
fn story(setup: Setup) -> Vec<String> {
    let server = &Server::start(setup);
    let mut home = Browser::new(server, "203.0.113.7");
    home.ask("mutation { visit { token } }");
    home.ask(&format!(
        "mutation {{ claim(input: {{ email: \"{EMAIL}\", password: \"{PASSWORD}\" }}) {{ token }} }}"
    ));
    let link = server.mailed_token(EMAIL, "confirm-email");
    home.ask(&format!(
        "mutation {{ confirmEmail(input: {{ token: \"{link}\" }}) {{ confirmed }} }}"
    ));
    let first = home.cookie("dt_session").to_owned();
    let device = home.cookie("dt_device").to_owned();
    assert_eq!((first.len(), device.len()), (64, 64));
    lock(&mut home);
    assert_ne!(home.cookie("dt_session"), first, "another token");
    let secret = enrol(&mut home);
    two_steps(server, &secret);
    strangers(server, &mut home);
    let tokens = home.cookies.iter().map(|(_, value)| value.clone());
    let mut secrets: Vec<String> = tokens.filter(|token| !token.is_empty()).collect();
    let plain = [
        &first,
        &device,
        &secret,
        &link,
        "Gecko",
        STRANGERS,
        "203.0.113",
        EMAIL,
        PASSWORD,
    ];
    secrets.extend(plain.map(ToOwned::to_owned));
    secrets
}

/// A locked vault shows nothing private and takes nothing; the session goes on.
fn lock(home: &mut Browser) {
    home.ask(WRITE);
    home.ask(LOCK);
    let read = home.ask(READ);
    assert_eq!(read["viewer"]["vault"], "LOCKED");
    assert_eq!(
        read["profile"]["headline"],
        json!({ "state": "LOCKED", "value": null })
    );
    assert_eq!(home.refused(WRITE), "VAULT_LOCKED");
    home.ask(&format!(
        "mutation {{ unlockVault(input: {{ password: \"{PASSWORD}\" }}) {{ token }} }}"
    ));
    let read = home.ask(READ);
    let open = json!({ "state": "UNLOCKED", "value": "a private line" });
    assert_eq!(read["profile"]["headline"], open);
}

/// What a phone shows so many seconds from now.
fn code_in(secret: &str, seconds: u64) -> String {
    let secret = Secret::try_from_base32(secret).expect("a secret");
    let totp = Builder::new().with_secret(secret).build().expect("a phone");
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    totp.generate(now.expect("after 1970").as_secs() + seconds)
        .to_string()
}

fn enrol(home: &mut Browser) -> String {
    let begun = home.ask("mutation { beginTotp { secret } }");
    let secret = begun["beginTotp"]["secret"]
        .as_str()
        .expect("a secret")
        .to_owned();
    let confirm = format!(
        "mutation {{ confirmTotp(input: {{ code: \"{}\" }}) {{ backupCodes }} }}",
        code_in(&secret, 0)
    );
    home.ask(&confirm);
    secret
}

fn two_steps(server: &Server, secret: &str) {
    let mut office = Browser::new(server, "2001:db8::7");
    let reply = office.sign_in(PASSWORD);
    let signed = &reply["data"]["signIn"];
    assert_eq!(signed["viewer"], json!(null), "{reply:#}");
    assert!(office.cookies.is_empty(), "no session and no mark yet");
    let challenge = &signed["challenge"]["token"];
    let complete = "mutation($input: CompleteSignInInput!) { completeSignIn(input: $input) { viewer { vault } } }";
    // The code of now has confirmed the phone; that of the next step is good already.
    let input = json!({ "challenge": challenge, "code": code_in(secret, 30) });
    let entered = office.send(complete, &json!({ "input": input }));
    assert_eq!(
        entered["data"]["completeSignIn"]["viewer"]["vault"], "UNLOCKED",
        "{entered:#}"
    );
    assert_eq!(
        code(&office.send(complete, &json!({ "input": input }))),
        "CHALLENGE_EXPIRED"
    );
    let list = office.ask("{ sessions { device current } }");
    assert_eq!(list["sessions"].as_array().map(Vec::len), Some(2));
    assert_eq!(list["sessions"][0]["device"], "Firefox on Linux");
    office.ask("mutation { signOut { signedOut } }");
    assert_eq!(office.cookie("dt_session"), "");
}

/// Whoever guesses is slowed, by account and by network; the owner's browser is not.
fn strangers(server: &Server, home: &mut Browser) {
    let mut answer = json!(null);
    for number in 0..11 {
        let mut stranger = Browser::new(server, &format!("{STRANGERS}.{number}"));
        answer = stranger.sign_in("nineteen grey bicycles");
    }
    assert_eq!(code(&answer), "RATE_LIMITED");
    let wait = &answer["errors"][0]["extensions"]["retryAfterSeconds"];
    assert!(
        wait.as_u64().is_some_and(|wait| (1..=60).contains(&wait)),
        "{answer:#}"
    );
    home.from = format!("{STRANGERS}.250");
    let known = home.sign_in(PASSWORD);
    assert!(
        known["data"]["signIn"]["challenge"].is_object(),
        "{known:#}"
    );
    let mut unmarked = Browser::new(server, "203.0.113.7");
    assert_eq!(code(&unmarked.sign_in(PASSWORD)), "RATE_LIMITED");
}
