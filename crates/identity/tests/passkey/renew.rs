//! Passkeys that have come to open nothing: who is told of them, and how they open the vault again.

use dreamtree_database::{on_both, testing::TestDatabase};
use dreamtree_identity::{
    Entry, Error,
    passkey::{self, Answer, Passkey},
};
use dreamtree_types::{Code, PasskeyId};

use super::support::{
    Device, Person, SITE, begin, clock, password_opens, refusal, scope_of, sign_in, sign_in_at,
};

on_both!(
    a_new_data_key_names_the_passkeys_that_open_it_no_more,
    a_passkey_is_renewed_in_one_step_after_a_sign_in,
    what_a_reset_has_locked_opens_with_the_passkey_too,
    a_device_that_was_set_up_anew_opens_the_vault_again,
    nothing_is_renewed_without_the_vault_or_for_others,
    what_is_done_to_passkeys_is_written_down,
);

const EMAIL: &str = "someone@example.org";

/// Signs in with what a device keeps; who came, with which passkey, and what the PRF extension has yielded.
async fn enter(test: &TestDatabase, device: &mut Device) -> (Entry, Passkey, String) {
    let options = begin(test).await;
    let said = device.sign(SITE, &options).await;
    let prf = said.prf.clone().expect("the device knows the extension");
    let answer = Answer {
        response: said.response.to_string(),
        prf: said.prf,
    };
    let (entry, passkey) = sign_in_at(test, SITE, answer).await.expect("a sign-in");
    (entry, passkey, prf)
}

async fn renew(person: &Person<'_>, id: PasskeyId, prf: &str) -> Result<Passkey, Error> {
    let scope = person.scope().await;
    let renewed = passkey::renew(&scope, id, prf).await?;
    scope.commit().await.expect("committed");
    Ok(renewed)
}

async fn a_new_data_key_names_the_passkeys_that_open_it_no_more(test: &TestDatabase) {
    let mut person = Person::new(test, EMAIL).await;
    let (mut phone, mut key) = (Device::new(), Device::simple());
    let opens = person.register(&mut phone).await;
    person.register(&mut key).await;
    let rotated = person.rotate().await;
    let named: Vec<_> = rotated
        .shut
        .iter()
        .map(|one| (one.id, one.opens_vault))
        .collect();
    assert_eq!(named, [(opens.id, false)], "the other one never did");
    let old = person.own("SELECT method FROM user_keys WHERE user_id = $1 AND generation = 1");
    assert_eq!(old.await, Vec::<String>::new(), "nothing holds the old key");
    let (entry, passkey, _) = enter(test, &mut phone).await;
    assert_eq!((passkey.id, passkey.opens_vault), (opens.id, false));
    assert!(!entry.viewer.unlocked);
    let rotated = person.rotate().await;
    assert!(rotated.shut.is_empty(), "none was lost this time");
}

async fn a_passkey_is_renewed_in_one_step_after_a_sign_in(test: &TestDatabase) {
    let mut person = Person::new(test, EMAIL).await;
    let mut phone = Device::new();
    person.register(&mut phone).await;
    person.rotate().await;
    let sealed = person.sealed().await;
    let (entry, passkey, prf) = enter(test, &mut phone).await;
    assert!(!person.reads(&entry.opened, &sealed).await);
    let renewed = renew(&person, passkey.id, &prf).await.expect("renewed");
    assert!(renewed.opens_vault);
    let events = person.events().await;
    let again = renew(&person, passkey.id, &prf).await.expect("the same");
    assert!(again.opens_vault);
    assert_eq!(person.events().await, events, "again changes nothing");
    let (entry, passkey, _) = enter(test, &mut phone).await;
    assert!(entry.viewer.unlocked && passkey.opens_vault);
    assert!(person.reads(&entry.opened, &sealed).await);
    assert!(password_opens(test, &person).await);
    // The next key takes it along no more than this one did.
    assert_eq!(person.rotate().await.shut.len(), 1);
}

async fn what_a_reset_has_locked_opens_with_the_passkey_too(test: &TestDatabase) {
    let mut person = Person::new(test, EMAIL).await;
    let before = person.sealed().await;
    let (mut phone, mut tablet) = (Device::new(), Device::new());
    person.register(&mut phone).await;
    person.register(&mut tablet).await;
    person.reset(EMAIL).await;
    let after = person.sealed().await;
    assert_eq!(person.scope().await.vault().shut().expect("open"), [1]);

    let (_, passkey, prf) = enter(test, &mut phone).await;
    let (_, other, other_prf) = enter(test, &mut tablet).await;
    for wrong in [other_prf.as_str(), &"A".repeat(43)] {
        let refused = refusal(renew(&person, passkey.id, wrong).await);
        assert_eq!(refused, (Code::InvalidInput, Some("input.prf".to_owned())));
    }
    let wraps =
        "SELECT method FROM user_keys WHERE user_id = $1 AND method = 'passkey' AND generation = 1";
    assert_eq!(
        person.own(wraps).await.len(),
        2,
        "a way is not given up by a slip"
    );

    renew(&person, passkey.id, &prf).await.expect("renewed");
    assert!(
        person
            .scope()
            .await
            .vault()
            .shut()
            .expect("open")
            .is_empty()
    );
    let (entry, _, _) = enter(test, &mut phone).await;
    for sealed in [&before, &after] {
        assert!(person.reads(&entry.opened, sealed).await);
    }
    assert_eq!(
        person.own(wraps).await.len(),
        0,
        "the present key opens it now"
    );
    renew(&person, other.id, &other_prf).await.expect("renewed");
    let (entry, _, _) = enter(test, &mut tablet).await;
    assert!(person.reads(&entry.opened, &before).await);
    let events = person.events().await;
    let newest = [
        "password_reset",
        "signed_in",
        "signed_in",
        "signed_in",
        "vault_opened",
        "passkey_renewed",
        "signed_in",
        "passkey_renewed",
        "signed_in",
    ];
    assert_eq!(events[events.len() - newest.len()..], newest);
}

async fn a_device_that_was_set_up_anew_opens_the_vault_again(test: &TestDatabase) {
    let person = Person::new(test, EMAIL).await;
    let sealed = person.sealed().await;
    let mut phone = Device::new();
    let made = person.register(&mut phone).await;
    // Had the device another secret before, what it yields now would be this.
    let before = "A".repeat(43);
    renew(&person, made.id, &before).await.expect("renewed");
    let (entry, passkey, prf) = enter(test, &mut phone).await;
    assert!(!entry.viewer.unlocked && passkey.opens_vault);
    renew(&person, made.id, &prf).await.expect("renewed");
    let (opened, viewer) = sign_in(test, &mut phone).await.expect("a sign-in");
    assert!(viewer.unlocked);
    assert!(person.reads(&opened, &sealed).await);
    let wraps = "SELECT method FROM user_keys WHERE user_id = $1 AND method = 'passkey'";
    assert_eq!(person.own(wraps).await.len(), 1, "one wrap a passkey");
}

async fn nothing_is_renewed_without_the_vault_or_for_others(test: &TestDatabase) {
    let mut person = Person::new(test, EMAIL).await;
    let other = Person::new(test, "other@example.org").await;
    let mut phone = Device::new();
    person.register(&mut phone).await;
    person.rotate().await;
    let (entry, passkey, prf) = enter(test, &mut phone).await;
    let locked = scope_of(test, &entry.opened.token.reveal()).await;
    let refused = passkey::renew(&locked, passkey.id, &prf).await;
    assert_eq!(refusal(refused).0, Code::VaultLocked);
    drop(locked);
    for (who, id) in [(&other, passkey.id), (&person, PasskeyId::new())] {
        assert_eq!(refusal(renew(who, id, &prf).await).0, Code::NotFound);
    }
    for malformed in ["", "A", &"A".repeat(44), &"!".repeat(43)] {
        let refused = refusal(renew(&person, passkey.id, malformed).await);
        assert_eq!(refused, (Code::InvalidInput, Some("input.prf".to_owned())));
    }
    assert!(!person.passkeys().await[0].opens_vault);
}

async fn what_is_done_to_passkeys_is_written_down(test: &TestDatabase) {
    let mut person = Person::new(test, EMAIL).await;
    let mut phone = Device::new();
    let made = person.register(&mut phone).await;
    person.rotate().await;
    let (_, passkey, prf) = enter(test, &mut phone).await;
    renew(&person, passkey.id, &prf).await.expect("renewed");
    let scope = person.scope().await;
    passkey::remove(&scope, made.id).await.expect("removed");
    scope.commit().await.expect("committed");
    let expected = [
        "claimed",
        "passkey_added",
        "data_key_replaced",
        "signed_in",
        "passkey_renewed",
        "passkey_removed",
    ];
    assert_eq!(person.events().await, expected);
}
