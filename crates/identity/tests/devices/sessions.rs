//! One session a device: listed, ended, and gone for good.

use dreamtree_database::{on_both, testing::TestDatabase};
use dreamtree_identity::Client;
use serde_json::{Value, json};
use time::Duration;

use crate::stage::{EMAIL, Guest, PASSWORD, Stage, clock, code};

on_both!(
    sessions_say_what_device_they_are_on_and_which_is_this_one,
    a_session_ends_where_another_one_says_so,
    somebody_elses_session_is_not_there,
    an_ended_session_does_nothing_more,
    a_session_of_somebody_who_is_gone_has_ended,
    a_session_notes_its_use_once_in_five_minutes,
);

const LIST: &str =
    "{ sessions { id device current startedAt lastSeenAt authenticatedAt expiresAt } }";
const AGENT: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

async fn second(stage: &Stage<'_>, client: Client) -> Guest {
    let guest = Guest {
        token: None,
        client,
    };
    let signed = stage.sign_in(&guest, EMAIL, PASSWORD).await;
    guest.with(&signed["data"]["signIn"]["token"])
}

fn end(list: &Value, place: usize) -> String {
    let id = &list["sessions"][place]["id"];
    format!("mutation {{ endSession(input: {{ id: {id} }}) {{ ended }} }}")
}

async fn sessions_say_what_device_they_are_on_and_which_is_this_one(test: &TestDatabase) {
    let stage = Stage::new(test);
    let (first, _) = stage.owner().await;
    stage.advance(Duration::minutes(7));
    let browser = second(&stage, Client::new(Some(AGENT), None, None)).await;
    let list = stage.ask(&browser, LIST).await;
    let sessions = list["sessions"].as_array().expect("a list");
    assert_eq!(sessions.len(), 2, "{list:#}");
    assert_eq!(sessions[0]["device"], "Firefox on Linux");
    assert_eq!(sessions[0]["current"], true);
    assert_eq!(sessions[0]["startedAt"], "2026-03-01T12:07:00Z");
    assert_eq!(sessions[0]["authenticatedAt"], "2026-03-01T12:07:00Z");
    assert_eq!(sessions[0]["expiresAt"], "2026-03-31T12:07:00Z");
    assert_eq!(sessions[1]["device"], json!(null));
    assert_eq!(sessions[1]["current"], false);
    assert_eq!(sessions[1]["lastSeenAt"], "2026-03-01T12:00:00Z");
    stage.advance(Duration::minutes(7));
    let list = stage.ask(&first, LIST).await;
    assert_eq!(list["sessions"][0]["current"], true, "just used: {list:#}");
    assert!(
        !stage
            .send(&first, LIST, json!({}))
            .await
            .to_string()
            .contains("Gecko")
    );
}

async fn a_session_ends_where_another_one_says_so(test: &TestDatabase) {
    let stage = Stage::new(test);
    let (first, _) = stage.owner().await;
    stage.advance(Duration::SECOND);
    let other = second(&stage, Client::nowhere()).await;
    let list = stage.ask(&first, LIST).await;
    assert_eq!(list["sessions"][0]["current"], false);
    let ended = stage.ask(&first, &end(&list, 0)).await;
    assert_eq!(ended["endSession"]["ended"], 1);
    assert_eq!(stage.refused(&other, LIST).await, "SESSION_EXPIRED");
    assert_eq!(stage.refused(&first, &end(&list, 0)).await, "NOT_FOUND");

    let (third, fourth) = (
        second(&stage, Client::nowhere()).await,
        second(&stage, Client::nowhere()).await,
    );
    let ended = stage
        .ask(&third, "mutation { endOtherSessions { ended } }")
        .await;
    assert_eq!(ended["endOtherSessions"]["ended"], 2);
    assert_eq!(stage.refused(&first, LIST).await, "SESSION_EXPIRED");
    assert_eq!(stage.refused(&fourth, LIST).await, "SESSION_EXPIRED");
    let list = stage.ask(&third, LIST).await;
    assert_eq!(list["sessions"].as_array().map(Vec::len), Some(1));

    second(&stage, Client::nowhere()).await;
    let ended = stage
        .ask(&third, "mutation { endAllSessions { ended } }")
        .await;
    assert_eq!(ended["endAllSessions"]["ended"], 2);
    assert_eq!(stage.refused(&third, LIST).await, "SESSION_EXPIRED");
    assert_eq!(stage.count("sessions").await, 0);
    assert_eq!(stage.count("user_keys WHERE method = 'session'").await, 0);
    let signed = stage.sign_in(&Guest::default(), EMAIL, PASSWORD).await;
    assert_eq!(signed["data"]["signIn"]["viewer"]["vault"], "UNLOCKED");
}

async fn somebody_elses_session_is_not_there(test: &TestDatabase) {
    let stage = Stage::new(test);
    let (owner, _) = stage.owner().await;
    let list = stage.ask(&owner, LIST).await;
    let stranger = Guest::default();
    let visit = stage
        .ask(&stranger, "mutation { visit(delivery: BEARER) { token } }")
        .await;
    let stranger = stranger.with(&visit["visit"]["token"]);
    assert_eq!(stage.refused(&stranger, &end(&list, 0)).await, "NOT_FOUND");
    stage
        .ask(&stranger, "mutation { endAllSessions { ended } }")
        .await;
    stage.ask(&owner, LIST).await;
    assert_eq!(
        stage.refused(&Guest::default(), &end(&list, 0)).await,
        "UNAUTHENTICATED"
    );
}

/// Two requests of one device at once, one of which ends the session.
async fn an_ended_session_does_nothing_more(test: &TestDatabase) {
    let stage = Stage::new(test);
    let (owner, _) = stage.owner().await;
    let end = "mutation { endAllSessions { ended } }";
    let (one, other) = tokio::join!(
        stage.send(&owner, end, json!({})),
        stage.send(&owner, end, json!({})),
    );
    let refused = [&one, &other].map(|answer| answer.get("errors").is_some());
    assert_eq!(
        refused.iter().filter(|one| **one).count(),
        1,
        "{one:#} {other:#}"
    );
    let late = if refused[0] { one } else { other };
    assert_eq!(code(&late), "SESSION_EXPIRED");
    for act in [
        "mutation { lockVault { vault } }",
        "mutation { authenticateAgain(input: { password: \"nine wet cobblestones\" }) { token } }",
        "mutation { beginTotp { uri } }",
    ] {
        assert_eq!(stage.refused(&owner, act).await, "SESSION_EXPIRED", "{act}");
    }
}

async fn a_session_of_somebody_who_is_gone_has_ended(test: &TestDatabase) {
    let stage = Stage::new(test);
    let (owner, _) = stage.owner().await;
    stage.run("DELETE FROM users").await;
    for act in [
        LIST,
        "mutation { endOtherSessions { ended } }",
        "mutation { unlockVault(input: { password: \"nine wet cobblestones\" }) { token } }",
    ] {
        assert_eq!(stage.refused(&owner, act).await, "SESSION_EXPIRED", "{act}");
    }
}

async fn a_session_notes_its_use_once_in_five_minutes(test: &TestDatabase) {
    let stage = Stage::new(test);
    let (owner, _) = stage.owner().await;
    let seen = async || {
        let list = stage.ask(&owner, LIST).await;
        list["sessions"][0]["lastSeenAt"].clone()
    };
    stage.advance(Duration::seconds(299));
    let (first, statements) = dreamtree_database::counted(seen()).await;
    assert_eq!((first, statements), (json!("2026-03-01T12:00:00Z"), 2));
    stage.advance(Duration::SECOND);
    assert_eq!(seen().await, "2026-03-01T12:05:00Z");
    let (_, statements) = dreamtree_database::counted(seen()).await;
    assert_eq!(statements, 2, "the session, and the list");
}
