//! The rules of what people take elsewhere, with a clock that is moved: on both databases.
#![allow(clippy::expect_used, reason = "a test that cannot go on has failed")]

mod attempts;
mod host;

use std::{collections::BTreeSet, path::Path, sync::Arc};

use dreamtree_content::{CompetencyId, Library, Shelf};
use dreamtree_credentials::SigningKeys;
use dreamtree_crypto::{Seeded, ServerKeys};
use dreamtree_database::{Database, Scope, on_both, testing::TestDatabase};
use dreamtree_identity::{Client, CookiePolicy, Credentials, Identity, Stretcher};
use dreamtree_portability::{
    Error, Signer,
    credential::{self, Credential},
    picture::{self, Subject},
    share, status,
};
use dreamtree_types::{Clock, UserId};
use sea_orm::{ConnectionTrait, Statement};
use time::{Duration, macros::datetime};

const SITE: &str = "https://dreamtree.example";

fn clock() -> Clock {
    Clock::fixed(datetime!(2026-03-01 12:00 UTC))
}

on_both!(
    a_credential_ends_with_its_result,
    an_account_that_goes_revokes_its_credentials,
    places_are_given_once,
    keys_stay_published_until_what_they_have_signed_has_ended,
    a_share_ends,
    a_trend_has_a_point_for_each_day,
);

async fn content(test: &TestDatabase) -> Arc<Library> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../seed-data");
    let edition = dreamtree_content::read_folder(&folder).expect("seed-data has no fault");
    let now = test.database.clock().now();
    dreamtree_content::load(&test.owner, &edition, now)
        .await
        .expect("seed-data loads");
    let shelf = Shelf::open(&test.database).await;
    shelf.expect("the shelf opens").current()
}

fn server_keys() -> ServerKeys {
    ServerKeys::generate(&mut Seeded::new(1)).expect("keys")
}

fn signer(seed: u64) -> Signer {
    Signer::new(SigningKeys::generate(&mut Seeded::new(seed)).expect("keys"))
}

/// Somebody who has claimed their work.
async fn owner(database: &Database) -> UserId {
    let visited = dreamtree_identity::visit(database, &Client::nowhere()).await;
    let (opened, viewer) = visited.expect("a visit");
    let identity = Identity::new(
        server_keys(),
        Stretcher::cheap(),
        CookiePolicy { secure: true },
    );
    let credentials = Credentials {
        email: format!("{}@example.org", viewer.id),
        password: "eleven quiet harbours".to_owned(),
    };
    let door = dreamtree_identity::Sessions {
        vault_idle: Duration::hours(1),
    };
    let token = opened.token.reveal();
    let begin = async || {
        let entered = dreamtree_api::Door::write(&door, database, &token).await;
        let scope = entered.expect("a session").scope;
        Ok::<_, dreamtree_identity::Error>(scope.expect("a scope"))
    };
    let client = Client::nowhere();
    dreamtree_identity::claim(database, &identity, &client, credentials, begin)
        .await
        .expect("a claim");
    viewer.id
}

async fn write(test: &TestDatabase, user: UserId) -> Scope {
    let scope = Scope::write(&test.database, user).await;
    scope.expect("a transaction")
}

/// The person rates themselves in every competency alike.
async fn rate(test: &TestDatabase, user: UserId, library: &Library, level: i32) {
    let scores: Vec<(CompetencyId, i32)> = library
        .competencies()
        .iter()
        .map(|one| (one.id, level))
        .collect();
    let scope = write(test, user).await;
    dreamtree_assessments::submit(&scope, library, scores)
        .await
        .expect("scores");
    scope.commit().await.expect("the commit");
}

async fn issue(test: &TestDatabase, user: UserId, library: &Library) -> Result<Credential, Error> {
    let signer = signer(1);
    let keys = signer.keys(&test.database).await.expect("keys");
    let scope = write(test, user).await;
    let issued = credential::issue(&scope, library, keys, SITE).await?;
    scope.commit().await.expect("the commit");
    Ok(issued)
}

/// How many places of the first list are in force.
async fn in_force(test: &TestDatabase) -> usize {
    let places = dreamtree_identity::credential_directory::in_force(&test.database, 1).await;
    places.expect("places").len()
}

async fn a_credential_ends_with_its_result(test: &TestDatabase) {
    let library = content(test).await;
    let user = owner(&test.database).await;
    rate(test, user, &library, 3).await;
    test.database.clock().advance(Duration::days(100));
    let issued = issue(test, user, &library).await;
    let issued = issued.expect("a credential");
    assert_eq!(issued.valid_until, datetime!(2027-03-01 12:00 UTC));
    assert_eq!(issued.valid_from, datetime!(2026-06-09 12:00 UTC));
    test.database.clock().advance(Duration::days(265));
    let late = issue(test, user, &library).await;
    assert!(matches!(late, Err(Error::Outdated)), "{late:?}");
    rate(test, user, &library, 3).await;
    let anew = issue(test, user, &library).await;
    assert_ne!(anew.expect("a credential").id, issued.id);
}

async fn an_account_that_goes_revokes_its_credentials(test: &TestDatabase) {
    let library = content(test).await;
    let (goes, stays) = (owner(&test.database).await, owner(&test.database).await);
    for user in [goes, stays] {
        rate(test, user, &library, 4).await;
        let issued = issue(test, user, &library).await;
        issued.expect("a credential");
    }
    assert_eq!(in_force(test).await, 2);
    let scope = write(test, goes).await;
    let gone = dreamtree_audit::Gone::Deleted;
    dreamtree_workbook::farewell::delete_account(scope, gone)
        .await
        .expect("the account goes");
    assert_eq!(in_force(test).await, 1);
    let places = "SELECT count(*) AS n FROM status_places".to_owned();
    let backend = test.owner.get_database_backend();
    let row = test
        .owner
        .query_one_raw(Statement::from_string(backend, places))
        .await
        .expect("an answer")
        .expect("a row");
    assert_eq!(
        row.try_get::<i64>("", "n").expect("a number"),
        2,
        "no place is free again"
    );
}

async fn places_are_given_once(test: &TestDatabase) {
    let library = content(test).await;
    let user = owner(&test.database).await;
    let mut places = BTreeSet::new();
    for score in [1, 2, 3, 4, 5] {
        test.database.clock().advance(Duration::days(1));
        rate(test, user, &library, score).await;
        let issued = issue(test, user, &library).await;
        let issued = issued.expect("a credential");
        assert!(places.insert((issued.status_list, issued.status_position)));
        let scope = write(test, user).await;
        credential::revoke(&scope, issued.id)
            .await
            .expect("revoked");
        scope.commit().await.expect("the commit");
    }
    assert!(places.iter().all(|(list, _)| *list == 1));
    assert_eq!(in_force(test).await, 0);
    let signer = signer(1);
    let count = status::count(&test.database).await.expect("a number");
    assert_eq!(count, 1, "it is told that they are revoked");
    let list = status::list(&test.database, &signer, SITE, count).await;
    list.expect("a list");
}

async fn keys_stay_published_until_what_they_have_signed_has_ended(test: &TestDatabase) {
    let database = &test.database;
    let (old, new) = (signer(1), signer(2));
    old.keys(database).await.expect("keys");
    database.clock().advance(Duration::days(10));
    new.keys(database).await.expect("keys");
    let told = async || {
        let document = new.document(database, SITE).await.expect("a document");
        let methods = document["verificationMethod"].as_array().map(Vec::len);
        methods.expect("methods") / 2
    };
    assert_eq!(told().await, 2);
    database.clock().advance(Duration::days(366));
    new.keys(database).await.expect("keys");
    assert_eq!(told().await, 2, "something may be in force yet");
    database.clock().advance(Duration::days(40));
    assert_eq!(told().await, 1, "nothing is");
    let none = new.document(database, "nowhere").await;
    assert!(matches!(none, Err(Error::NoOrigin)));
}

async fn a_share_ends(test: &TestDatabase) {
    let library = content(test).await;
    let user = owner(&test.database).await;
    rate(test, user, &library, 2).await;
    let scope = write(test, user).await;
    let made = share::create(&scope, Subject::Radar, 2).await;
    let (_, token) = made.expect("a share");
    scope.commit().await.expect("the commit");
    let token = token.reveal();
    let opened = async || {
        share::open(&test.database, &token)
            .await
            .expect("an answer")
    };
    let open = opened().await.expect("a picture");
    let svg = picture::svg(&open.scope, &library, open.subject).await;
    let svg = svg.expect("an answer").expect("a picture");
    assert!(svg.contains("average 2"), "{svg}");
    drop(open);
    let till_the_end = Duration::days(2) - Duration::MICROSECOND;
    test.database.clock().advance(till_the_end);
    assert!(opened().await.is_some());
    test.database.clock().advance(Duration::MICROSECOND);
    assert!(opened().await.is_none());
}

async fn a_trend_has_a_point_for_each_day(test: &TestDatabase) {
    let library = content(test).await;
    let user = owner(&test.database).await;
    for score in [1, 2, 2, 4] {
        rate(test, user, &library, score).await;
        test.database.clock().advance(Duration::hours(16));
    }
    let scope = Scope::read(&test.database, user).await.expect("a snapshot");
    let svg = picture::svg(&scope, &library, Subject::Trend).await;
    let svg = svg.expect("an answer").expect("a picture");
    for name in ["Delivery", "Interpersonal", "Strategic", "Overall"] {
        let words = format!("{name}: from 1 on 2026-03-01 to 4 on 2026-03-03.");
        assert!(svg.contains(&words), "{svg}");
    }
    let marks = svg.matches("<circle").count();
    assert_eq!(marks, 3, "12:00, 4:00 and 20:00, 12:00 of the day after");
    let nobody = owner(&test.database).await;
    let scope = Scope::read(&test.database, nobody)
        .await
        .expect("a snapshot");
    for subject in [Subject::Radar, Subject::Trend] {
        let none = picture::svg(&scope, &library, subject).await;
        assert!(none.expect("an answer").is_none());
    }
}
