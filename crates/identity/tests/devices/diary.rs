//! What changes how an account is opened, or by which devices, is written down with the change, and what is refused or
//! changes nothing is not.

use dreamtree_crypto::TotpSecret;
use dreamtree_database::{on_both, testing::TestDatabase};
use serde_json::{Value, json};

use crate::stage::{EMAIL, Guest, PASSWORD, Stage, clock};

on_both!(
    ends_of_sessions_are_written_down,
    the_vaults_lock_is_written_down,
    the_second_factor_is_written_down,
);

const DIARY: &str = "{ diary(first: 50) { nodes { event detail thisDevice } } }";
const LOCK: &str = "mutation { lockVault { vault } }";

/// What was written down since the account has an owner, the oldest first, with its detail.
async fn events(stage: &Stage<'_>, guest: &Guest) -> Vec<(String, Value)> {
    let diary = stage.ask(guest, DIARY).await;
    let nodes = diary["diary"]["nodes"].as_array().expect("nodes");
    let entry = |node: &Value| {
        let event = node["event"].as_str().expect("an event").to_owned();
        (event, node["detail"].clone())
    };
    let mut entries: Vec<_> = nodes.iter().rev().map(entry).collect();
    assert_eq!(entries.remove(0).0, "CLAIMED");
    entries
}

fn named(entries: &[(String, Value)]) -> Vec<&str> {
    entries.iter().map(|(event, _)| event.as_str()).collect()
}

async fn again(stage: &Stage<'_>) -> Guest {
    let guest = Guest::default();
    let signed = stage.sign_in(&guest, EMAIL, PASSWORD).await;
    guest.with(&signed["data"]["signIn"]["token"])
}

async fn ends_of_sessions_are_written_down(test: &TestDatabase) {
    let stage = Stage::new(test);
    let (home, _) = stage.owner().await;
    let office = again(&stage).await;
    let list = stage.ask(&office, "{ sessions { id current } }").await;
    let sessions = list["sessions"].as_array().expect("sessions");
    let id = |current: bool| {
        let found = sessions.iter().find(|one| one["current"] == current);
        found.expect("a session")["id"]
            .as_str()
            .expect("an id")
            .to_owned()
    };
    let end =
        |id: &str| format!("mutation {{ endSession(input: {{ id: \"{id}\" }}) {{ ended }} }}");

    stage.ask(&home, &end(&id(true))).await;
    let nobody = end("session:0190a3e4-0000-7000-8000-000000000001");
    assert_eq!(stage.refused(&home, &nobody).await, "NOT_FOUND");
    let other = json!(id(true).trim_start_matches("session:"));
    let mut expected = vec![
        ("SIGNED_IN".to_owned(), json!(null)),
        ("SESSION_ENDED".to_owned(), other),
    ];
    assert_eq!(events(&stage, &home).await, expected);

    let others = "mutation { endOtherSessions { ended } }";
    stage.ask(&home, others).await;
    assert_eq!(events(&stage, &home).await, expected, "there was none");
    again(&stage).await;
    stage.ask(&home, others).await;
    expected.push(("SIGNED_IN".to_owned(), json!(null)));
    expected.push(("SESSIONS_ENDED".to_owned(), json!(null)));
    assert_eq!(events(&stage, &home).await, expected);

    stage.ask(&home, &end(&id(false))).await;
    let there = again(&stage).await;
    expected.push(("SIGNED_OUT".to_owned(), json!(null)));
    expected.push(("SIGNED_IN".to_owned(), json!(null)));
    assert_eq!(events(&stage, &there).await, expected, "its own end");

    again(&stage).await;
    stage
        .ask(&there, "mutation { endAllSessions { ended } }")
        .await;
    let back = again(&stage).await;
    let entries = events(&stage, &back).await;
    let newest = &named(&entries)[expected.len()..];
    assert_eq!(
        newest,
        ["SIGNED_IN", "SESSIONS_ENDED", "SIGNED_OUT", "SIGNED_IN"]
    );
}

async fn the_vaults_lock_is_written_down(test: &TestDatabase) {
    let stage = Stage::new(test);
    let (mut owner, code) = stage.owner().await;
    let open = |opener: &str, secret: &str| {
        format!(
            "mutation {{ unlockVault(delivery: BEARER, input: {{ {opener}: \"{secret}\" }}) {{ token }} }}"
        )
    };
    stage.ask(&owner, LOCK).await;
    stage.ask(&owner, LOCK).await;
    let wrong = open("password", "nine dry cobblestones");
    assert_eq!(stage.refused(&owner, &wrong).await, "CREDENTIALS_REFUSED");
    let opened = stage.ask(&owner, &open("password", PASSWORD)).await;
    owner = owner.with(&opened["unlockVault"]["token"]);
    // An open vault is not opened again; proving who one is opens one that is locked.
    owner = stage.authenticate(&owner).await;
    stage.ask(&owner, LOCK).await;
    owner = stage.authenticate(&owner).await;
    stage.ask(&owner, LOCK).await;
    let opened = stage.ask(&owner, &open("recoveryCode", &code)).await;
    owner = owner.with(&opened["unlockVault"]["token"]);
    let entries = events(&stage, &owner).await;
    let expected = [
        "VAULT_LOCKED",
        "VAULT_OPENED",
        "VAULT_LOCKED",
        "VAULT_OPENED",
        "VAULT_LOCKED",
        "RECOVERY_CODE_USED",
    ];
    assert_eq!(named(&entries), expected);
}

async fn the_second_factor_is_written_down(test: &TestDatabase) {
    let stage = Stage::new(test);
    let (owner, _) = stage.owner().await;
    let enrol = "mutation { beginTotp { secret } }";
    let remove = "mutation { removeTotp { removed } }";
    let replace = "mutation { replaceBackupCodes { backupCodes } }";
    stage.ask(&owner, enrol).await;
    assert_eq!(stage.refused(&owner, replace).await, "NOT_FOUND");
    stage.ask(&owner, remove).await;
    assert_eq!(events(&stage, &owner).await, [], "no code was seen");

    let begun = stage.ask(&owner, enrol).await;
    let secret = begun["beginTotp"]["secret"].as_str().expect("a secret");
    let phone = TotpSecret::from_base32(secret).expect("a secret");
    let now = test.database.clock().now().unix_timestamp();
    let code = phone.code_at(u64::try_from(now).expect("after 1970"));
    let confirm = format!(
        "mutation {{ confirmTotp(input: {{ code: \"{}\" }}) {{ backupCodes }} }}",
        code.expect("a code")
    );
    stage.ask(&owner, &confirm).await;
    stage.ask(&owner, replace).await;
    stage.ask(&owner, remove).await;
    stage.ask(&owner, remove).await;
    let entries = events(&stage, &owner).await;
    let expected = [
        "SECOND_FACTOR_ADDED",
        "BACKUP_CODES_REPLACED",
        "SECOND_FACTOR_REMOVED",
    ];
    assert_eq!(named(&entries), expected);
}
