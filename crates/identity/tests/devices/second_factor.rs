//! Codes of a phone: enrolled in two steps, asked for at the sign-in, each taken once.

use dreamtree_crypto::TotpSecret;
use dreamtree_database::{on_both, testing::TestDatabase};
use sea_orm::{ConnectionTrait, Statement};
use serde_json::{Value, json};
use time::Duration;

use crate::stage::{EMAIL, Guest, PASSWORD, Stage, clock, code};

on_both!(
    signing_in_takes_two_steps,
    a_code_is_taken_once,
    a_wrong_password_does_not_tell_of_a_second_factor,
    a_challenge_ends_after_five_codes_or_five_minutes,
    what_is_no_code_is_refused_as_such,
    a_backup_code_stands_in_once,
    another_phone_takes_over_when_it_has_shown_a_code,
    the_second_factor_goes_and_the_password_is_enough,
    a_visitor_has_no_second_factor,
    nothing_of_it_is_kept_in_clear,
);

const STATE: &str = "{ secondFactor { totpSince backupCodesLeft } }";
const BEGIN: &str = "mutation { beginTotp { secret uri } }";

/// A phone, as far as it matters here.
struct Phone(TotpSecret);

impl Phone {
    /// Reads what is shown to it.
    async fn new(stage: &Stage<'_>, owner: &Guest) -> Self {
        let begun = stage.ask(owner, BEGIN).await;
        let text = begun["beginTotp"]["secret"].as_str().expect("a secret");
        let uri = begun["beginTotp"]["uri"].as_str().expect("an address");
        assert!(uri.starts_with("otpauth://totp/DreamTree:someone%40example.org?secret="));
        assert!(uri.contains(text));
        Self(TotpSecret::from_base32(text).expect("a secret"))
    }

    /// What it shows.
    fn code(&self, stage: &Stage<'_>) -> String {
        let now = stage.test.database.clock().now().unix_timestamp();
        let seconds = u64::try_from(now).expect("after 1970");
        self.0.code_at(seconds).expect("a code")
    }
}

async fn confirm(stage: &Stage<'_>, owner: &Guest, code: &str) -> Value {
    let query = "mutation($code: String!) { confirmTotp(input: { code: $code }) { backupCodes } }";
    stage.send(owner, query, json!({ "code": code })).await
}

/// Somebody with a phone, and their backup codes; their code of now is used up.
async fn enrolled(stage: &Stage<'_>) -> (Guest, Phone, Vec<String>) {
    let (owner, _) = stage.owner().await;
    let phone = Phone::new(stage, &owner).await;
    let confirmed = confirm(stage, &owner, &phone.code(stage)).await;
    let codes = confirmed["data"]["confirmTotp"]["backupCodes"].clone();
    let codes: Vec<String> = serde_json::from_value(codes).expect("codes");
    assert_eq!(codes.len(), 10);
    (owner, phone, codes)
}

async fn challenge(stage: &Stage<'_>) -> Value {
    let signed = stage.sign_in(&Guest::default(), EMAIL, PASSWORD).await;
    let signed = &signed["data"]["signIn"];
    assert_eq!(signed["token"], json!(null), "no session yet");
    assert_eq!(signed["deviceToken"], json!(null));
    assert_eq!(signed["viewer"], json!(null));
    signed["challenge"]["token"].clone()
}

async fn complete(stage: &Stage<'_>, challenge: &Value, code: &str) -> Value {
    let query =
        "mutation($input: CompleteSignInInput!) { completeSignIn(input: $input, delivery: BEARER) {
        token deviceToken viewer { vault } } }";
    let input = json!({ "input": { "challenge": challenge, "code": code } });
    stage.send(&Guest::default(), query, input).await
}

async fn signing_in_takes_two_steps(test: &TestDatabase) {
    let stage = Stage::new(test);
    let (owner, phone, _) = enrolled(&stage).await;
    let has = stage.ask(&owner, STATE).await;
    let expected = json!({ "totpSince": "2026-03-01T12:00:00Z", "backupCodesLeft": 10 });
    assert_eq!(has["secondFactor"], expected);
    stage.advance(Duration::minutes(1));
    let sessions = stage.count("sessions").await;
    let waiting = challenge(&stage).await;
    assert_eq!(stage.count("sessions").await, sessions);
    let session = Guest::default().with(&waiting);
    assert_eq!(
        stage.refused(&session, STATE).await,
        "SESSION_EXPIRED",
        "it is no session"
    );
    let entered = complete(&stage, &waiting, &phone.code(&stage)).await;
    let entered = &entered["data"]["completeSignIn"];
    assert_eq!(entered["viewer"]["vault"], "UNLOCKED");
    assert!(entered["deviceToken"].is_string());
    let guest = Guest::default().with(&entered["token"]);
    stage.ask(&guest, STATE).await;
    let again = complete(&stage, &waiting, &phone.code(&stage)).await;
    assert_eq!(code(&again), "CHALLENGE_EXPIRED", "good for one sign-in");
    assert_eq!(stage.count("sign_in_challenges").await, 0);
}

async fn a_code_is_taken_once(test: &TestDatabase) {
    let stage = Stage::new(test);
    let (_, phone, _) = enrolled(&stage).await;
    let used = phone.code(&stage);
    let waiting = challenge(&stage).await;
    let replayed = complete(&stage, &waiting, &used).await;
    assert_eq!(
        code(&replayed),
        "CODE_REFUSED",
        "it has confirmed the phone"
    );
    stage.advance(Duration::seconds(30));
    let next = phone.code(&stage);
    let entered = complete(&stage, &waiting, &format!(" {} {}", &next[..3], &next[3..])).await;
    assert!(
        entered["data"]["completeSignIn"]["token"].is_string(),
        "{entered:#}"
    );
    let waiting = challenge(&stage).await;
    for old in [next, used] {
        assert_eq!(
            code(&complete(&stage, &waiting, &old).await),
            "CODE_REFUSED"
        );
    }
    // Two devices at once with the same code: one of them is let in.
    stage.advance(Duration::seconds(30));
    let (one, other) = (challenge(&stage).await, challenge(&stage).await);
    let code = phone.code(&stage);
    let (one, other) = tokio::join!(
        complete(&stage, &one, &code),
        complete(&stage, &other, &code)
    );
    let let_in = [&one, &other].map(|answer| answer.get("errors").is_none());
    assert_eq!(
        let_in.iter().filter(|one| **one).count(),
        1,
        "{one:#} {other:#}"
    );
}

async fn a_wrong_password_does_not_tell_of_a_second_factor(test: &TestDatabase) {
    let stage = Stage::new(test);
    let before = {
        stage.owner().await;
        stage
            .sign_in(&Guest::default(), EMAIL, "nine dry cobblestones")
            .await
    };
    let nobody = stage
        .sign_in(&Guest::default(), "nobody@example.org", PASSWORD)
        .await;
    assert_eq!(before, nobody);
    let (owner, _) = returned(&stage).await;
    let phone = Phone::new(&stage, &owner).await;
    confirm(&stage, &owner, &phone.code(&stage)).await;
    let after = stage
        .sign_in(&Guest::default(), EMAIL, "nine dry cobblestones")
        .await;
    assert_eq!(after, before);
    assert_eq!(stage.count("sign_in_challenges").await, 0);
}

/// The owner, back on another device.
async fn returned(stage: &Stage<'_>) -> (Guest, Value) {
    let signed = stage.sign_in(&Guest::default(), EMAIL, PASSWORD).await;
    let token = signed["data"]["signIn"]["token"].clone();
    (Guest::default().with(&token), token)
}

async fn a_challenge_ends_after_five_codes_or_five_minutes(test: &TestDatabase) {
    let stage = Stage::new(test);
    let (_, phone, _) = enrolled(&stage).await;
    stage.advance(Duration::minutes(1));
    let waiting = challenge(&stage).await;
    let right = phone.code(&stage);
    let wrong = if right == "000000" {
        "000001"
    } else {
        "000000"
    };
    for _ in 0..5 {
        assert_eq!(
            code(&complete(&stage, &waiting, wrong).await),
            "CODE_REFUSED"
        );
    }
    let late = complete(&stage, &waiting, &right).await;
    assert_eq!(code(&late), "CHALLENGE_EXPIRED");

    let waiting = challenge(&stage).await;
    stage.advance(Duration::minutes(5));
    let late = complete(&stage, &waiting, &phone.code(&stage)).await;
    assert_eq!(code(&late), "CHALLENGE_EXPIRED");

    // Six codes were counted; four more, and the account has to wait.
    let waiting = challenge(&stage).await;
    let mut codes = Vec::new();
    for _ in 0..7 {
        codes.push(code(&complete(&stage, &waiting, wrong).await));
    }
    assert!(codes.contains(&"CHALLENGE_EXPIRED".to_owned()), "{codes:?}");
    let waiting = challenge(&stage).await;
    let mut answer = json!(null);
    for _ in 0..5 {
        answer = complete(&stage, &waiting, wrong).await;
    }
    assert_eq!(code(&answer), "RATE_LIMITED", "no new challenge helps");
}

async fn what_is_no_code_is_refused_as_such(test: &TestDatabase) {
    let stage = Stage::new(test);
    let (owner, phone, _) = enrolled(&stage).await;
    stage.advance(Duration::minutes(1));
    let waiting = challenge(&stage).await;
    let long = "1".repeat(4_096);
    for text in [
        "",
        "12345",
        "1234567",
        "１２３４５６",
        "drop table",
        long.as_str(),
    ] {
        let refused = complete(&stage, &waiting, text).await;
        assert_eq!(code(&refused), "INVALID_INPUT", "{text}");
        assert_eq!(refused["errors"][0]["extensions"]["field"], "input.code");
        assert_eq!(code(&confirm(&stage, &owner, text).await), "INVALID_INPUT");
    }
    for text in [
        json!(""),
        json!("x"),
        json!("A".repeat(64)),
        json!("A".repeat(4_096)),
    ] {
        let refused = complete(&stage, &text, "123456").await;
        assert_eq!(code(&refused), "CHALLENGE_EXPIRED");
    }
    let entered = complete(&stage, &waiting, &phone.code(&stage)).await;
    assert!(
        entered.get("errors").is_none(),
        "none of it was counted: {entered:#}"
    );
}

async fn a_backup_code_stands_in_once(test: &TestDatabase) {
    let stage = Stage::new(test);
    let (owner, _, codes) = enrolled(&stage).await;
    let waiting = challenge(&stage).await;
    let typed = codes[3].to_lowercase().replace('-', " ");
    let entered = complete(&stage, &waiting, &typed).await;
    assert!(entered.get("errors").is_none(), "{entered:#}");
    let left = stage.ask(&owner, STATE).await;
    assert_eq!(left["secondFactor"]["backupCodesLeft"], 9);
    let waiting = challenge(&stage).await;
    assert_eq!(
        code(&complete(&stage, &waiting, &codes[3]).await),
        "CODE_REFUSED"
    );

    let replaced = stage
        .ask(&owner, "mutation { replaceBackupCodes { backupCodes } }")
        .await;
    let fresh = &replaced["replaceBackupCodes"]["backupCodes"];
    assert_eq!(
        code(&complete(&stage, &waiting, &codes[4]).await),
        "CODE_REFUSED"
    );
    let entered = complete(&stage, &waiting, fresh[0].as_str().expect("a code")).await;
    assert!(entered.get("errors").is_none(), "{entered:#}");
}

async fn another_phone_takes_over_when_it_has_shown_a_code(test: &TestDatabase) {
    let stage = Stage::new(test);
    let (owner, old, _) = enrolled(&stage).await;
    let new = Phone::new(&stage, &owner).await;
    stage.advance(Duration::minutes(1));
    let waiting = challenge(&stage).await;
    let entered = complete(&stage, &waiting, &old.code(&stage)).await;
    assert!(
        entered.get("errors").is_none(),
        "the old one goes on: {entered:#}"
    );
    stage.advance(Duration::minutes(1));
    let wrong = confirm(&stage, &owner, &old.code(&stage)).await;
    assert_eq!(
        code(&wrong),
        "CODE_REFUSED",
        "a code of the old one proves nothing"
    );
    let confirmed = confirm(&stage, &owner, &new.code(&stage)).await;
    assert!(confirmed.get("errors").is_none(), "{confirmed:#}");
    let again = confirm(&stage, &owner, &new.code(&stage)).await;
    assert_eq!(code(&again), "CHALLENGE_EXPIRED", "nothing waits any more");
    stage.advance(Duration::minutes(1));
    let waiting = challenge(&stage).await;
    let refused = complete(&stage, &waiting, &old.code(&stage)).await;
    assert_eq!(code(&refused), "CODE_REFUSED");
    let entered = complete(&stage, &waiting, &new.code(&stage)).await;
    assert!(entered.get("errors").is_none(), "{entered:#}");

    // A phone that takes too long has to be shown another secret.
    let owner = stage.authenticate(&owner).await;
    let late = Phone::new(&stage, &owner).await;
    stage.advance(Duration::minutes(14));
    let owner = stage.authenticate(&owner).await;
    stage.advance(Duration::minutes(1));
    let refused = confirm(&stage, &owner, &late.code(&stage)).await;
    assert_eq!(code(&refused), "CHALLENGE_EXPIRED");
}

async fn the_second_factor_goes_and_the_password_is_enough(test: &TestDatabase) {
    let stage = Stage::new(test);
    let (owner, _, codes) = enrolled(&stage).await;
    let waiting = challenge(&stage).await;
    let removed = stage
        .ask(&owner, "mutation { removeTotp { removed } }")
        .await;
    assert_eq!(removed["removeTotp"]["removed"], true);
    let refused = complete(&stage, &waiting, &codes[0]).await;
    assert_eq!(code(&refused), "CODE_REFUSED", "backup codes go with it");
    let (guest, _) = returned(&stage).await;
    let has = stage.ask(&guest, STATE).await;
    let nothing = json!({ "totpSince": null, "backupCodesLeft": 0 });
    assert_eq!(has["secondFactor"], nothing);
    let removed = stage
        .ask(&guest, "mutation { removeTotp { removed } }")
        .await;
    assert_eq!(removed["removeTotp"]["removed"], false);
    let refused = stage
        .refused(&guest, "mutation { replaceBackupCodes { backupCodes } }")
        .await;
    assert_eq!(refused, "NOT_FOUND");
}

async fn a_visitor_has_no_second_factor(test: &TestDatabase) {
    let stage = Stage::new(test);
    let visit = "mutation { visit(delivery: BEARER) { token } }";
    let visit = stage.ask(&Guest::default(), visit).await;
    let visitor = Guest::default().with(&visit["visit"]["token"]);
    assert_eq!(stage.refused(&visitor, BEGIN).await, "NOT_CLAIMED");
}

async fn nothing_of_it_is_kept_in_clear(test: &TestDatabase) {
    let stage = Stage::new(test);
    let (owner, phone, codes) = enrolled(&stage).await;
    let pending = Phone::new(&stage, &owner).await;
    let waiting = challenge(&stage).await;
    let mut everything = String::new();
    for (table, columns) in [
        ("user_totp", "secret || pending_secret"),
        ("user_backup_codes", "code_hash"),
        ("sign_in_challenges", "token_hash || wrapped_key"),
    ] {
        let sql = format!("SELECT {columns} FROM {table}");
        let owner = &stage.test.owner;
        let statement = Statement::from_string(owner.get_database_backend(), sql);
        let rows = owner.query_all_raw(statement).await.expect("rows");
        assert!(!rows.is_empty(), "{table}");
        for row in rows {
            everything += &row.try_get_by_index::<String>(0).expect("a text");
        }
    }
    assert!(everything.contains("\"ciphertext\""));
    assert!(!everything.contains(waiting.as_str().expect("a token")));
    for secret in [phone.0.to_base32(), pending.0.to_base32()] {
        assert!(!everything.contains(&secret));
    }
    for code in codes {
        assert!(!everything.to_uppercase().contains(&code.replace('-', "")));
    }
}
