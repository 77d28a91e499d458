//! The `rust` half of the known answers, computed anew from fixed inputs.

use super::{
    DataKey, EmailAddress, Entropy, FieldAddress, Kek, Method, Password, PasswordRecord, Pepper,
    PrfOutput, Profile, RecoveryCode, Seeded, ServerKeys, SessionToken, Uuid, Value, Workspace,
    associated, envelope, hex, json, seal_field, wrap,
};
use crate::content_hash::keyed_hash;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};

const USER: Uuid = Uuid::from_u128(0x0192_f0c1_2a3b_7c4d_8e5f_6071_8293_a4b5);

pub(super) fn all() -> Value {
    json!({
        "aad": aad(),
        "envelope": envelopes(),
        "field": fields(),
        "wrap": wraps(),
        "password": passwords(),
        "recovery": recovery(),
        "prf": prf(),
        "session": sessions(),
        "email": emails(),
        "content_hash": content_hashes(),
    })
}

fn bytes(seed: u64) -> [u8; 32] {
    let mut bytes = [0; 32];
    Seeded::new(seed).fill(&mut bytes).unwrap();
    bytes
}

fn aad() -> Vec<Value> {
    let lists: [(&str, &[&[u8]]); 3] = [
        ("auth", &[]),
        ("field", &[b"a", b"", b"bc"]),
        ("x", &[&[0xff; 300]]),
    ];
    let entry = |(label, parts): (&str, &[&[u8]])| {
        let hexed: Vec<_> = parts.iter().map(|part| hex::encode(part)).collect();
        json!({ "label": label, "parts": hexed, "bytes": hex::encode(&associated(label, parts)) })
    };
    lists.into_iter().map(entry).collect()
}

fn envelopes() -> Vec<Value> {
    let plaintexts: [&[u8]; 4] = [b"", b"a private line", &[0; 64], "Grüße 🌲".as_bytes()];
    let entry = |(seed, plaintext): (u64, &[u8])| {
        let (key, aad) = (bytes(seed), associated("test", &[&seed.to_be_bytes()]));
        let sealed = envelope::seal(&key, plaintext, &aad, &mut Seeded::new(seed + 100)).unwrap();
        json!({
            "key": hex::encode(&key), "aad": hex::encode(&aad), "plaintext": hex::encode(plaintext),
            "envelope": sealed,
        })
    };
    (1..).zip(plaintexts).map(entry).collect()
}

fn fields() -> Vec<Value> {
    let values = [
        json!("x".repeat(30)),
        json!("x".repeat(31)),
        json!(null),
        json!({ "answers": [1, 2.5, true], "text": "  Grüße \"🌲\"\n" }),
    ];
    let entry = |(seed, value): (u64, Value)| {
        let key = DataKey::copy_of(&bytes(seed));
        let row = format!("row/{seed}");
        let address = FieldAddress {
            user: USER,
            table: "stories",
            column: "body",
            row: &row,
        };
        let sealed = seal_field(&key, &address, &value, &mut Seeded::new(seed + 100)).unwrap();
        json!({
            "key": hex::encode(key.expose()), "user": USER, "table": "stories", "column": "body",
            "row": row, "value": value, "envelope": sealed,
        })
    };
    (11..).zip(values).map(entry).collect()
}

fn wraps() -> Vec<Value> {
    let ways = [
        (Method::Session, 1),
        (Method::Password, 2),
        (Method::Recovery, i32::MAX),
        (Method::Passkey, 3),
    ];
    let entry = |(seed, (method, generation)): (u64, (Method, i32))| {
        let (kek, key) = (
            Kek::copy_of(&bytes(seed)),
            DataKey::copy_of(&bytes(seed + 50)),
        );
        let mut entropy = Seeded::new(seed + 100);
        let sealed = wrap(&kek, &key, USER, method, generation, &mut entropy).unwrap();
        json!({
            "kek": hex::encode(kek.expose()), "data_key": hex::encode(key.expose()), "user": USER,
            "method": method.as_str(), "generation": generation, "envelope": sealed,
        })
    };
    (21..).zip(ways).map(entry).collect()
}

fn passwords() -> Vec<Value> {
    let cases = [
        ("correct horse battery", Profile::cheap()),
        (
            "  pässwörd e\u{301} \u{e9} 🌲\0  ",
            Profile {
                m_kib: 64,
                t: 3,
                p: 2,
            },
        ),
        ("correct horse battery", Profile::OWASP),
    ];
    let entry = |(seed, (text, profile)): (u64, (&str, Profile))| {
        let password = Password::parse(text.to_owned()).unwrap();
        let pepper = Pepper::copy_of(1, &bytes(seed));
        let mut entropy = Seeded::new(seed + 100);
        let mut workspace = Workspace::default();
        let (record, kek) =
            PasswordRecord::create(&password, &pepper, profile, &mut entropy, &mut workspace)
                .unwrap();
        let stretched = record.stretch(&password, &mut workspace).unwrap();
        json!({
            "password": text, "profile": profile.to_string(), "pepper": hex::encode(pepper.expose()),
            "salt": hex::encode(record.salt()), "stretched": hex::encode(stretched.expose()),
            "verifier": hex::encode(&stretched.verifier(&pepper)), "kek": hex::encode(kek.expose()),
            "record": record.to_string(),
        })
    };
    (31..).zip(cases).map(entry).collect()
}

fn recovery() -> Vec<Value> {
    let entry = |seed: u64| {
        let code = RecoveryCode::generate(&mut Seeded::new(seed)).unwrap();
        let secret = &bytes(seed)[..20];
        json!({
            "secret": hex::encode(secret), "code": code.reveal(),
            "kek": hex::encode(code.kek().expose()),
        })
    };
    (41..45).map(entry).collect()
}

fn prf() -> Vec<Value> {
    let credentials: [&[u8]; 3] = [b"", &[0xfb; 16], &[7; 1023]];
    let entry = |(seed, credential): (u64, &[u8])| {
        let output = URL_SAFE_NO_PAD.encode(bytes(seed));
        let kek = PrfOutput::parse(&output).unwrap().kek(credential);
        json!({
            "output": output, "credential": hex::encode(credential), "kek": hex::encode(kek.expose()),
        })
    };
    (81..).zip(credentials).map(entry).collect()
}

fn sessions() -> Vec<Value> {
    let entry = |seed: u64| {
        let token = SessionToken::generate(USER, &mut Seeded::new(seed)).unwrap();
        json!({
            "user": USER, "secret": hex::encode(&bytes(seed)), "token": token.reveal(),
            "id_hash": hex::encode(&token.id_hash()), "kek": hex::encode(token.kek().expose()),
        })
    };
    (51..53).map(entry).collect()
}

fn emails() -> Vec<Value> {
    let addresses = [
        "jo@example.org",
        "A\u{30a}ngstro\u{308}m+Tag@Example.ORG",
        "ΟΔΟΣ@παράδειγμα.ευ",
    ];
    let entry = |(seed, typed): (u64, &str)| {
        let keys = ServerKeys::generate(&mut Seeded::new(seed)).unwrap();
        let address = EmailAddress::parse(typed).unwrap();
        let sealed = address
            .seal(&keys, USER, "row", &mut Seeded::new(seed + 100))
            .unwrap();
        json!({
            "key_file": *keys.to_file_text(), "typed": typed, "user": USER, "row": "row",
            "index": hex::encode(&address.index(&keys)),
            "decoy_salt": hex::encode(&address.decoy_salt(&keys)), "envelope": sealed,
        })
    };
    (61..).zip(addresses).map(entry).collect()
}

fn content_hashes() -> Vec<Value> {
    let entry = |(seed, content): (u64, &str)| {
        let key = DataKey::copy_of(&bytes(seed));
        json!({
            "key": hex::encode(key.expose()), "content": content,
            "hash": hex::encode(&keyed_hash(&key, content.as_bytes())),
        })
    };
    (71..).zip(["", "yes", "Grüße 🌲"]).map(entry).collect()
}
