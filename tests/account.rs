//! Somebody loses their password, finds it again, and changes what they sign in with: over HTTP against the real binary,
//! with the mails that it sends, on both databases.
#![allow(clippy::expect_used, reason = "a test that cannot go on has failed")]

mod support;

use serde_json::{Value, json};
use support::{
    account::{
        CHANGE_PASSWORD, CLAIM, CONFIRM, FORGOTTEN, RESET, SIGN_IN, UNLOCK, confirm, signed_in,
        words,
    },
    client::Client,
    frame::with_servers,
    server::{Server, Setup},
};

const EMAIL: &str = "forgetful@example.org";
const NEW: &str = "elsewhere@example.org";
const FIRST: &str = "eleven quiet harbours";
const SECOND: &str = "twelve loud harbours";

const UNLOCK_OLD: &str = "mutation($password: String!) {
    unlockWithPassword(input: { password: $password }) { viewer { vault } } }";
const CHANGE_EMAIL: &str = "mutation($email: String!, $password: String!) {
    changeEmail(input: { email: $email, password: $password }) { emailAddresses { email active } } }";
const ADDRESSES: &str = "{ emailAddresses { email active confirmedAt } }";
const CONTACT: &str =
    "mutation { createContact(input: { name: \"Marigold\" }) { contact { id } } }";
const CONTACTS: &str = "{ lockedValues contacts { name { state value } } }";

with_servers!(account);

fn contact(state: &str, value: Option<&str>) -> Value {
    json!([{ "name": { "state": state, "value": value } }])
}

fn account(setup: Setup) {
    let server = Server::start(setup);
    let visitor = server.client().visit();
    visitor.ask(CONTACT, json!({}));
    let credentials = words(EMAIL, FIRST);
    let claimed = visitor.ask(CLAIM, credentials.clone())["claim"].clone();
    let code = claimed["recoveryCode"].as_str().expect("a code").to_owned();
    let confirmed = confirm(&server, EMAIL);
    assert_refused(&server, &confirmed);
    somebody_else_claims_it(&server);

    // What was asked for is mailed, whatever happens to the server meanwhile.
    server.client().ask(FORGOTTEN, json!({ "email": EMAIL }));
    let server = server.crash_and_restart();
    let reset = server.mailed_token(EMAIL, "reset-password");
    let again = json!({ "token": reset, "password": SECOND });
    let fresh = server.client().ask(RESET, again.clone());
    assert_ne!(fresh["resetPassword"]["recoveryCode"], json!(code));
    assert_eq!(server.client().refused(RESET, again), "TOKEN_REFUSED");
    let first = server
        .client()
        .with_token(claimed["token"].as_str().expect("a token"));
    assert_eq!(
        first.refused(CONTACTS, json!({})),
        "SESSION_EXPIRED",
        "every device is signed out"
    );
    assert_eq!(
        server.client().refused(SIGN_IN, credentials),
        "CREDENTIALS_REFUSED"
    );

    let person = signed_in(&server, EMAIL, SECOND);
    let locked = person.ask(CONTACTS, json!({}));
    assert_eq!(locked["lockedValues"], 1);
    assert_eq!(locked["contacts"], contact("LOCKED", None));
    let wrong = json!({ "code": fresh["resetPassword"]["recoveryCode"] });
    assert_eq!(person.refused(UNLOCK, wrong), "CREDENTIALS_REFUSED");
    let slip = json!({ "code": "0000-0000" });
    assert_eq!(person.refused(UNLOCK, slip), "INVALID_INPUT");
    let wrong = json!({ "password": SECOND });
    assert_eq!(person.refused(UNLOCK_OLD, wrong), "CREDENTIALS_REFUSED");
    person.ask(UNLOCK, json!({ "code": code }));
    let open = person.ask(CONTACTS, json!({}));
    assert_eq!(open["lockedValues"], 0);
    assert_eq!(open["contacts"], contact("UNLOCKED", Some("Marigold")));
    let nothing = json!({ "password": FIRST });
    assert_eq!(person.refused(UNLOCK_OLD, nothing), "NOT_FOUND");

    another_address_and_password(&server, &person);
    nothing_of_it_is_told(&server, &[&confirmed, &reset, &code]);
}

/// They are answered as anybody is, and get at nothing.
fn somebody_else_claims_it(server: &Server) {
    let stranger = server.client().visit();
    let claimed = stranger.ask(CLAIM, words(EMAIL, "a stranger's password"));
    assert!(claimed["claim"]["recoveryCode"].is_string());
    let theirs = signed_in(server, EMAIL, "a stranger's password");
    assert_eq!(theirs.ask(CONTACTS, json!({}))["contacts"], json!([]));
    let shown = theirs.ask(ADDRESSES, json!({}));
    assert_eq!(
        shown["emailAddresses"],
        json!([{ "email": EMAIL, "active": true, "confirmedAt": null }])
    );
    let unknown = server
        .client()
        .ask(FORGOTTEN, json!({ "email": "nobody@example.org" }));
    let known = server.client().ask(FORGOTTEN, json!({ "email": EMAIL }));
    assert_eq!(unknown, known);
}

fn assert_refused(server: &Server, used: &str) {
    for token in [
        used,
        &used[1..],
        "",
        "A",
        &"A".repeat(64),
        &"ä".repeat(2_000),
    ] {
        let refused = server.client().refused(CONFIRM, json!({ "token": token }));
        assert_eq!(refused, "TOKEN_REFUSED");
    }
}

fn another_address_and_password(server: &Server, person: &Client) {
    let wish = json!({ "email": NEW, "password": SECOND });
    let shown = person.ask(CHANGE_EMAIL, wish);
    assert_eq!(
        shown["changeEmail"]["emailAddresses"],
        json!([{ "email": EMAIL, "active": true }, { "email": NEW, "active": false }])
    );
    confirm(server, NEW);
    let elsewhere = signed_in(server, NEW, SECOND);
    let other = json!({ "current": SECOND, "password": FIRST });
    let changed = person.ask(CHANGE_PASSWORD, other);
    let token = changed["changePassword"]["token"].as_str();
    let person = server.client().with_token(token.expect("a token"));
    assert_eq!(elsewhere.refused(CONTACTS, json!({})), "SESSION_EXPIRED");
    let open = person.ask(CONTACTS, json!({}));
    assert_eq!(open["contacts"], contact("UNLOCKED", Some("Marigold")));
    signed_in(server, NEW, FIRST);
    for subject in [
        "Subject: Please confirm your address",
        "Subject: Your address is in use already",
        "Subject: There is no account with this address",
        "Subject: A new password",
        "Subject: Your password was changed",
        "Subject: Your account has a new address",
    ] {
        let is_there = || server.mails().iter().any(|mail| mail.contains(subject));
        // A letter that the server was killed with in its hand is due again after a minute.
        let waited = (0..1_800).any(|_| {
            std::thread::sleep(std::time::Duration::from_millis(if is_there() {
                0
            } else {
                50
            }));
            is_there()
        });
        assert!(waited, "{subject}");
    }
}

/// Neither the log nor what it says about mail holds an address, a token or a code.
fn nothing_of_it_is_told(server: &Server, secrets: &[&String]) {
    let log = server.log();
    for secret in secrets
        .iter()
        .map(|one| one.as_str())
        .chain([EMAIL, NEW, FIRST, SECOND])
    {
        assert!(!log.contains(secret), "the log tells a secret");
    }
}
