//! What a person grants, limits and withdraws, and the form that they do it with.

use dreamtree_audit::{Entry, page};
use dreamtree_crypto::pairwise_subject;
use dreamtree_database::{Scope, on_both, testing::TestDatabase};
use dreamtree_partners::{Authorization, Error, Grant, Seal, grant};
use dreamtree_types::{SessionId, UserId};
use time::Duration;

use crate::stage::{
    ALL, asked, clock, consent, exchange, granted, keys, person, school, scopes, tokens, withdraw,
};

on_both!(
    every_partner_knows_a_person_under_another_name,
    a_second_yes_leaves_what_was_not_asked_for,
    a_grant_is_limited_by_its_person_only,
    a_form_is_good_for_its_session_its_request_and_ten_minutes,
    the_diary_tells_who_may_read,
    whoever_goes_takes_grants_and_tokens_along,
);

async fn grants(test: &TestDatabase, user: UserId) -> Vec<Grant> {
    let scope = Scope::read(&test.database, user).await.unwrap();
    let all = grant::all(&scope).await.unwrap();
    all.into_iter().map(|(grant, _)| grant).collect()
}

async fn diary(test: &TestDatabase, user: UserId) -> Vec<String> {
    let scope = Scope::read(&test.database, user).await.unwrap();
    let entries = page(&scope, 50, None).await.unwrap().entries;
    entries
        .into_iter()
        .rev()
        .map(|one: Entry| one.event)
        .collect()
}

async fn every_partner_knows_a_person_under_another_name(test: &TestDatabase) {
    let (one, other) = (
        school(test, ALL).await.partner,
        school(test, ALL).await.partner,
    );
    let (user, second) = (person(test).await, person(test).await);
    for partner in [&one, &other] {
        tokens(test, user, partner, ALL).await;
        tokens(test, second, partner, ALL).await;
    }
    let (mine, theirs) = (grants(test, user).await, grants(test, second).await);
    let mut names: Vec<_> = mine.iter().chain(&theirs).map(|one| &one.subject).collect();
    names.sort();
    names.dedup();
    assert_eq!(names.len(), 4);
    for grant in &mine {
        let name = pairwise_subject(&keys(), grant.partner_id.uuid(), user.uuid());
        assert_eq!(grant.subject, name);
        assert!(!name.contains(&user.to_string()));
    }
    let scope = Scope::write(&test.database, user).await.unwrap();
    grant::withdraw(&scope, mine[0].id).await.unwrap();
    scope.commit().await.unwrap();
    tokens(test, user, &one, ALL).await;
    let again = grants(test, user).await;
    let again = again
        .iter()
        .find(|grant| grant.partner_id == one.id)
        .unwrap();
    assert_eq!(again.subject, mine[0].subject, "the same as before");
    assert_ne!(again.id, mine[0].id);
}

async fn a_second_yes_leaves_what_was_not_asked_for(test: &TestDatabase) {
    let school = school(test, ALL).await.partner;
    let user = person(test).await;
    let asked = "competency.read profile.basic";
    consent(test, user, &school, asked, asked).await;
    let both = "profile.basic framework.read";
    let code = consent(test, user, &school, both, "framework.read").await;
    let [grant] = &*grants(test, user).await else {
        panic!("one grant")
    };
    assert_eq!(grant.scopes, "framework.read competency.read");
    let issued = exchange(test, &school, &code).await.unwrap();
    assert_eq!(issued.scopes.to_string(), "framework.read");
}

async fn a_grant_is_limited_by_its_person_only(test: &TestDatabase) {
    let school = school(test, ALL).await.partner;
    let (user, stranger) = (person(test).await, person(test).await);
    tokens(test, user, &school, "competency.read profile.basic").await;
    let id = granted(test, user).await;
    let limit = async |user, text: &str| {
        let scope = Scope::write(&test.database, user).await.unwrap();
        let limited = grant::limit(&scope, id, &scopes(text)).await;
        scope.commit().await.unwrap();
        limited.map(|grant| grant.scopes)
    };
    let foreign = limit(stranger, "profile.basic").await;
    assert!(matches!(foreign, Err(Error::NoGrant)));
    for more in ["", "framework.read", "profile.basic framework.read"] {
        let refused = limit(user, more).await;
        assert!(matches!(refused, Err(Error::Input { .. })), "{more}");
    }
    assert_eq!(limit(user, "profile.basic").await.unwrap(), "profile.basic");
    assert_eq!(grants(test, user).await[0].scopes, "profile.basic");
    let scope = Scope::write(&test.database, stranger).await.unwrap();
    let foreign = grant::withdraw(&scope, id).await;
    assert!(matches!(foreign, Err(Error::NoGrant)));
}

async fn a_form_is_good_for_its_session_its_request_and_ten_minutes(test: &TestDatabase) {
    let school = school(test, ALL).await.partner;
    let request = asked(test, &school, ALL).await;
    let (session, now) = (SessionId::new(), test.database.clock().now());
    let seal = Seal::new(&keys(), session, &request, now);
    let holds = |session, request: &Authorization, after| {
        seal.holds(&keys(), session, request, now + after)
    };
    assert!(holds(session, &request, Duration::ZERO));
    assert!(holds(session, &request, Duration::seconds(599)));
    assert!(!holds(session, &request, Duration::minutes(10)));
    assert!(!holds(session, &request, Duration::seconds(-1)));
    assert!(!holds(SessionId::new(), &request, Duration::ZERO));
    let other = Authorization {
        state: Some("another".to_owned()),
        ..request.clone()
    };
    assert!(!holds(session, &other, Duration::ZERO));
    let later = Seal {
        made_at: (now.unix_timestamp() + 60).to_string(),
        mark: seal.mark.clone(),
    };
    let at = now + Duration::minutes(11);
    assert!(
        !later.holds(&keys(), session, &request, at),
        "a newer time, the old mark"
    );
}

async fn the_diary_tells_who_may_read(test: &TestDatabase) {
    let school = school(test, ALL).await.partner;
    let user = person(test).await;
    consent(test, user, &school, ALL, ALL).await;
    consent(test, user, &school, ALL, ALL).await;
    consent(test, user, &school, ALL, "profile.basic").await;
    withdraw(test, user).await;
    let expected = ["partner_allowed", "partner_limited", "partner_withdrawn"];
    assert_eq!(diary(test, user).await, expected);
}

async fn whoever_goes_takes_grants_and_tokens_along(test: &TestDatabase) {
    let school = school(test, ALL).await.partner;
    let (user, stays) = (person(test).await, person(test).await);
    let issued = tokens(test, user, &school, ALL).await;
    let other = tokens(test, stays, &school, ALL).await;
    consent(test, user, &school, ALL, ALL).await;
    let scope = Scope::write(&test.database, user).await.unwrap();
    grant::forget(&scope).await.unwrap();
    scope.commit().await.unwrap();
    assert!(grants(test, user).await.is_empty());
    assert_eq!(grants(test, stays).await.len(), 1);
    let database = &test.database;
    let look = async |text: String| {
        dreamtree_partners::introspect(database, &school, &text)
            .await
            .unwrap()
            .is_some()
    };
    assert!(!look(issued.access_text()).await && look(other.access_text()).await);
}
