//! Known answers: what this crate computes must stay what `tests/vectors.json` says, byte for byte.
//!
//! The file has two halves. `rust` is written here, `python` by `tests/vectors.py`, and each side checks both. After
//! a wanted change of the format: `WRITE_VECTORS=1 cargo test -p dreamtree-crypto vectors_are_stable`, then
//! `python crates/crypto/tests/vectors.py --write`.

use crate::{
    aad::associated,
    email::EmailAddress,
    entropy::{Entropy, Seeded},
    envelope,
    field::{FieldAddress, open_field, seal_field},
    hex,
    key::{DataKey, Kek, Pepper},
    password::{Password, PasswordRecord, Profile, Workspace},
    prf::PrfOutput,
    recovery::RecoveryCode,
    server_keys::ServerKeys,
    session::SessionToken,
    wrap::{Method, unwrap_key, wrap},
};
use serde_json::{Value, json};
use uuid::Uuid;

mod answers;

const PATH: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/vectors.json");

fn file() -> Value {
    serde_json::from_str(&std::fs::read_to_string(PATH).unwrap()).unwrap()
}

fn entries(kind: &str) -> Vec<Value> {
    let entries = file()["python"][kind].as_array().unwrap().clone();
    assert!(!entries.is_empty());
    entries
}

fn text<'a>(entry: &'a Value, name: &str) -> &'a str {
    entry[name].as_str().unwrap()
}

fn bytes(entry: &Value, name: &str) -> Vec<u8> {
    let digits = text(entry, name);
    let mut bytes = vec![0; digits.len() / 2];
    assert!(hex::decode_into(digits, &mut bytes));
    bytes
}

fn key(entry: &Value, name: &str) -> [u8; 32] {
    bytes(entry, name).try_into().unwrap()
}

fn user(entry: &Value) -> Uuid {
    text(entry, "user").parse().unwrap()
}

#[test]
fn vectors_are_stable() {
    let computed = answers::all();
    if std::env::var_os("WRITE_VECTORS").is_some() {
        let mut whole = file();
        whole["rust"] = computed.clone();
        std::fs::write(PATH, serde_json::to_string_pretty(&whole).unwrap() + "\n").unwrap();
    }
    let written = file();
    for (kind, entries) in computed.as_object().unwrap() {
        assert_eq!(&written["rust"][kind], entries, "{kind}");
    }
    assert_eq!(written["rust"], computed);
}

#[test]
fn envelopes_sealed_in_python_open() {
    for entry in entries("envelope") {
        let plain = envelope::open(
            &key(&entry, "key"),
            text(&entry, "envelope"),
            &bytes(&entry, "aad"),
        );
        assert_eq!(plain.unwrap().as_slice(), bytes(&entry, "plaintext"));
    }
}

#[test]
fn fields_sealed_in_python_open() {
    for entry in entries("field") {
        let address = FieldAddress {
            user: user(&entry),
            table: text(&entry, "table"),
            column: text(&entry, "column"),
            row: text(&entry, "row"),
        };
        let key = DataKey::copy_of(&key(&entry, "key"));
        let value = open_field(&key, &address, text(&entry, "envelope")).unwrap();
        assert_eq!(value, entry["value"]);
    }
}

#[test]
fn wraps_sealed_in_python_open() {
    for entry in entries("wrap") {
        let kek = Kek::copy_of(&key(&entry, "kek"));
        let method = text(&entry, "method").parse().unwrap();
        let generation = i32::try_from(entry["generation"].as_i64().unwrap()).unwrap();
        let opened = unwrap_key(
            &kek,
            text(&entry, "envelope"),
            user(&entry),
            method,
            generation,
        )
        .unwrap();
        assert_eq!(opened.expose(), &key(&entry, "data_key"));
    }
}

#[test]
fn addresses_sealed_in_python_open() {
    for entry in entries("email") {
        let keys = ServerKeys::parse_file_text(text(&entry, "key_file")).unwrap();
        let opened = EmailAddress::open(
            &keys,
            user(&entry),
            text(&entry, "row"),
            text(&entry, "envelope"),
        );
        assert_eq!(opened.unwrap().as_str(), text(&entry, "typed"));
    }
}

#[test]
fn a_password_record_made_in_python_is_recognized() {
    for entry in entries("password") {
        let record = PasswordRecord::parse(text(&entry, "record")).unwrap();
        let pepper = Pepper::copy_of(1, &key(&entry, "pepper"));
        let password = Password::attempt(text(&entry, "password").to_owned()).unwrap();
        let stretched = record
            .stretch(&password, &mut Workspace::default())
            .unwrap();
        assert!(record.verify(&stretched, &pepper));
        assert_eq!(stretched.kek(&pepper).expose(), &key(&entry, "kek"));
    }
}
