//! The vault of a session closes by itself or when told to, and opens again for whoever knows what opens it.

use dreamtree_database::{Place, Vault, on_both, testing::TestDatabase};
use dreamtree_identity::door;
use dreamtree_types::{Private, UserId};
use serde_json::json;
use time::Duration;

use crate::stage::{Guest, PASSWORD, Stage, clock};

on_both!(
    a_vault_closes_after_half_a_day_and_the_session_goes_on,
    a_vault_in_use_stays_open,
    a_vault_is_locked_now_and_opens_with_either_secret,
    a_wrong_secret_opens_nothing,
    a_visitors_vault_never_closes,
);

const STATE: &str = "{ viewer { vault } }";
const LOCK: &str = "mutation { lockVault { vault } }";

async fn vault(stage: &Stage<'_>, guest: &Guest) -> Vault {
    let token = guest.token.as_deref().expect("a token");
    let entered = door::to_read(&stage.test.database, token).await;
    let scope = entered.expect("an answer").scope.expect("a session");
    scope.vault().clone()
}

async fn state(stage: &Stage<'_>, guest: &Guest) -> String {
    let answer = stage.ask(guest, STATE).await;
    answer["viewer"]["vault"]
        .as_str()
        .expect("a state")
        .to_owned()
}

/// Nothing is stored there, so any person will do.
fn place() -> Place<'static> {
    Place {
        user: UserId::from(uuid::Uuid::nil()),
        table: "t",
        column: "c",
        row: "r",
    }
}

fn unlock(opener: &str, secret: &str) -> String {
    format!(
        "mutation {{ unlockVault(delivery: BEARER, input: {{ {opener}: \"{secret}\" }}) {{ token viewer {{ vault }} }} }}"
    )
}

async fn a_vault_closes_after_half_a_day_and_the_session_goes_on(test: &TestDatabase) {
    let stage = Stage::new(test);
    let (owner, _) = stage.owner().await;
    let before = vault(&stage, &owner).await;
    let envelope = before.seal(place(), &json!("a secret")).expect("sealed");
    stage.advance(Duration::hours(12));
    assert_eq!(state(&stage, &owner).await, "LOCKED");
    assert_eq!(stage.count("user_keys WHERE method = 'session'").await, 0);
    let locked = vault(&stage, &owner).await;
    assert!(locked.seal(place(), &json!("never in clear")).is_err());
    assert_eq!(locked.open(place(), Some(&envelope)), Private::Locked);
    assert_eq!(
        state(&stage, &owner).await,
        "LOCKED",
        "being used does not open it"
    );

    let opened = stage.ask(&owner, &unlock("password", PASSWORD)).await;
    assert_eq!(opened["unlockVault"]["viewer"]["vault"], "UNLOCKED");
    let again = owner.with(&opened["unlockVault"]["token"]);
    assert_eq!(
        stage.refused(&owner, STATE).await,
        "SESSION_EXPIRED",
        "another token"
    );
    let open = vault(&stage, &again).await.open(place(), Some(&envelope));
    assert_eq!(open, Private::Open(json!("a secret")));
    assert_eq!(stage.count("sessions").await, 1);
}

async fn a_vault_in_use_stays_open(test: &TestDatabase) {
    let stage = Stage::new(test);
    let (owner, _) = stage.owner().await;
    for _ in 0..5 {
        stage.advance(Duration::hours(11));
        assert_eq!(state(&stage, &owner).await, "UNLOCKED");
    }
    stage.advance(Duration::hours(13));
    let end = stage
        .send(&owner, "mutation { endOtherSessions { ended } }", json!({}))
        .await;
    assert_eq!(
        end["data"]["endOtherSessions"]["ended"], 0,
        "a write closes it as well"
    );
    assert_eq!(state(&stage, &owner).await, "LOCKED");
}

async fn a_vault_is_locked_now_and_opens_with_either_secret(test: &TestDatabase) {
    let stage = Stage::new(test);
    let (mut owner, code) = stage.owner().await;
    let before = vault(&stage, &owner).await;
    let envelope = before.seal(place(), &json!("a secret")).expect("sealed");
    for (opener, secret) in [("password", PASSWORD), ("recoveryCode", code.as_str())] {
        let locked = stage.ask(&owner, LOCK).await;
        assert_eq!(locked["lockVault"]["vault"], "LOCKED");
        assert_eq!(state(&stage, &owner).await, "LOCKED");
        let opened = stage.ask(&owner, &unlock(opener, secret)).await;
        owner = owner.with(&opened["unlockVault"]["token"]);
        let open = vault(&stage, &owner).await.open(place(), Some(&envelope));
        assert_eq!(open, Private::Open(json!("a secret")), "{opener}");
    }
}

async fn a_wrong_secret_opens_nothing(test: &TestDatabase) {
    let stage = Stage::new(test);
    let (owner, code) = stage.owner().await;
    stage.ask(&owner, LOCK).await;
    let last = code.len() - 1;
    for (opener, secret, expected) in [
        ("password", "nine dry cobblestones", "CREDENTIALS_REFUSED"),
        ("password", "x", "CREDENTIALS_REFUSED"),
        ("password", &"x".repeat(4_096), "CREDENTIALS_REFUSED"),
        (
            "recoveryCode",
            "0000-0000-0000-0000-0000-0000-0000-0000-0",
            "CREDENTIALS_REFUSED",
        ),
        ("recoveryCode", &code[..last], "INVALID_INPUT"),
        ("recoveryCode", &"0".repeat(4_096), "INVALID_INPUT"),
    ] {
        assert_eq!(
            stage.refused(&owner, &unlock(opener, secret)).await,
            expected
        );
    }
    assert_eq!(
        state(&stage, &owner).await,
        "LOCKED",
        "under the same token"
    );
    let stranger = Guest::default();
    let refused = stage
        .refused(&stranger, &unlock("password", PASSWORD))
        .await;
    assert_eq!(refused, "UNAUTHENTICATED");
}

async fn a_visitors_vault_never_closes(test: &TestDatabase) {
    let stage = Stage::new(test);
    let visit = stage
        .ask(
            &Guest::default(),
            "mutation { visit(delivery: BEARER) { token } }",
        )
        .await;
    let visitor = Guest::default().with(&visit["visit"]["token"]);
    assert_eq!(stage.refused(&visitor, LOCK).await, "NOT_CLAIMED");
    let refused = stage.refused(&visitor, &unlock("password", PASSWORD)).await;
    assert_eq!(refused, "NOT_CLAIMED");
    stage.advance(Duration::days(29));
    assert_eq!(state(&stage, &visitor).await, "UNLOCKED");
}
