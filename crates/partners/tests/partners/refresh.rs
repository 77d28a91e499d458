//! Refresh tokens and what ends tokens.

use dreamtree_database::{on_both, testing::TestDatabase};
use dreamtree_partners::{
    Error, Issued, OauthError, Partner, introspect, partner, revoke, with_refresh,
};
use time::Duration;

use crate::stage::{ALL, clock, first, person, read, school, tokens, withdraw};

on_both!(
    a_replayed_refresh_token_ends_its_family,
    a_refresh_token_asks_for_no_more_than_it_has,
    tokens_end_in_time,
    a_partner_ends_its_own_tokens_only,
    a_closed_partner_has_no_tokens,
    a_withdrawn_grant_takes_its_tokens_with_it,
);

async fn refresh(
    test: &TestDatabase,
    partner: &Partner,
    of: &Issued,
) -> Result<Issued, OauthError> {
    with_refresh(&test.database, partner, &of.refresh_text().unwrap(), None).await
}

async fn a_replayed_refresh_token_ends_its_family(test: &TestDatabase) {
    let school = school(test, ALL).await.partner;
    let (user, other) = (person(test).await, person(test).await);
    let apart = tokens(test, other, &school, ALL).await;
    let begun = tokens(test, user, &school, ALL).await;
    let second = refresh(test, &school, &begun).await.unwrap();
    let third = refresh(test, &school, &second).await.unwrap();
    assert!(read(test, &third.access, first(1)).await.is_ok());
    let replayed = refresh(test, &school, &begun).await;
    assert!(matches!(replayed, Err(OauthError::InvalidGrant)));
    for issued in [&begun, &second, &third] {
        let dead = read(test, &issued.access, first(1)).await;
        assert!(matches!(dead, Err(Error::DeadToken)));
        let dead = refresh(test, &school, issued).await;
        assert!(matches!(dead, Err(OauthError::InvalidGrant)));
    }
    assert!(
        refresh(test, &school, &apart).await.is_ok(),
        "another family"
    );
}

async fn a_refresh_token_asks_for_no_more_than_it_has(test: &TestDatabase) {
    let school = school(test, ALL).await.partner;
    let user = person(test).await;
    let begun = tokens(test, user, &school, "competency.read profile.basic").await;
    let begins = begun.refresh_text().unwrap();
    let more = with_refresh(&test.database, &school, &begins, Some(ALL)).await;
    assert!(matches!(more, Err(OauthError::InvalidScope)));
    let less = with_refresh(&test.database, &school, &begins, Some("profile.basic")).await;
    let less = less.expect("the refusal has not used it");
    assert_eq!(less.scopes.to_string(), "profile.basic");
    let whole = refresh(test, &school, &less).await.unwrap();
    assert_eq!(whole.scopes.to_string(), "competency.read profile.basic");
}

async fn tokens_end_in_time(test: &TestDatabase) {
    let school = school(test, ALL).await.partner;
    let user = person(test).await;
    let begun = tokens(test, user, &school, ALL).await;
    test.database.clock().advance(Duration::hours(1));
    let late = read(test, &begun.access, first(1)).await;
    assert!(matches!(late, Err(Error::DeadToken)));
    let second = refresh(test, &school, &begun).await.unwrap();
    test.database.clock().advance(Duration::days(90));
    let late = refresh(test, &school, &second).await;
    assert!(matches!(late, Err(OauthError::InvalidGrant)));
}

async fn a_partner_ends_its_own_tokens_only(test: &TestDatabase) {
    let (one, other) = (
        school(test, ALL).await.partner,
        school(test, ALL).await.partner,
    );
    let user = person(test).await;
    let issued = tokens(test, user, &one, "profile.basic").await;
    let (access, refreshing) = (issued.access_text(), issued.refresh_text().unwrap());
    let look = async |partner, token| introspect(&test.database, partner, token).await.unwrap();
    let found = look(&one, &access).await.unwrap();
    assert_eq!(found.scopes.to_string(), "profile.basic");
    assert!(found.subject.is_some());
    assert_eq!(found.expires_at - found.issued_at, Duration::HOUR);
    assert!(look(&other, &access).await.is_none());
    assert!(look(&one, "dtpa_nonsense").await.is_none());
    revoke(&test.database, &other, &refreshing).await.unwrap();
    assert!(
        look(&one, &refreshing).await.is_some(),
        "a stranger ends nothing"
    );
    revoke(&test.database, &one, &access).await.unwrap();
    assert!(look(&one, &access).await.is_none());
    let again = refresh(test, &one, &issued).await.unwrap();
    assert!(look(&one, &refreshing).await.is_none(), "used");
    revoke(&test.database, &one, &again.refresh_text().unwrap())
        .await
        .unwrap();
    assert!(
        look(&one, &again.access_text()).await.is_none(),
        "the family"
    );
    revoke(&test.database, &one, "nonsense").await.unwrap();
}

async fn a_closed_partner_has_no_tokens(test: &TestDatabase) {
    let school = school(test, ALL).await.partner;
    let user = person(test).await;
    let issued = tokens(test, user, &school, ALL).await;
    let database = &test.database;
    let now = database.clock().now();
    partner::close(database.counters(), school.id, now)
        .await
        .unwrap();
    let dead = read(test, &issued.access, first(1)).await;
    assert!(matches!(dead, Err(Error::DeadToken)));
    let twice = partner::close(database.counters(), school.id, now).await;
    assert!(matches!(twice, Err(Error::NoPartner)));
    let id = school.id.to_string();
    assert!(
        partner::open(database.shared(), &id)
            .await
            .unwrap()
            .is_none()
    );
    let secret = partner::renew_secret(database.counters(), school.id).await;
    assert!(matches!(secret, Err(Error::NoPartner)));
}

async fn a_withdrawn_grant_takes_its_tokens_with_it(test: &TestDatabase) {
    let school = school(test, ALL).await.partner;
    let user = person(test).await;
    let issued = tokens(test, user, &school, ALL).await;
    withdraw(test, user).await;
    let dead = read(test, &issued.access, first(1)).await;
    assert!(matches!(dead, Err(Error::DeadToken)));
    let dead = refresh(test, &school, &issued).await;
    assert!(matches!(dead, Err(OauthError::InvalidGrant)));
    // A new yes does not bring old tokens back.
    tokens(test, user, &school, ALL).await;
    let dead = read(test, &issued.access, first(1)).await;
    assert!(matches!(dead, Err(Error::DeadToken)));
}
