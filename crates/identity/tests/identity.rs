//! Visits, claims and sign-ins, on both databases.
#![allow(clippy::expect_used, reason = "a test that cannot go on has failed")]

use dreamtree_api::Door;
use dreamtree_crypto::{Seeded, ServerKeys};
use dreamtree_database::{Database, Place, Scope, Vault, on_both, testing::TestDatabase};
use dreamtree_identity::{
    Client, CookiePolicy, Credentials, Entry, Error, Identity, SignedIn, Stretcher, claim, door,
    operator, sign_in, sign_out, visit,
};
use dreamtree_types::{Actor, Clock, Private, Role, UserId};
use sea_orm::{ConnectionTrait, Statement};
use serde_json::json;
use time::{Duration, macros::datetime};

fn clock() -> Clock {
    Clock::fixed(datetime!(2026-03-01 12:00 UTC))
}

fn identity() -> Identity {
    let keys = ServerKeys::generate(&mut Seeded::new(7)).expect("keys");
    Identity::new(keys, Stretcher::cheap(), CookiePolicy { secure: true })
}

fn credentials(email: &str, password: &str) -> Credentials {
    Credentials {
        email: email.to_owned(),
        password: password.to_owned(),
    }
}

/// Signs in as somebody without a second factor.
async fn enter(test: &TestDatabase, identity: &Identity, credentials: Credentials) -> Entry {
    let client = Client::nowhere();
    match sign_in(&test.database, identity, &client, credentials).await {
        Ok(SignedIn::In(entry)) => *entry,
        other => panic!("{other:?}"),
    }
}

const EMAIL: &str = "someone@example.org";
const PASSWORD: &str = "über den Fluß 渡る";

struct Met {
    actor: Actor,
    vault: Vault,
}

/// Who the token stands for; a door to write through has to say the same as the one to read through.
async fn authenticate(database: &Database, token: &str) -> Met {
    let entered = door::to_read(database, token).await.expect("an answer");
    let actor = entered.actor;
    drop(entered);
    let entered = door::to_write(database, token).await.expect("an answer");
    assert_eq!(entered.actor, actor);
    assert_eq!(entered.scope.is_some(), matches!(actor, Actor::User { .. }));
    let Some(scope) = entered.scope else {
        let vault = Vault::Locked;
        return Met { actor, vault };
    };
    let vault = scope.vault().clone();
    scope.commit().await.expect("committed");
    Met { actor, vault }
}

/// A visitor with a claimed account; returns the person and the token of the claiming session.
async fn claimed(test: &TestDatabase, identity: &Identity) -> (UserId, String) {
    let (opened, viewer) = visit(&test.database, &Client::nowhere())
        .await
        .expect("a visit");
    let vault = authenticate(&test.database, &opened.token.reveal())
        .await
        .vault;
    let begin = async || {
        Ok::<_, Error>(
            Scope::write(&test.database, viewer.id)
                .await?
                .with_vault(vault),
        )
    };
    let claimed = claim(
        &test.database,
        identity,
        &Client::nowhere(),
        credentials(EMAIL, PASSWORD),
        begin,
    )
    .await
    .expect("a claim");
    assert_eq!(claimed.viewer.id, viewer.id);
    (viewer.id, String::clone(&claimed.opened.token.reveal()))
}

on_both!(
    an_operator_is_known_at_the_next_request,
    a_visit_opens_a_vault,
    a_claim_keeps_the_person_and_the_key,
    wrong_credentials_look_like_an_unknown_address,
    a_session_ends_after_idleness_and_after_a_year,
    signing_out_ends_one_session,
    a_session_without_its_wrap_is_locked,
    rows_give_no_key_away,
    a_stranger_sees_no_session,
    many_who_return_at_once_do_not_starve_the_pool,
);

async fn a_visit_opens_a_vault(test: &TestDatabase) {
    let (opened, viewer) = visit(&test.database, &Client::nowhere())
        .await
        .expect("a visit");
    assert!(viewer.anonymous && viewer.unlocked);
    let found = authenticate(&test.database, &opened.token.reveal()).await;
    let Actor::User { user, .. } = found.actor else {
        panic!("{:?}", found.actor)
    };
    assert_eq!(user, viewer.id);
    assert!(matches!(found.vault, Vault::Open { generation: 1, .. }));
}

async fn a_claim_keeps_the_person_and_the_key(test: &TestDatabase) {
    let identity = identity();
    let (opened, viewer) = visit(&test.database, &Client::nowhere())
        .await
        .expect("a visit");
    let old = opened.token.reveal();
    let before = authenticate(&test.database, &old).await;
    let place = Place {
        user: viewer.id,
        table: "t",
        column: "c",
        row: "r",
    };
    let envelope = before.vault.seal(place, &json!("secret")).expect("sealed");

    let begin = async || {
        Ok::<_, Error>(
            Scope::write(&test.database, viewer.id)
                .await?
                .with_vault(before.vault),
        )
    };
    let claimed = claim(
        &test.database,
        &identity,
        &Client::nowhere(),
        credentials(EMAIL, PASSWORD),
        begin,
    )
    .await
    .expect("a claim");
    assert_eq!(claimed.viewer.id, viewer.id);
    assert!(!claimed.viewer.anonymous);
    assert_eq!(
        authenticate(&test.database, &old).await.actor,
        Actor::Expired
    );

    let elsewhere = enter(
        test,
        &identity,
        credentials(" SomeOne@Example.ORG ", PASSWORD),
    )
    .await;
    let after = authenticate(&test.database, &elsewhere.opened.token.reveal()).await;
    assert_eq!(
        after.vault.open(place, Some(&envelope)),
        Private::Open(json!("secret"))
    );
}

async fn wrong_credentials_look_like_an_unknown_address(test: &TestDatabase) {
    let identity = identity();
    claimed(test, &identity).await;
    for (email, password) in [
        (EMAIL, "über den fluß 渡る"),
        (EMAIL, "über den Fluß 渡る "),
        ("nobody@example.org", PASSWORD),
        (EMAIL, "x"),
    ] {
        let client = Client::nowhere();
        let refused = sign_in(
            &test.database,
            &identity,
            &client,
            credentials(email, password),
        )
        .await;
        assert!(matches!(refused, Err(Error::Credentials)), "{email}");
    }
}

async fn a_session_ends_after_idleness_and_after_a_year(test: &TestDatabase) {
    let (opened, _) = visit(&test.database, &Client::nowhere())
        .await
        .expect("a visit");
    let token = opened.token.reveal();
    for _ in 0..12 {
        test.database.clock().advance(Duration::days(29));
        let found = authenticate(&test.database, &token).await;
        assert!(
            matches!(found.actor, Actor::User { .. }),
            "use keeps a session alive"
        );
    }
    test.database.clock().advance(Duration::days(18));
    assert_eq!(
        authenticate(&test.database, &token).await.actor,
        Actor::Expired,
        "366 days"
    );

    let (opened, _) = visit(&test.database, &Client::nowhere())
        .await
        .expect("another visit");
    test.database.clock().advance(Duration::days(30));
    assert_eq!(
        authenticate(&test.database, &opened.token.reveal())
            .await
            .actor,
        Actor::Expired
    );
}

async fn signing_out_ends_one_session(test: &TestDatabase) {
    let identity = identity();
    let (user, first) = claimed(test, &identity).await;
    let second = enter(test, &identity, credentials(EMAIL, PASSWORD))
        .await
        .opened;
    let scope = Scope::write(&test.database, user).await.expect("a scope");
    sign_out(scope, second.session).await.expect("a sign-out");
    assert_eq!(
        authenticate(&test.database, &second.token.reveal())
            .await
            .actor,
        Actor::Expired
    );
    assert!(matches!(
        authenticate(&test.database, &first).await.actor,
        Actor::User { .. }
    ));
}

async fn a_session_without_its_wrap_is_locked(test: &TestDatabase) {
    let (opened, viewer) = visit(&test.database, &Client::nowhere())
        .await
        .expect("a visit");
    let scope = Scope::write(&test.database, viewer.id)
        .await
        .expect("a scope");
    let delete = Statement::from_sql_and_values(
        scope.connection().get_database_backend(),
        "DELETE FROM user_keys WHERE user_id = $1",
        [viewer.id.into()],
    );
    scope
        .connection()
        .execute_raw(delete)
        .await
        .expect("deleted");
    scope.commit().await.expect("committed");
    let found = authenticate(&test.database, &opened.token.reveal()).await;
    assert!(matches!(found.actor, Actor::User { .. }));
    assert!(matches!(found.vault, Vault::Locked));
    let place = Place {
        user: viewer.id,
        table: "t",
        column: "c",
        row: "r",
    };
    assert!(found.vault.seal(place, &json!("never in clear")).is_err());
    assert_eq!(found.vault.open(place, Some("anything")), Private::Locked);
}

async fn rows_give_no_key_away(test: &TestDatabase) {
    let (_, token) = claimed(test, &identity()).await;
    let mut everything = String::new();
    for table in [
        "auth",
        "emails",
        "sessions",
        "user_keys",
        "pending_addresses",
        "outbox",
        "user_mail_tokens",
    ] {
        let sql = format!("SELECT * FROM {table}");
        let backend = test.owner.get_database_backend();
        let rows = test
            .owner
            .query_all_raw(Statement::from_string(backend, sql))
            .await
            .expect("rows");
        assert!(!rows.is_empty(), "{table}");
        for row in rows {
            for column in [
                "password_hash",
                "email",
                "email_hash",
                "token_hash",
                "wrapped_key",
                "letter",
                "kind",
            ] {
                everything.push_str(&row.try_get::<String>("", column).unwrap_or_default());
            }
        }
    }
    assert!(!everything.contains(&token));
    assert!(!everything.to_lowercase().contains("someone"));
    assert!(everything.contains("$m="), "the password record is there");
}

async fn a_stranger_sees_no_session(test: &TestDatabase) {
    let (opened, _) = visit(&test.database, &Client::nowhere())
        .await
        .expect("a visit");
    let (_, stranger) = visit(&test.database, &Client::nowhere())
        .await
        .expect("another visit");
    let token = opened.token.reveal();
    let forged = forge(&token, stranger.id);
    assert_eq!(
        authenticate(&test.database, &forged).await.actor,
        Actor::Expired
    );
    for garbage in ["", "x", &token[1..], "AAAA", &token.repeat(100)] {
        assert_eq!(
            authenticate(&test.database, garbage).await.actor,
            Actor::Expired
        );
    }
}

/// More of them than there are connections, each with a note to make that their session is in use.
async fn many_who_return_at_once_do_not_starve_the_pool(test: &TestDatabase) {
    let mut tokens = Vec::new();
    for _ in 0..12 {
        let (opened, _) = visit(&test.database, &Client::nowhere())
            .await
            .expect("a visit");
        tokens.push(String::clone(&opened.token.reveal()));
    }
    test.database.clock().advance(Duration::minutes(10));
    let begun = std::time::Instant::now();
    let asked: Vec<_> = tokens
        .into_iter()
        .map(|token| {
            let database = test.database.clone();
            tokio::spawn(async move { authenticate(&database, &token).await.actor })
        })
        .collect();
    for one in asked {
        assert!(matches!(one.await.expect("an answer"), Actor::User { .. }));
    }
    let waited = begun.elapsed();
    assert!(
        waited < std::time::Duration::from_secs(4),
        "{waited:?}: they wait for each other"
    );
}

/// The token with somebody else's id in front of its secret.
fn forge(token: &str, user: UserId) -> String {
    use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
    let mut bytes = URL_SAFE_NO_PAD.decode(token).expect("base64url");
    bytes[..16].copy_from_slice(user.uuid().as_bytes());
    URL_SAFE_NO_PAD.encode(bytes)
}

async fn an_operator_is_known_at_the_next_request(test: &TestDatabase) {
    let identity = identity();
    let keys = ServerKeys::generate(&mut Seeded::new(7)).expect("keys");
    let (user, _) = claimed(test, &identity).await;
    let early = operator::add(&test.owner, &keys, EMAIL, test.database.clock().now()).await;
    assert!(
        matches!(early, Err(Error::NoAccount)),
        "the address is not confirmed"
    );
    let directory = "INSERT INTO login_directory SELECT email_hash, user_id FROM emails";
    let done = test.owner.execute_unprepared(directory).await;
    done.expect("confirmed");
    let role = async || {
        let scope = Scope::read(&test.database, user).await.expect("a snapshot");
        door::Sessions::default()
            .role(&scope)
            .await
            .expect("a role")
    };
    assert_eq!(role().await, Role::Person);
    let now = test.database.clock().now();
    for _ in 0..2 {
        let named = operator::add(&test.owner, &keys, " SOMEONE@example.org", now).await;
        assert_eq!(named.expect("named"), user);
    }
    assert_eq!(role().await, Role::Operator);
    let list = operator::list(&test.database, &keys).await.expect("a list");
    let list: Vec<_> = list.into_iter().map(|one| (one.user, one.email)).collect();
    assert_eq!(list, [(user, Some(EMAIL.to_owned()))]);
    let unknown = operator::add(&test.owner, &keys, "nobody@example.org", now).await;
    assert!(matches!(unknown, Err(Error::NoAccount)));
    for was_one in [true, false] {
        let removed = operator::remove(&test.owner, &keys, EMAIL, now).await;
        assert_eq!(removed.expect("removed"), was_one);
    }
    assert_eq!(role().await, Role::Person);
    let scope = Scope::write(&test.database, user).await.expect("a scope");
    let own = Statement::from_sql_and_values(
        scope.connection().get_database_backend(),
        "INSERT INTO operators (user_id, added_at) VALUES ($1, $2)",
        [user.into(), now.into()],
    );
    if test.database.backend() == sea_orm::DbBackend::Postgres {
        let named = scope.connection().execute_raw(own).await;
        assert!(named.is_err(), "the server names nobody");
    }
}
