//! Codes: what is asked for, and what a code is good for.

use dreamtree_database::{on_both, testing::TestDatabase};
use dreamtree_partners::{
    Error, OauthError, Parameters, ProgramKind, for_itself, housekeeping, with_code,
};
use time::Duration;

use crate::stage::{
    ALL, BACK, VERIFIER, asked, clock, consent, exchange, first, parameters, person, read, refused,
    register, school,
};

on_both!(
    an_address_that_is_only_nearly_right_is_none,
    a_challenge_by_s256_is_needed,
    no_scope_goes_beyond_the_registration,
    a_code_is_good_once_and_its_second_use_ends_what_came_of_it,
    a_code_needs_its_verifier_and_its_address,
    a_code_is_good_for_a_minute,
    a_code_of_another_partner_is_none,
);

async fn an_address_that_is_only_nearly_right_is_none(test: &TestDatabase) {
    let school = school(test, ALL).await.partner;
    for uri in [
        "",
        "https://school.example/back?tenant=",
        "https://school.example/back?tenant=77",
        "https://school.example/back?tenant=7/",
        "https://school.example/Back?tenant=7",
        "http://school.example/back?tenant=7",
        "https://school.example:443/back?tenant=7",
        "http://127.0.0.1:10/",
        "https://school.example/back?tenant=7 http://127.0.0.1:9/",
    ] {
        let nearly = Parameters {
            redirect_uri: Some(uri.to_owned()),
            ..parameters(&school, ALL)
        };
        assert_eq!(refused(test, nearly).await, "stay", "{uri}");
    }
    let unknown = Parameters {
        client_id: Some("0190a3e4-0000-7000-8000-000000000001".to_owned()),
        ..parameters(&school, ALL)
    };
    assert_eq!(refused(test, unknown).await, "stay");
    assert_eq!(asked(test, &school, ALL).await.redirect_uri, BACK);
}

async fn a_challenge_by_s256_is_needed(test: &TestDatabase) {
    let school = school(test, ALL).await.partner;
    let good = || parameters(&school, ALL);
    let with = |challenge: Option<&str>, method: Option<&str>| Parameters {
        code_challenge: challenge.map(str::to_owned),
        code_challenge_method: method.map(str::to_owned),
        ..good()
    };
    let challenge = good().code_challenge.unwrap();
    for bad in [
        with(None, Some("S256")),
        with(Some(&challenge), None),
        with(Some(&challenge), Some("plain")),
        with(Some(VERIFIER), Some("plain")),
        with(Some(&challenge[1..]), Some("S256")),
        with(Some(&format!("+{}", &challenge[1..])), Some("S256")),
    ] {
        assert_eq!(refused(test, bad).await, "invalid_request");
    }
    let token = Parameters {
        response_type: Some("token".to_owned()),
        ..good()
    };
    assert_eq!(refused(test, token).await, "unsupported_response_type");
}

async fn no_scope_goes_beyond_the_registration(test: &TestDatabase) {
    let school = school(test, "competency.read").await.partner;
    for scope in [
        "",
        "profile.basic",
        "competency.read profile.basic",
        "user_budget",
    ] {
        let bad = parameters(&school, scope);
        assert_eq!(refused(test, bad).await, "invalid_scope", "{scope}");
    }
    let beyond = for_itself(&test.database, &school, Some("profile.basic")).await;
    assert!(matches!(beyond, Err(OauthError::InvalidScope)));
    let own = for_itself(&test.database, &school, None).await.unwrap();
    assert_eq!(own.scopes.to_string(), "competency.read");
    assert!(own.refresh.is_none());
    let public = register(test, ALL, ProgramKind::Public).await.partner;
    let itself = for_itself(&test.database, &public, None).await;
    assert!(matches!(itself, Err(OauthError::UnauthorizedClient(_))));
}

async fn a_code_is_good_once_and_its_second_use_ends_what_came_of_it(test: &TestDatabase) {
    let school = school(test, ALL).await.partner;
    let user = person(test).await;
    let code = consent(test, user, &school, ALL, "profile.basic").await;
    let issued = exchange(test, &school, &code).await.unwrap();
    assert_eq!(issued.scopes.to_string(), "profile.basic");
    assert!(read(test, &issued.access, first(1)).await.is_ok());
    let again = exchange(test, &school, &code).await;
    assert!(matches!(again, Err(OauthError::InvalidGrant)));
    let dead = read(test, &issued.access, first(1)).await;
    assert!(matches!(dead, Err(Error::DeadToken)));
    let refresh = issued.refresh_text().unwrap();
    let refreshed = dreamtree_partners::with_refresh(&test.database, &school, &refresh, None);
    assert!(matches!(refreshed.await, Err(OauthError::InvalidGrant)));
}

async fn a_code_needs_its_verifier_and_its_address(test: &TestDatabase) {
    let school = school(test, ALL).await.partner;
    let user = person(test).await;
    let other = VERIFIER.replace("forty", "fifty");
    for (uri, verifier) in [
        (BACK, &*other),
        (BACK, "short"),
        ("http://127.0.0.1:9/", VERIFIER),
        ("https://school.example/back?tenant=77", VERIFIER),
    ] {
        let code = consent(test, user, &school, ALL, ALL).await;
        let wrong = with_code(&test.database, &school, &code, uri, verifier).await;
        assert!(
            matches!(wrong, Err(OauthError::InvalidGrant)),
            "{uri} {verifier}"
        );
        // Nobody tries a second verifier on the same code.
        let right = exchange(test, &school, &code).await;
        assert!(matches!(right, Err(OauthError::InvalidGrant)));
    }
}

async fn a_code_is_good_for_a_minute(test: &TestDatabase) {
    let school = school(test, ALL).await.partner;
    let user = person(test).await;
    let code = consent(test, user, &school, ALL, ALL).await;
    test.database.clock().advance(Duration::seconds(59));
    assert!(exchange(test, &school, &code).await.is_ok());
    let late = consent(test, user, &school, ALL, ALL).await;
    test.database.clock().advance(Duration::seconds(60));
    let late = exchange(test, &school, &late).await;
    assert!(matches!(late, Err(OauthError::InvalidGrant)));
    assert_eq!(housekeeping::sweep(&test.database).await.unwrap(), 0);
    test.database.clock().advance(Duration::days(1));
    // Two codes, and the access token of the first.
    assert_eq!(housekeeping::sweep(&test.database).await.unwrap(), 3);
}

async fn a_code_of_another_partner_is_none(test: &TestDatabase) {
    let (one, other) = (
        school(test, ALL).await.partner,
        school(test, ALL).await.partner,
    );
    let user = person(test).await;
    let code = consent(test, user, &one, ALL, ALL).await;
    let stolen = exchange(test, &other, &code).await;
    assert!(matches!(stolen, Err(OauthError::InvalidGrant)));
    assert!(exchange(test, &one, &code).await.is_ok(), "it is not used");
}
