//! The server's keys are exchanged with the commands of the run book, beside servers that run and people who come and go;
//! and what is killed on the way is gone on with. Against the real binary, on both databases.
#![allow(clippy::expect_used, reason = "a test that cannot go on has failed")]

mod support;

use std::{
    path::Path,
    process::{Command, Stdio},
    thread,
    time::Duration,
};

use serde_json::json;
use support::{
    account::{CLAIM, FORGOTTEN, SIGN_IN, UNLOCK, WRITE, claim, confirm, reset, signed_in, words},
    client::Client,
    frame::with_servers,
    partner::Program,
    server::{Server, Setup},
};

const PASSWORD: &str = "eleven quiet harbours";
const OTHER: &str = "twelve loud harbours";

const READ: &str = "{ email profile { headline { value } } }";

with_servers!(keys_are_exchanged);

/// Somebody with a confirmed address and something private; their session and recovery code.
fn somebody(server: &Server, email: &str) -> (Client, String) {
    let visitor = server.client().visit();
    visitor.ask(WRITE, json!({}));
    let claimed = claim(&visitor, email, PASSWORD);
    confirm(server, email);
    (claimed.client, claimed.recovery_code)
}

fn assert_reads(client: &Client, email: &str, value: Option<&str>) {
    let read = json!({ "email": email, "profile": { "headline": { "value": value } } });
    assert_eq!(client.ask(READ, json!({})), read);
}

fn mode(file: &Path) -> u32 {
    let data = std::fs::metadata(file).expect("the file");
    std::os::unix::fs::PermissionsExt::mode(&data.permissions()) & 0o777
}

fn keys_are_exchanged(setup: Setup) {
    let server = Server::start(setup.clone());
    let file = setup.folder.join("keys");
    let first = std::fs::read_to_string(&file).expect("keys");
    let refused = server.tried(&["keys", "carry"]);
    assert!(
        !refused.0 && refused.1.contains("keys rotate"),
        "{}",
        refused.1
    );
    let partner = webhook(&server);
    let (back, _) = somebody(&server, "back@example.org");
    let (_, code) = somebody(&server, "away@example.org");
    for number in 0..30 {
        let visitor = server.client().visit();
        visitor.ask(CLAIM, words(&format!("n{number}@example.org"), PASSWORD));
    }

    // The present server goes on, and holds the exchange up until it knows the new keys too.
    server.command(&["keys", "rotate"]);
    let two = std::fs::read_to_string(&file).expect("keys");
    assert!(two.contains("[generation 2]") && mode(&file) == 0o600);
    assert!(
        first
            .lines()
            .filter(|line| line.contains('='))
            .all(|line| two.contains(line))
    );
    assert!(!server.tried(&["keys", "rotate"]).0, "one after the other");
    signed_in(&server, "back@example.org", PASSWORD);
    let (done, said) = server.tried(&["keys", "carry"]);
    assert!(
        !done && said.contains("without the newer keys: 1"),
        "{said}"
    );
    server.stop();

    let server = Server::start(setup.clone());
    let said = server.command(&["keys", "status"]);
    assert!(said.contains("generations 1 and 2") && said.contains("In use: generation 1"));
    assert!(said.contains("1 secrets of webhooks"), "{said}");
    server
        .client()
        .ask(FORGOTTEN, json!({ "email": "back@example.org" }));
    killed_while_carrying(&setup, &server);
    let said = server.command(&["keys", "carry"]);
    assert!(said.contains("generation 2 are in use"), "{said}");
    assert!(said.contains("0 addresses, 0 phones, 0 letters"), "{said}");
    assert!(said.contains("0 secrets of webhooks"), "{said}");
    assert!(said.contains("of 32 people: 32 passwords"), "{said}");

    // Nobody notices.
    let back = back.moved_to(&server.client());
    assert_reads(&back, "back@example.org", Some("a private line"));
    let again = signed_in(&server, "back@example.org", PASSWORD);
    assert_reads(&again, "back@example.org", Some("a private line"));
    let refused = server
        .client()
        .refused(SIGN_IN, words("away@example.org", OTHER));
    assert_eq!(refused, "CREDENTIALS_REFUSED");
    somebody(&server, "new@example.org");
    for number in 0..30 {
        signed_in(&server, &format!("n{number}@example.org"), PASSWORD);
    }
    server.mailed_token("back@example.org", "reset-password");

    // Who has not come back is not locked out without a word.
    let (done, said) = server.tried(&["keys", "retire"]);
    assert!(
        !done && said.contains("1 people would be locked out"),
        "{said}"
    );
    assert!(!server.tried(&["keys", "retire", "--locking", "2"]).0);
    assert_eq!(std::fs::read_to_string(&file).expect("keys"), two);
    server.command(&["keys", "retire", "--locking", "1"]);
    let alone = std::fs::read_to_string(&file).expect("keys");
    assert!(!alone.contains("[generation 1]") && mode(&file) == 0o600);
    server.stop();

    with_the_new_keys_alone(&setup, &code, &partner);

    // The keys from before open nothing any more, and a server that has only them does not start.
    std::fs::write(&file, first).expect("the keys from before");
    let output = Command::new(env!("CARGO_BIN_EXE_dreamtree"))
        .arg("doctor")
        .env("DATABASE_URL", setup.url)
        .env("DREAMTREE_KEYS_FILE", &file)
        .output()
        .expect("it runs");
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(
        !output.status.success() && said.contains("keys of generation 2"),
        "{said}"
    );
}

/// A partner that is told what happens, whose secret is sealed; its client id.
fn webhook(server: &Server) -> String {
    let partner = Program::register(server, "A school", &["competency.read"]).id;
    let url = "https://hooks.school.example/";
    let event = ["--event", "grant.given"];
    let words = [&["partner", "webhook", "set", &partner, url][..], &event].concat();
    let said = server.command(&words);
    assert!(said.starts_with("secret: whsec_"), "{said}");
    partner
}

/// A message is signed and leaves; the name of its place leads nowhere.
fn a_secret_still_signs(server: &Server, partner: &str) {
    server.command(&["partner", "webhook", "test", partner]);
    for _ in 0..300 {
        let listed = server.command(&["partner", "webhook", "deliveries"]);
        if !listed.contains("last -") {
            assert!(!listed.contains("sealed"), "{listed}");
            return;
        }
        thread::sleep(Duration::from_millis(100));
    }
    panic!("the message was never tried:\n{}", server.log());
}

/// Nobody misses the old keys but who never came back, and they have a way back.
fn with_the_new_keys_alone(setup: &Setup, code: &str, partner: &str) {
    let server = Server::start(setup.clone());
    a_secret_still_signs(&server, partner);
    let again = signed_in(&server, "back@example.org", PASSWORD);
    assert_reads(&again, "back@example.org", Some("a private line"));
    let refused = server
        .client()
        .refused(SIGN_IN, words("away@example.org", PASSWORD));
    assert_eq!(refused, "CREDENTIALS_REFUSED");
    reset(&server, "away@example.org", OTHER);
    let away = signed_in(&server, "away@example.org", OTHER);
    assert_reads(&away, "away@example.org", None);
    away.ask(UNLOCK, json!({ "code": code }));
    assert_reads(&away, "away@example.org", Some("a private line"));
    let mails = server.mails();
    let told = mails
        .iter()
        .filter(|mail| mail.contains("has to be made anew"));
    assert!(
        told.into_iter()
            .all(|mail| mail.contains("away@example.org"))
    );
    assert!(
        mails
            .iter()
            .any(|mail| mail.contains("has to be made anew"))
    );
    server.stop();
}

/// Begins to carry over several times and is killed each time; people sign in meanwhile.
fn killed_while_carrying(setup: &Setup, server: &Server) {
    for (number, milliseconds) in [300, 150, 250, 350, 450].into_iter().enumerate() {
        let mut command = Command::new(env!("CARGO_BIN_EXE_dreamtree"));
        command
            .args(["keys", "carry"])
            .env("DATABASE_URL", &setup.url)
            .env("DREAMTREE_KEYS_FILE", setup.folder.join("keys"))
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        let mut process = command.spawn().expect("it begins");
        thread::sleep(Duration::from_millis(milliseconds));
        process.kill().expect("SIGKILL");
        process.wait().expect("an end");
        // The first one takes the newer keys into use, which servers notice within seconds; the others find it done.
        if number == 0 {
            thread::sleep(Duration::from_secs(8));
        }
        let email = format!("n{number}@example.org");
        let answer = server
            .client()
            .send(SIGN_IN, words(&email, "not the password"));
        let code = &answer["errors"][0]["extensions"]["code"];
        assert_eq!(code, "CREDENTIALS_REFUSED", "{answer:#}");
    }
}
