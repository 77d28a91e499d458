//! Accounts as their owners come by them: claimed, confirmed by the mail's link, signed in to, lost and found.

use serde_json::{Value, json};
use uuid::Uuid;

use super::{client::Client, server::Server};

pub(crate) const CLAIM: &str = "mutation($email: String!, $password: String!) {
    claim(delivery: BEARER, input: { email: $email, password: $password }) { token recoveryCode viewer { id anonymous } } }";
pub(crate) const SIGN_IN: &str = "mutation($email: String!, $password: String!) {
    signIn(delivery: BEARER, input: { email: $email, password: $password }) { token viewer { id vault } } }";
pub(crate) const CONFIRM: &str =
    "mutation($token: String!) { confirmEmail(input: { token: $token }) { confirmed } }";
pub(crate) const FORGOTTEN: &str =
    "mutation($email: String!) { requestPasswordReset(input: { email: $email }) { requested } }";
pub(crate) const RESET: &str = "mutation($token: String!, $password: String!) {
    resetPassword(input: { token: $token, password: $password }) { recoveryCode } }";
pub(crate) const UNLOCK: &str = "mutation($code: String!) {
    unlockWithRecoveryCode(input: { code: $code }) { viewer { vault } } }";
pub(crate) const LOCK: &str = "mutation { lockVault { vault } }";
pub(crate) const CHANGE_PASSWORD: &str = "mutation($current: String!, $password: String!) {
    changePassword(delivery: BEARER, input: { current: $current, password: $password }) { token } }";
pub(crate) const ROTATE: &str = "mutation($password: String) {
    rotateDataKey(input: { password: $password }, delivery: BEARER) { token recoveryCode resealed viewer { vault } } }";
pub(crate) const DELETE: &str =
    "mutation($input: DeleteAccountInput!) { deleteAccount(input: $input) { deleted } }";

/// Keeps "a private line", which is sealed.
pub(crate) const WRITE: &str = "mutation { updateProfile(input: { headline: \"a private line\" }) {
    profile { headline { value } } } }";

/// An address and a password, as [`CLAIM`] and [`SIGN_IN`] take them.
pub(crate) fn words(email: &str, password: &str) -> Value {
    json!({ "email": email, "password": password })
}

/// What a claim has answered.
pub(crate) struct Claimed {
    /// The new session, at the server that was asked.
    pub(crate) client: Client,
    pub(crate) recovery_code: String,
    pub(crate) id: Uuid,
}

/// Claims what a visitor has.
pub(crate) fn claim(visitor: &Client, email: &str, password: &str) -> Claimed {
    let claimed = visitor.ask(CLAIM, words(email, password))["claim"].clone();
    let id = text(&claimed["viewer"]["id"]);
    Claimed {
        client: visitor.clone().with_token(&text(&claimed["token"])),
        recovery_code: text(&claimed["recoveryCode"]),
        id: Uuid::parse_str(id.trim_start_matches("user:")).expect("an id"),
    }
}

/// Follows the link of the mail that a claim has sent; the token that it carries.
pub(crate) fn confirm(server: &Server, email: &str) -> String {
    let token = server.mailed_token(email, "confirm-email");
    server.client().ask(CONFIRM, json!({ "token": token }));
    token
}

/// Says that the password is forgotten and sets another one with the link of the mail; the new recovery code.
pub(crate) fn reset(server: &Server, email: &str, password: &str) -> String {
    server.client().ask(FORGOTTEN, json!({ "email": email }));
    let token = server.mailed_token(email, "reset-password");
    let words = json!({ "token": token, "password": password });
    let answer = server.client().ask(RESET, words);
    text(&answer["resetPassword"]["recoveryCode"])
}

/// Somebody who has just signed in at this server.
pub(crate) fn signed_in(server: &Server, email: &str, password: &str) -> Client {
    let answer = server.client().ask(SIGN_IN, words(email, password));
    server
        .client()
        .with_token(&text(&answer["signIn"]["token"]))
}

fn text(value: &Value) -> String {
    value.as_str().expect("a text").to_owned()
}
