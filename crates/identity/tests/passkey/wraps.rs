//! Wraps of the data key in their rows: altered by a byte, or moved to another person, method or generation, none of them
//! opens, and nothing else opens instead.

use base64::{Engine, engine::general_purpose::STANDARD};
use dreamtree_database::{Vault, on_both, testing::TestDatabase};
use serde_json::{Value as Json, json};

use super::support::{Device, Person, clock, password_opens, scope_of, sign_in};

on_both!(
    a_flipped_byte_shuts_the_vault,
    a_wrap_of_somebody_else_opens_nothing,
    a_wrap_of_another_method_opens_nothing,
    a_wrap_of_another_generation_opens_nothing,
);

const METHODS: [&str; 3] = ["session", "password", "passkey"];

/// The person's wraps, a method each.
async fn all(person: &Person<'_>) -> [String; 3] {
    let [session, password, passkey] = METHODS.map(|method| wrap(person, method));
    [session.await, password.await, passkey.await]
}

/// Whether all three ways open the vault, or none.
async fn assert_opens(test: &TestDatabase, person: &Person<'_>, device: &mut Device, open: bool) {
    assert_eq!(session_opens(person).await, open);
    assert_eq!(password_opens(test, person).await, open);
    assert_eq!(passkey_opens(test, device).await, open);
}

/// The person's wrap of this method.
async fn wrap(person: &Person<'_>, method: &str) -> String {
    let sql =
        format!("SELECT wrapped_key FROM user_keys WHERE user_id = $1 AND method = '{method}'");
    person.own(&sql).await.pop().expect("a wrap")
}

/// Puts a text in the place of the person's wrap of this method.
async fn put(person: &Person<'_>, method: &str, wrap: &str) {
    let sql = format!(
        "UPDATE user_keys SET wrapped_key = '{wrap}' WHERE user_id = $1 AND method = '{method}'"
    );
    person.execute(&sql).await;
}

/// Whether the session that the person has opens the vault.
async fn session_opens(person: &Person<'_>) -> bool {
    matches!(person.scope().await.vault(), Vault::Open { .. })
}

/// Whether the passkey on the device does.
async fn passkey_opens(test: &TestDatabase, device: &mut Device) -> bool {
    let (opened, viewer) = sign_in(test, device).await.expect("a sign-in");
    let scope = scope_of(test, &opened.token.reveal()).await;
    let open = matches!(scope.vault(), Vault::Open { .. });
    assert_eq!(viewer.unlocked, open, "what is said is so");
    open
}

/// The envelope with one byte of nonce or ciphertext turned.
fn flipped(envelope: &str, at: usize) -> String {
    let mut parts: Json = serde_json::from_str(envelope).expect("an envelope");
    let name = if at < 24 { "iv" } else { "ciphertext" };
    let text = parts[name].as_str().expect("base64");
    let mut bytes = STANDARD.decode(text).expect("base64");
    bytes[if at < 24 { at } else { at - 24 }] ^= 1 << (at % 8);
    parts[name] = json!(STANDARD.encode(bytes));
    parts.to_string()
}

async fn a_flipped_byte_shuts_the_vault(test: &TestDatabase) {
    let person = Person::new(test, "someone@example.org").await;
    let mut device = Device::new();
    person.register(&mut device).await;
    let wraps = all(&person).await;
    // 24 bytes of nonce, 32 of the key, 16 of the tag; every fifth of them, and the last.
    for at in (0..72).step_by(5).chain([71]) {
        put(&person, "session", &flipped(&wraps[0], at)).await;
        assert!(!session_opens(&person).await, "session, byte {at}");
        put(&person, "password", &flipped(&wraps[1], at)).await;
        assert!(!password_opens(test, &person).await, "password, byte {at}");
        put(&person, "passkey", &flipped(&wraps[2], at)).await;
        assert!(
            !passkey_opens(test, &mut device).await,
            "passkey, byte {at}"
        );
    }
    for (method, wrap) in METHODS.into_iter().zip(&wraps) {
        put(&person, method, wrap).await;
    }
    assert_opens(test, &person, &mut device, true).await;
}

async fn a_wrap_of_somebody_else_opens_nothing(test: &TestDatabase) {
    let person = Person::new(test, "someone@example.org").await;
    let other = Person::new(test, "other@example.org").await;
    let mut device = Device::new();
    person.register(&mut device).await;
    other.register(&mut Device::new()).await;
    for method in METHODS {
        put(&person, method, &wrap(&other, method).await).await;
    }
    assert_opens(test, &person, &mut device, false).await;
}

async fn a_wrap_of_another_method_opens_nothing(test: &TestDatabase) {
    let person = Person::new(test, "someone@example.org").await;
    let mut device = Device::new();
    person.register(&mut device).await;
    let [session, password, passkey] = all(&person).await;
    for moved in [
        [&password, &passkey, &session],
        [&passkey, &session, &password],
    ] {
        for (method, wrap) in METHODS.into_iter().zip(moved) {
            put(&person, method, wrap).await;
        }
        assert_opens(test, &person, &mut device, false).await;
    }
}

async fn a_wrap_of_another_generation_opens_nothing(test: &TestDatabase) {
    let person = Person::new(test, "someone@example.org").await;
    let mut device = Device::new();
    person.register(&mut device).await;
    assert_opens(test, &person, &mut device, true).await;
    person
        .execute("UPDATE user_keys SET generation = 2 WHERE user_id = $1")
        .await;
    assert_opens(test, &person, &mut device, false).await;
}
