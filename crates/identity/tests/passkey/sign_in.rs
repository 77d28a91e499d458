//! Signing in with passkeys.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use dreamtree_database::{on_both, testing::TestDatabase};
use dreamtree_identity::passkey::Answer;
use dreamtree_types::Code;
use serde_json::{Value as Json, json};
use time::{Duration, macros::date};

use super::support::{
    Device, Person, SITE, Said, answer, begin, clock, refusal, sign_in, sign_in_at,
};

on_both!(
    a_passkey_opens_the_vault,
    without_the_prf_extension_the_vault_stays_locked,
    what_opens_nothing_leaves_the_vault_locked,
    an_older_data_key_is_not_opened,
    an_answer_counts_once,
    of_two_at_once_one_gets_in,
    a_late_answer_does_not_count,
    a_challenge_of_somebody_elses_making_does_not_count,
    a_forged_answer_is_refused,
    a_page_of_another_origin_signs_nobody_in,
    a_device_that_checks_nobody_signs_nobody_in,
    a_copied_passkey_is_noticed,
    a_passkey_of_a_deleted_user_is_refused,
    a_passkey_that_was_never_registered_is_refused,
    junk_is_refused,
    rows_give_no_secret_away,
    challenges_do_not_pile_up,
);

async fn a_passkey_opens_the_vault(test: &TestDatabase) {
    let person = Person::new(test, "someone@example.org").await;
    let sealed = person.sealed().await;
    let mut device = Device::new();
    person.register(&mut device).await;
    for _ in 0..2 {
        let (opened, viewer) = sign_in(test, &mut device).await.expect("a sign-in");
        assert_eq!(viewer.id, person.user);
        assert!(viewer.unlocked && !viewer.anonymous);
        assert!(person.reads(&opened, &sealed).await);
    }
    let passkeys = person.passkeys().await;
    assert_eq!(passkeys[0].last_used_on, Some(date!(2026 - 03 - 01)));
}

async fn without_the_prf_extension_the_vault_stays_locked(test: &TestDatabase) {
    let person = Person::new(test, "someone@example.org").await;
    let sealed = person.sealed().await;
    let mut device = Device::simple();
    person.register(&mut device).await;
    let (opened, viewer) = sign_in(test, &mut device).await.expect("a sign-in");
    assert!(!viewer.unlocked);
    assert!(!person.reads(&opened, &sealed).await);
}

async fn what_opens_nothing_leaves_the_vault_locked(test: &TestDatabase) {
    let person = Person::new(test, "someone@example.org").await;
    let sealed = person.sealed().await;
    let mut device = Device::new();
    person.register(&mut device).await;
    for prf in [None, Some("A".repeat(43))] {
        let options = begin(test).await;
        let said = Said {
            prf,
            ..device.sign(SITE, &options).await
        };
        let (opened, viewer) = answer(test, said).await.expect("a sign-in");
        assert!(!viewer.unlocked);
        assert!(!person.reads(&opened, &sealed).await);
    }
}

/// A password that was reset makes a new data key. What the passkey opens is the old one then.
async fn an_older_data_key_is_not_opened(test: &TestDatabase) {
    let person = Person::new(test, "someone@example.org").await;
    let mut device = Device::new();
    person.register(&mut device).await;
    person
        .execute("UPDATE user_keys SET generation = 2 WHERE user_id = $1 AND method = 'password'")
        .await;
    let (_, viewer) = sign_in(test, &mut device).await.expect("a sign-in");
    assert!(!viewer.unlocked);
    assert!(!person.passkeys().await[0].opens_vault);
}

async fn an_answer_counts_once(test: &TestDatabase) {
    let person = Person::new(test, "someone@example.org").await;
    let mut device = Device::new();
    person.register(&mut device).await;
    let options = begin(test).await;
    let said = device.sign(SITE, &options).await;
    answer(test, said.clone()).await.expect("the first time");
    let again = refusal(answer(test, said).await);
    assert_eq!(again, (Code::ChallengeExpired, None));
}

async fn of_two_at_once_one_gets_in(test: &TestDatabase) {
    let person = Person::new(test, "someone@example.org").await;
    let mut device = Device::new();
    person.register(&mut device).await;
    let options = begin(test).await;
    let said = device.sign(SITE, &options).await;
    let (one, other) = tokio::join!(answer(test, said.clone()), answer(test, said));
    let late = if one.is_ok() { other } else { one };
    assert_eq!(refusal(late).0, Code::ChallengeExpired);
}

async fn a_late_answer_does_not_count(test: &TestDatabase) {
    let person = Person::new(test, "someone@example.org").await;
    let mut device = Device::new();
    person.register(&mut device).await;
    for (minutes, code) in [(4, None), (5, Some(Code::ChallengeExpired))] {
        let options = begin(test).await;
        let said = device.sign(SITE, &options).await;
        test.database.clock().advance(Duration::minutes(minutes));
        let answered = answer(test, said).await;
        match code {
            None => drop(answered.expect("in time")),
            Some(code) => assert_eq!(refusal(answered).0, code),
        }
    }
}

async fn a_challenge_of_somebody_elses_making_does_not_count(test: &TestDatabase) {
    let person = Person::new(test, "someone@example.org").await;
    let mut device = Device::new();
    person.register(&mut device).await;
    let mut options: Json = serde_json::from_str(&begin(test).await).expect("JSON");
    options["challenge"] = json!("A".repeat(43));
    let said = device.sign(SITE, &options.to_string()).await;
    let foreign = refusal(answer(test, said).await);
    assert_eq!(foreign.0, Code::ChallengeExpired);

    let registration: Json = serde_json::from_str(&person.start().await).expect("JSON");
    options["challenge"] = registration["challenge"].clone();
    let said = device.sign(SITE, &options.to_string()).await;
    let for_another_purpose = refusal(answer(test, said).await);
    assert_eq!(for_another_purpose.0, Code::ChallengeExpired);
}

async fn a_forged_answer_is_refused(test: &TestDatabase) {
    let person = Person::new(test, "someone@example.org").await;
    let other = Person::new(test, "other@example.org").await;
    let (mut device, mut others) = (Device::new(), Device::new());
    person.register(&mut device).await;
    other.register(&mut others).await;
    let credential = |device: &Device| {
        let kept = device.passkey.as_ref().expect("a passkey");
        json!(URL_SAFE_NO_PAD.encode(&*kept.credential_id))
    };
    let handle = json!(URL_SAFE_NO_PAD.encode(other.user.uuid().as_bytes()));
    let forgeries: [(&str, Json); 7] = [
        ("/response/signature", json!("flip")),
        ("/response/authenticatorData", json!("flip")),
        ("/response/signature", json!("")),
        ("/response/userHandle", handle),
        ("/response/userHandle", Json::Null),
        ("/rawId", credential(&others)),
        ("/response/authenticatorData", json!("AA")),
    ];
    for (path, value) in forgeries {
        let options = begin(test).await;
        let mut said = device.sign(SITE, &options).await;
        let place = said.response.pointer_mut(path).expect("a place");
        *place = if value == "flip" {
            flipped(place)
        } else {
            value
        };
        let refused = refusal(answer(test, said).await);
        assert_eq!(refused, (Code::CredentialsRefused, None), "{path}");
    }
    // The other's passkey with the first one's key: the signature is right, but not for this credential.
    let theirs = others.passkey.as_mut().expect("a passkey");
    theirs.key = device.passkey.expect("a passkey").key;
    let refused = refusal(sign_in(test, &mut others).await);
    assert_eq!(refused, (Code::CredentialsRefused, None));
}

/// The same bytes with the last bit turned.
fn flipped(text: &Json) -> Json {
    let text = text.as_str().expect("base64url");
    let mut bytes = URL_SAFE_NO_PAD.decode(text).expect("base64url");
    *bytes.last_mut().expect("bytes") ^= 1;
    json!(URL_SAFE_NO_PAD.encode(bytes))
}

async fn a_page_of_another_origin_signs_nobody_in(test: &TestDatabase) {
    let person = Person::new(test, "someone@example.org").await;
    let mut device = Device::new();
    person.register(&mut device).await;
    for origin in [
        "https://pages.dreamtree.example",
        "https://dreamtree.example:8443",
    ] {
        let options = begin(test).await;
        let said = device.sign(origin, &options).await;
        assert_eq!(
            refusal(answer(test, said).await).0,
            Code::CredentialsRefused
        );
    }
    let options = begin(test).await;
    let said = device.sign(SITE, &options).await;
    let answer = Answer {
        response: said.response.to_string(),
        prf: said.prf,
    };
    let elsewhere = sign_in_at(test, "https://tree.example", answer).await;
    assert_eq!(refusal(elsewhere).0, Code::CredentialsRefused);
}

async fn a_device_that_checks_nobody_signs_nobody_in(test: &TestDatabase) {
    let person = Person::new(test, "someone@example.org").await;
    let mut device = Device::simple();
    person.register(&mut device).await;
    let mut careless = Device {
        passkey: device.passkey,
        ..Device::careless()
    };
    let refused = refusal(sign_in(test, &mut careless).await);
    assert_eq!(refused.0, Code::CredentialsRefused);
}

async fn a_copied_passkey_is_noticed(test: &TestDatabase) {
    let person = Person::new(test, "someone@example.org").await;
    let mut device = Device::new();
    person.register(&mut device).await;
    let mut copy = device.clone();
    sign_in(test, &mut device).await.expect("the first one");
    let refused = refusal(sign_in(test, &mut copy).await);
    assert_eq!(refused, (Code::PasskeyCopied, None));
    sign_in(test, &mut device).await.expect("it counts on");
}

async fn a_passkey_of_a_deleted_user_is_refused(test: &TestDatabase) {
    let person = Person::new(test, "someone@example.org").await;
    let mut device = Device::new();
    person.register(&mut device).await;
    person.execute("DELETE FROM users WHERE id = $1").await;
    let refused = refusal(sign_in(test, &mut device).await);
    assert_eq!(refused, (Code::CredentialsRefused, None));
}

async fn a_passkey_that_was_never_registered_is_refused(test: &TestDatabase) {
    let person = Person::new(test, "someone@example.org").await;
    let mut device = Device::new();
    let options = person.start().await;
    device.make(SITE, &options).await;
    let refused = refusal(sign_in(test, &mut device).await);
    assert_eq!(refused, (Code::CredentialsRefused, None));
}

async fn junk_is_refused(test: &TestDatabase) {
    let person = Person::new(test, "someone@example.org").await;
    let mut device = Device::new();
    person.register(&mut device).await;
    let options = begin(test).await;
    let said = device.sign(SITE, &options).await;
    let mut junk = vec![json!({}), json!(null), json!([])];
    for (path, value) in [
        ("/response", json!({})),
        ("/response/clientDataJSON", json!("")),
        ("/response/clientDataJSON", json!("bm8")),
        ("/response/signature", json!("*")),
        ("/response/userHandle", json!("x".repeat(64 * 1024))),
    ] {
        let mut response = said.response.clone();
        *response.pointer_mut(path).expect("a place") = value;
        junk.push(response);
    }
    for response in junk {
        let said = Said {
            response,
            ..said.clone()
        };
        let field = Some("input.response".to_owned());
        assert_eq!(
            refusal(answer(test, said).await),
            (Code::InvalidInput, field)
        );
    }
    let long = Said {
        prf: Some("A".repeat(4096)),
        ..said.clone()
    };
    let field = Some("input.prf".to_owned());
    assert_eq!(
        refusal(answer(test, long).await),
        (Code::InvalidInput, field)
    );
    answer(test, said).await.expect("none of it did any harm");
}

async fn rows_give_no_secret_away(test: &TestDatabase) {
    let person = Person::new(test, "someone@example.org").await;
    let mut device = Device::new();
    let options = person.start().await;
    let said = device.make(SITE, &options).await;
    let secret = said.prf.clone().expect("a secret");
    person.finish(said).await.expect("a registration");
    sign_in(test, &mut device).await.expect("a sign-in");
    begin(test).await;
    person.start().await;
    let id = device.passkey.expect("a passkey").credential_id;
    let id = URL_SAFE_NO_PAD.encode(&*id);
    for (table, columns) in [
        ("passkeys", "credential_id || credential || name"),
        ("passkey_registrations", "state"),
        ("passkey_directory", "credential_hash"),
        ("passkey_challenges", "challenge || state"),
        ("user_keys", "method || wrapped_key"),
    ] {
        let all = person.all(&format!("SELECT {columns} FROM {table}")).await;
        assert!(!all.is_empty(), "{table}");
        for row in all {
            assert!(!row.contains(&secret), "{table}");
            assert!(table != "passkey_directory" || !row.contains(&id));
        }
    }
}

async fn challenges_do_not_pile_up(test: &TestDatabase) {
    let person = Person::new(test, "someone@example.org").await;
    for _ in 0..3 {
        begin(test).await;
    }
    let left = "SELECT challenge FROM passkey_challenges";
    assert_eq!(person.all(left).await.len(), 3);
    test.database.clock().advance(Duration::minutes(6));
    begin(test).await;
    assert_eq!(person.all(left).await.len(), 1);
}
