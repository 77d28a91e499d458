//! Keeping passkeys: their names, and taking them away.

use dreamtree_database::{on_both, testing::TestDatabase};
use dreamtree_identity::passkey;
use dreamtree_types::{Code, PasskeyId};

use super::support::{Device, Person, clock, password_opens, refusal, sign_in};

on_both!(
    a_passkey_gets_another_name,
    a_removed_passkey_is_gone,
    what_alone_opens_the_vault_stays,
    passkeys_of_others_are_not_there,
);

async fn a_passkey_gets_another_name(test: &TestDatabase) {
    let person = Person::new(test, "someone@example.org").await;
    let made = person.register(&mut Device::new()).await;
    let scope = person.scope().await;
    let renamed = passkey::rename(&scope, made.id, "\tOld phone ").await;
    assert_eq!(renamed.expect("renamed").name, "Old phone");
    scope.commit().await.expect("committed");
    assert_eq!(person.passkeys().await[0].name, "Old phone");
    let scope = person.scope().await;
    let refused = passkey::rename(&scope, made.id, " ").await;
    assert_eq!(refusal(refused).0, Code::InvalidInput);
}

async fn a_removed_passkey_is_gone(test: &TestDatabase) {
    let person = Person::new(test, "someone@example.org").await;
    let sealed = person.sealed().await;
    let mut device = Device::new();
    let made = person.register(&mut device).await;
    let (opened, _) = sign_in(test, &mut device).await.expect("a sign-in");
    let scope = person.scope().await;
    passkey::remove(&scope, made.id).await.expect("removed");
    scope.commit().await.expect("committed");
    assert_eq!(person.passkeys().await.len(), 0);
    let refused = refusal(sign_in(test, &mut device).await);
    assert_eq!(refused, (Code::CredentialsRefused, None));
    assert!(person.reads(&opened, &sealed).await, "the session goes on");
    for left in [
        "SELECT credential_hash FROM passkey_directory",
        "SELECT method FROM user_keys WHERE method = 'passkey'",
    ] {
        assert_eq!(person.all(left).await, Vec::<String>::new());
    }
    let again = passkey::remove(&person.scope().await, made.id).await;
    assert_eq!(refusal(again).0, Code::NotFound);
}

async fn what_alone_opens_the_vault_stays(test: &TestDatabase) {
    let person = Person::new(test, "someone@example.org").await;
    let (mut device, mut simple) = (Device::new(), Device::simple());
    let made = person.register(&mut device).await;
    let bare = person.register(&mut simple).await;
    person
        .execute("DELETE FROM user_keys WHERE user_id = $1 AND method IN ('password', 'recovery')")
        .await;
    let kept = passkey::remove(&person.scope().await, made.id).await;
    assert_eq!(refusal(kept), (Code::LastKey, None));
    let (_, viewer) = sign_in(test, &mut device).await.expect("a sign-in");
    assert!(viewer.unlocked);

    let scope = person.scope().await;
    passkey::remove(&scope, bare.id)
        .await
        .expect("it opens nothing");
    scope.commit().await.expect("committed");
    person.register(&mut Device::new()).await;
    let scope = person.scope().await;
    passkey::remove(&scope, made.id)
        .await
        .expect("another one opens it");
}

async fn passkeys_of_others_are_not_there(test: &TestDatabase) {
    let person = Person::new(test, "someone@example.org").await;
    let other = Person::new(test, "other@example.org").await;
    let made = person.register(&mut Device::new()).await;
    for id in [made.id, PasskeyId::new()] {
        let scope = other.scope().await;
        let renamed = passkey::rename(&scope, id, "mine").await;
        assert_eq!(refusal(renamed).0, Code::NotFound);
        let removed = passkey::remove(&scope, id).await;
        assert_eq!(refusal(removed).0, Code::NotFound);
        scope.commit().await.expect("committed");
    }
    assert_eq!(other.passkeys().await.len(), 0);
    assert_eq!(person.passkeys().await[0].name, "Phone");
    assert!(password_opens(test, &person).await);
}
