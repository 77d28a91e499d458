//! Making passkeys.

use dreamtree_crypto::{hex, plain_hash};
use dreamtree_database::{Scope, on_both, testing::TestDatabase};
use dreamtree_identity::{Client, Error, passkey, visit};
use dreamtree_types::Code;
use serde_json::json;
use time::Duration;

use super::support::{Device, Person, SITE, clock, identity, refusal};

on_both!(
    a_passkey_is_made_with_and_without_the_vault,
    a_registration_is_finished_once_and_in_time,
    a_registration_of_somebody_else_is_not_ones_own,
    a_page_of_another_origin_makes_none,
    a_device_that_checks_nobody_makes_none,
    a_locked_vault_is_not_given_away,
    a_credential_has_one_owner,
    a_visitor_makes_none,
    junk_is_refused,
    there_is_room_for_twenty,
);

async fn a_passkey_is_made_with_and_without_the_vault(test: &TestDatabase) {
    let person = Person::new(test, "someone@example.org").await;
    let made = person.register(&mut Device::new()).await;
    assert_eq!(made.name, "Phone");
    assert!(made.opens_vault && made.last_used_on.is_none());
    let simple = person.register(&mut Device::simple()).await;
    assert!(!simple.opens_vault);
    let all = person.passkeys().await;
    let all: Vec<_> = all.iter().map(|one| (one.id, one.opens_vault)).collect();
    assert_eq!(all, [(made.id, true), (simple.id, false)]);
}

async fn a_registration_is_finished_once_and_in_time(test: &TestDatabase) {
    let person = Person::new(test, "someone@example.org").await;
    let mut device = Device::new();
    let options = person.start().await;
    let said = device.make(SITE, &options).await;
    person.finish(said.clone()).await.expect("the first time");
    let again = refusal(person.finish(said).await);
    assert_eq!(again, (Code::ChallengeExpired, None));

    let options = person.start().await;
    let said = Device::new().make(SITE, &options).await;
    test.database.clock().advance(Duration::minutes(5));
    assert_eq!(refusal(person.finish(said).await).0, Code::ChallengeExpired);

    let first = person.start().await;
    person.start().await;
    let said = Device::new().make(SITE, &first).await;
    let given_up = refusal(person.finish(said).await);
    assert_eq!(given_up.0, Code::ChallengeExpired);
    assert_eq!(person.passkeys().await.len(), 1);
}

async fn a_registration_of_somebody_else_is_not_ones_own(test: &TestDatabase) {
    let person = Person::new(test, "someone@example.org").await;
    let other = Person::new(test, "other@example.org").await;
    let options = person.start().await;
    other.start().await;
    let said = Device::new().make(SITE, &options).await;
    assert_eq!(refusal(other.finish(said).await).0, Code::ChallengeExpired);
    assert_eq!(other.passkeys().await.len(), 0);
}

async fn a_page_of_another_origin_makes_none(test: &TestDatabase) {
    let person = Person::new(test, "someone@example.org").await;
    for origin in [
        "https://pages.dreamtree.example",
        "https://dreamtree.example:8443",
    ] {
        let options = person.start().await;
        let said = Device::new().make(origin, &options).await;
        assert_response_refused(person.finish(said).await);
    }
    let scope = person.scope().await;
    let bare = passkey::start_registration(&scope, &person.identity, "http://127.0.0.1:8080").await;
    assert_eq!(refusal(bare).0, Code::OriginRefused);
}

async fn a_device_that_checks_nobody_makes_none(test: &TestDatabase) {
    let person = Person::new(test, "someone@example.org").await;
    let options = person.start().await;
    let said = Device::careless().make(SITE, &options).await;
    assert_response_refused(person.finish(said).await);
}

async fn a_locked_vault_is_not_given_away(test: &TestDatabase) {
    let person = Person::new(test, "someone@example.org").await;
    let (with, without) = (person.start().await, Device::new());
    let said = without.clone().make(SITE, &with).await;
    person
        .execute("DELETE FROM user_keys WHERE user_id = $1 AND method = 'session'")
        .await;
    assert_eq!(
        refusal(person.finish(said.clone()).await).0,
        Code::VaultLocked
    );
    assert_eq!(person.passkeys().await.len(), 0, "nothing half-written");
    let only_signs_in = super::support::Said { prf: None, ..said };
    let made = person.finish(only_signs_in).await.expect("a registration");
    assert!(!made.opens_vault);
}

async fn a_credential_has_one_owner(test: &TestDatabase) {
    let person = Person::new(test, "someone@example.org").await;
    let options = person.start().await;
    let said = Device::new().make(SITE, &options).await;
    let id = said.response["id"].as_str().expect("an id");
    let hash = hex(&plain_hash(id.as_bytes()));
    let taken = format!("INSERT INTO passkey_directory VALUES ('{hash}', $1)");
    person.execute(&taken).await;
    assert_response_refused(person.finish(said).await);
    assert_eq!(person.passkeys().await.len(), 0, "nothing half-written");
}

async fn a_visitor_makes_none(test: &TestDatabase) {
    let (_, visitor) = visit(&test.database, &Client::nowhere())
        .await
        .expect("a visit");
    let scope = Scope::write(&test.database, visitor.id).await;
    let scope = scope.expect("a scope");
    let options = passkey::start_registration(&scope, &identity(), SITE).await;
    assert_eq!(refusal(options).0, Code::NotClaimed);
}

async fn junk_is_refused(test: &TestDatabase) {
    let person = Person::new(test, "someone@example.org").await;
    let options = person.start().await;
    let said = Device::new().make(SITE, &options).await;
    let mut junk = vec![json!({}), json!(null), json!("x"), json!([[[]]])];
    for (path, value) in [
        ("/response", json!({})),
        ("/response/clientDataJSON", json!("")),
        ("/response/clientDataJSON", json!("bm8")),
        ("/response/attestationObject", json!("")),
        ("/response/attestationObject", json!("oA")),
        (
            "/response/attestationObject",
            json!("gYGBgYGB".repeat(1500)),
        ),
        ("/response/attestationObject", json!("*")),
        ("/rawId", json!(7)),
        ("/type", json!("x".repeat(64 * 1024))),
    ] {
        let mut response = said.response.clone();
        *response.pointer_mut(path).expect("a place") = value;
        junk.push(response);
    }
    for response in junk {
        let said = super::support::Said {
            response,
            ..said.clone()
        };
        assert_response_refused(person.finish(said).await);
    }
    for prf in ["", "AAAA", &"A".repeat(64 * 1024)] {
        let said = super::support::Said {
            prf: Some(prf.to_owned()),
            ..said.clone()
        };
        let field = Some("input.prf".to_owned());
        assert_eq!(
            refusal(person.finish(said).await),
            (Code::InvalidInput, field)
        );
    }
    let scope = person.scope().await;
    for name in ["", " \u{200b}", "a\0b", &"ä".repeat(101)] {
        let made = passkey::Registration {
            response: said.response.to_string(),
            name: name.to_owned(),
            prf: None,
        };
        let refused = passkey::finish_registration(&scope, SITE, made).await;
        let field = Some("input.name".to_owned());
        assert_eq!(refusal(refused), (Code::InvalidInput, field));
    }
    drop(scope);
    person.finish(said).await.expect("none of it did any harm");
}

async fn there_is_room_for_twenty(test: &TestDatabase) {
    let person = Person::new(test, "someone@example.org").await;
    for _ in 0..20 {
        person.register(&mut Device::simple()).await;
    }
    let options = person.start().await;
    let said = Device::simple().make(SITE, &options).await;
    assert_eq!(refusal(person.finish(said).await).0, Code::InvalidInput);
    assert_eq!(person.passkeys().await.len(), 20);
}

#[track_caller]
fn assert_response_refused(result: Result<passkey::Passkey, Error>) {
    let field = Some("input.response".to_owned());
    assert_eq!(refusal(result), (Code::InvalidInput, field));
}
