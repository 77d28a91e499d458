//! Partners, people and content to test with.

use std::{path::Path, sync::Arc};

use dreamtree_content::{Library, Shelf};
use dreamtree_crypto::{PartnerToken, Seeded, ServerKeys, pkce_challenge};
use dreamtree_database::{Scope, testing::TestDatabase};
use dreamtree_identity::{Client, CookiePolicy, Identity, Stretcher};
use dreamtree_partners::{
    Authorization, Error, Gathered, Issued, NewPartner, OauthError, Page, Parameters, Partner,
    PartnerCaller, ProgramKind, Refusal, Registered, Scopes, Wanted, allow, check, gather, grant,
    partner, with_code,
};
use dreamtree_types::{Clock, GrantId, UserId};
use time::macros::datetime;

pub(crate) const BACK: &str = "https://school.example/back?tenant=7";
pub(crate) const VERIFIER: &str = "a-verifier-of-at-least-forty-three-characters";
pub(crate) const ALL: &str = "framework.read competency.read credential.readonly profile.basic";

/// A clock that stands still until it is moved.
pub(crate) fn clock() -> Clock {
    Clock::fixed(datetime!(2026-03-01 12:00 UTC))
}

pub(crate) fn keys() -> ServerKeys {
    ServerKeys::generate(&mut Seeded::new(7)).unwrap()
}

pub(crate) fn identity() -> Identity {
    Identity::new(keys(), Stretcher::cheap(), CookiePolicy { secure: true })
}

pub(crate) fn scopes(text: &str) -> Scopes {
    Scopes::parse(text).unwrap()
}

/// The content of `seed-data`.
pub(crate) async fn content(test: &TestDatabase) -> Arc<Library> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../seed-data");
    let edition = dreamtree_content::read_folder(&folder).expect("seed-data has no fault");
    let now = test.database.clock().now();
    let loaded = dreamtree_content::load(&test.owner, &edition, now).await;
    loaded.expect("seed-data loads");
    Shelf::open(&test.database).await.unwrap().current()
}

/// A partner with a secret that may ask for these.
pub(crate) async fn school(test: &TestDatabase, may: &str) -> Registered {
    register(test, may, ProgramKind::Confidential).await
}

pub(crate) async fn register(test: &TestDatabase, may: &str, kind: ProgramKind) -> Registered {
    let new = NewPartner {
        name: "A school".to_owned(),
        redirect_uris: vec![BACK.to_owned(), "http://127.0.0.1:9/".to_owned()],
        scopes: scopes(may),
        kind,
    };
    let now = test.database.clock().now();
    partner::register(test.database.counters(), new, now)
        .await
        .unwrap()
}

/// Somebody.
pub(crate) async fn person(test: &TestDatabase) -> UserId {
    let visited = dreamtree_identity::visit(&test.database, &Client::nowhere()).await;
    visited.unwrap().1.id
}

/// Submits the first scores.
pub(crate) async fn rate(test: &TestDatabase, user: UserId, library: &Library, scores: &[i32]) {
    let scope = Scope::write(&test.database, user).await.unwrap();
    let competencies = library.competencies().iter();
    let scores = competencies.map(|one| one.id).zip(scores.iter().copied());
    let submitted = dreamtree_assessments::submit(&scope, library, scores.collect()).await;
    submitted.unwrap();
    scope.commit().await.unwrap();
}

/// What a well-made program asks for.
pub(crate) fn parameters(partner: &Partner, scope: &str) -> Parameters {
    Parameters {
        response_type: Some("code".to_owned()),
        client_id: Some(partner.id.to_string()),
        redirect_uri: Some(BACK.to_owned()),
        scope: Some(scope.to_owned()),
        state: Some("a state".to_owned()),
        code_challenge: Some(pkce_challenge(VERIFIER)),
        code_challenge_method: Some("S256".to_owned()),
    }
}

pub(crate) async fn asked(test: &TestDatabase, partner: &Partner, scope: &str) -> Authorization {
    let asked = check(&test.database, parameters(partner, scope)).await;
    asked.expect("a good request")
}

/// The code that the partner is told why there is none with.
pub(crate) async fn refused(test: &TestDatabase, parameters: Parameters) -> &'static str {
    match check(&test.database, parameters).await {
        Err(Refusal::Back { error, state, .. }) => {
            assert_eq!(state.as_deref(), Some("a state"));
            error.code()
        }
        Err(Refusal::Stay(_)) => "stay",
        other => panic!("{other:?}"),
    }
}

/// The person says yes to these of what is asked for; the text of the code.
pub(crate) async fn consent(
    test: &TestDatabase,
    user: UserId,
    partner: &Partner,
    scope: &str,
    chosen: &str,
) -> String {
    let asked = asked(test, partner, scope).await;
    let scope = Scope::write(&test.database, user).await.unwrap();
    let code = allow(&scope, &keys(), &asked, &scopes(chosen))
        .await
        .unwrap();
    scope.commit().await.unwrap();
    code.reveal()
}

pub(crate) async fn exchange(
    test: &TestDatabase,
    partner: &Partner,
    code: &str,
) -> Result<Issued, OauthError> {
    with_code(&test.database, partner, code, BACK, VERIFIER).await
}

/// Tokens of a person who says yes to all that is asked for.
pub(crate) async fn tokens(
    test: &TestDatabase,
    user: UserId,
    partner: &Partner,
    scope: &str,
) -> Issued {
    let code = consent(test, user, partner, scope, scope).await;
    exchange(test, partner, &code).await.unwrap()
}

/// The person's only grant.
pub(crate) async fn granted(test: &TestDatabase, user: UserId) -> GrantId {
    let scope = Scope::read(&test.database, user).await.unwrap();
    let all = grant::all(&scope).await.unwrap();
    assert_eq!(all.len(), 1);
    all[0].0.id
}

pub(crate) async fn withdraw(test: &TestDatabase, user: UserId) {
    let id = granted(test, user).await;
    let scope = Scope::write(&test.database, user).await.unwrap();
    grant::withdraw(&scope, id).await.unwrap();
    scope.commit().await.unwrap();
}

/// A page that has yet to be released.
pub(crate) async fn begun(
    test: &TestDatabase,
    token: &PartnerToken,
    wanted: Wanted,
) -> Result<Gathered, Error> {
    let caller = PartnerCaller::new(test.database.clone(), Some(token.reveal()));
    gather(caller.enter().await?, wanted).await
}

/// A page.
pub(crate) async fn read(
    test: &TestDatabase,
    token: &PartnerToken,
    wanted: Wanted,
) -> Result<Page, Error> {
    begun(test, token, wanted)
        .await?
        .release(&test.database)
        .await
}

pub(crate) fn first(first: u64) -> Wanted {
    Wanted {
        first,
        ..Wanted::default()
    }
}
