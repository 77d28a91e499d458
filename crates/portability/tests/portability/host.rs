//! What a partner is given of one person, with a clock that is moved.

use dreamtree_content::Library;
use dreamtree_crypto::PartnerToken;
use dreamtree_database::{Scope, counted, on_both, testing::TestDatabase};
use dreamtree_partners::{
    AccessScope, Error as Refused, Lender, NewPartner, Parameters, Partner, PartnerCaller,
    ProgramKind, Reading, Scopes, allow, check, for_itself, grant, partner, with_code,
};
use dreamtree_portability::host::{self, Given};
use dreamtree_types::UserId;
use serde_json::Value as Json;
use time::Duration;

use crate::{SITE, clock, content, in_force, owner, rate, server_keys, signer, write};

const BACK: &str = "https://school.example/back";
/// The example of RFC 7636, appendix B.
const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
const BOTH: &str = "credential.readonly profile.basic";

on_both!(
    a_badge_stays_until_the_result_is_another,
    a_badge_ends_with_its_result,
    what_was_withdrawn_meanwhile_is_not_read,
    a_token_reads_for_an_hour,
    who_goes_takes_badges_along,
);

async fn school(test: &TestDatabase) -> Partner {
    let new = NewPartner {
        name: "A school".to_owned(),
        redirect_uris: vec![BACK.to_owned()],
        scopes: Scopes::parse(BOTH).expect("scopes"),
        kind: ProgramKind::Confidential,
    };
    let now = test.database.clock().now();
    let registered = partner::register(test.database.counters(), new, now).await;
    registered.expect("a partner").partner
}

/// The access token of a person who says yes to everything.
async fn lends(test: &TestDatabase, user: UserId, partner: &Partner) -> PartnerToken {
    let asked = Parameters {
        response_type: Some("code".to_owned()),
        client_id: Some(partner.id.to_string()),
        redirect_uri: Some(BACK.to_owned()),
        scope: Some(BOTH.to_owned()),
        state: None,
        code_challenge: Some(CHALLENGE.to_owned()),
        code_challenge_method: Some("S256".to_owned()),
    };
    let asked = check(&test.database, asked).await.expect("a good request");
    let scope = write(test, user).await;
    let code = allow(&scope, &server_keys(), &asked, &asked.scopes).await;
    scope.commit().await.expect("the commit");
    let code = code.expect("a code").reveal();
    let issued = with_code(&test.database, partner, &code, BACK, VERIFIER).await;
    issued.expect("tokens").access
}

async fn lender(test: &TestDatabase, token: &PartnerToken) -> Result<Lender, Refused> {
    let caller = PartnerCaller::new(test.database.clone(), Some(token.reveal()));
    caller
        .enter()
        .await?
        .lender(AccessScope::CredentialReadonly)
        .await
}

async fn reading(test: &TestDatabase, token: &PartnerToken) -> Result<Reading, Refused> {
    lender(test, token).await?.read(&test.database).await
}

async fn badge(test: &TestDatabase, token: &PartnerToken, library: &Library) -> Option<Given> {
    let signer = signer(1);
    let keys = signer.keys(&test.database).await.expect("keys");
    let reading = reading(test, token).await.expect("a reading");
    let given = host::credential(&reading, library, keys, SITE).await;
    reading.close().await.expect("the commit");
    given.expect("an answer")
}

async fn take_back(test: &TestDatabase, user: UserId, scopes: Option<&str>) {
    let scope = write(test, user).await;
    let id = grant::all(&scope).await.expect("grants")[0].0.id;
    match scopes {
        None => grant::withdraw(&scope, id).await.expect("an end"),
        Some(scopes) => {
            let left = Scopes::parse(scopes).expect("scopes");
            grant::limit(&scope, id, &left).await.expect("less");
        }
    }
    scope.commit().await.expect("the commit");
}

async fn a_badge_stays_until_the_result_is_another(test: &TestDatabase) {
    let library = content(test).await;
    let (user, school) = (owner(&test.database).await, school(test).await);
    let token = lends(test, user, &school).await;
    assert!(badge(test, &token, &library).await.is_none(), "no result");
    rate(test, user, &library, 4).await;
    let first = badge(test, &token, &library).await.expect("a badge");
    test.database.clock().advance(Duration::minutes(50));
    let (again, statements) = counted(badge(test, &token, &library)).await;
    assert_eq!(again.expect("a badge").document, first.document);
    // The keys; the token, its consent, and that again in the transaction that reads; what was given, whether the work is
    // claimed, and the scores.
    assert_eq!(statements, 7);
    assert_eq!(in_force(test).await, 1);
    rate(test, user, &library, 5).await;
    let second = badge(test, &token, &library).await.expect("a badge");
    assert_ne!(second.document["id"], first.document["id"]);
    let subject = |one: &Given| one.document["credentialSubject"]["id"].clone();
    assert_eq!(subject(&second), subject(&first));
    assert_eq!(in_force(test).await, 1, "the first is revoked");
    let scope = Scope::read(&test.database, user).await.expect("a snapshot");
    let known = &grant::all(&scope).await.expect("grants")[0].0;
    let name = format!("{SITE}/credentials/subjects/{}", known.subject);
    assert_eq!(subject(&second), Json::from(name));
}

async fn a_badge_ends_with_its_result(test: &TestDatabase) {
    let library = content(test).await;
    let (user, school) = (owner(&test.database).await, school(test).await);
    rate(test, user, &library, 4).await;
    let token = lends(test, user, &school).await;
    badge(test, &token, &library).await.expect("a badge");
    test.database.clock().advance(Duration::days(364));
    let token = lends(test, user, &school).await;
    assert!(badge(test, &token, &library).await.is_some());
    test.database.clock().advance(Duration::days(1));
    let token = lends(test, user, &school).await;
    assert!(badge(test, &token, &library).await.is_none(), "ended");
    rate(test, user, &library, 4).await;
    assert!(badge(test, &token, &library).await.is_some());
}

async fn what_was_withdrawn_meanwhile_is_not_read(test: &TestDatabase) {
    let library = content(test).await;
    let (user, school) = (owner(&test.database).await, school(test).await);
    rate(test, user, &library, 4).await;
    for (left, limited) in [(Some("profile.basic"), true), (None, false)] {
        let token = lends(test, user, &school).await;
        badge(test, &token, &library).await.expect("a badge");
        assert_eq!(in_force(test).await, 1);
        let admitted = lender(test, &token).await.expect("admitted");
        take_back(test, user, left).await;
        assert_eq!(in_force(test).await, 0, "revoked");
        let refused = admitted.read(&test.database).await.map(drop);
        match refused {
            Err(Refused::InsufficientScope) => assert!(limited),
            Err(Refused::DeadToken) => assert!(!limited),
            other => panic!("{other:?}"),
        }
    }
}

async fn a_token_reads_for_an_hour(test: &TestDatabase) {
    let (user, school) = (owner(&test.database).await, school(test).await);
    let token = lends(test, user, &school).await;
    test.database
        .clock()
        .advance(Duration::hours(1) - Duration::MICROSECOND);
    reading(test, &token).await.expect("a reading");
    test.database.clock().advance(Duration::MICROSECOND);
    let late = reading(test, &token).await.map(drop);
    assert!(matches!(late, Err(Refused::DeadToken)), "{late:?}");
    let own = for_itself(&test.database, &school, None)
        .await
        .expect("a token");
    let nobodys = lender(test, &own.access).await.map(drop);
    assert!(matches!(nobodys, Err(Refused::NobodysToken)), "{nobodys:?}");
}

async fn who_goes_takes_badges_along(test: &TestDatabase) {
    let library = content(test).await;
    let (user, school) = (owner(&test.database).await, school(test).await);
    rate(test, user, &library, 4).await;
    let token = lends(test, user, &school).await;
    badge(test, &token, &library).await.expect("a badge");
    let scope = write(test, user).await;
    let gone = dreamtree_audit::Gone::Deleted;
    dreamtree_workbook::farewell::delete_account(scope, gone)
        .await
        .expect("the account goes");
    assert_eq!(in_force(test).await, 0);
    let dead = reading(test, &token).await.map(drop);
    assert!(matches!(dead, Err(Refused::DeadToken)), "{dead:?}");
}
