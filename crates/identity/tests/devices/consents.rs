//! What people agree to beyond the terms: given, withdrawn, asked for again when the text is another, and never overwritten.

use dreamtree_database::{on_both, testing::TestDatabase};
use dreamtree_identity::{consent, door};
use serde_json::{Value, json};
use time::Duration;

use crate::stage::{Guest, Stage, clock, code};

on_both!(
    a_consent_is_given_and_withdrawn_and_nothing_is_forgotten,
    another_text_is_asked_for_again,
    whoever_declines_is_not_asked_again,
    a_kind_that_is_not_asked_for_any_more_can_be_withdrawn,
    what_is_not_there_is_refused,
    consents_of_others_are_not_seen,
    terms_are_accepted_in_the_version_that_counts,
);

const CONSENT: &str =
    "consent { kind version given pending history { version givenAt withdrawnAt } }
    viewer { pendingConsents }";

async fn stage(test: &TestDatabase) -> Stage<'_> {
    let stage = Stage::new(test);
    text(&stage, "statistics", 1).await;
    text(&stage, "research", 4).await;
    stage
}

/// Publishes a text, as loading an edition does.
async fn text(stage: &Stage<'_>, kind: &str, version: i32) {
    retire(stage, kind).await;
    let sql = format!(
        "INSERT INTO consents (kind, version, title, text, is_active) VALUES ('{kind}', {version}, 'A title', 'A text', TRUE)"
    );
    stage.run(&sql).await;
}

async fn retire(stage: &Stage<'_>, kind: &str) {
    stage
        .run(&format!(
            "UPDATE consents SET is_active = FALSE WHERE kind = '{kind}'"
        ))
        .await;
}

async fn visitor(stage: &Stage<'_>) -> Guest {
    let visit = "mutation { visit(delivery: BEARER) { token viewer { pendingConsents } } }";
    let visit = stage.ask(&Guest::default(), visit).await["visit"].clone();
    Guest::default().with(&visit["token"])
}

async fn give(stage: &Stage<'_>, guest: &Guest, kind: &str, version: i32) -> Value {
    let query = format!(
        "mutation($kind: String!, $version: Int!) {{ giveConsent(input: {{ kind: $kind, version: $version }}) {{ {CONSENT} }} }}"
    );
    let variables = json!({ "kind": kind, "version": version });
    stage.send(guest, &query, variables).await
}

async fn withdraw(stage: &Stage<'_>, guest: &Guest, kind: &str) -> Value {
    let query = format!(
        "mutation($kind: String!) {{ withdrawConsent(input: {{ kind: $kind }}) {{ {CONSENT} }} }}"
    );
    stage.send(guest, &query, json!({ "kind": kind })).await
}

async fn pending(stage: &Stage<'_>, guest: &Guest) -> Value {
    let viewer = stage.ask(guest, "{ viewer { pendingConsents } }").await;
    viewer["viewer"]["pendingConsents"].clone()
}

/// Whether what the program asks before it does something says yes.
async fn holds(stage: &Stage<'_>, guest: &Guest, kind: &str) -> bool {
    let token = guest.token.as_deref().expect("a token");
    let entered = door::to_read(&stage.test.database, token).await;
    let scope = entered.expect("an answer").scope.expect("a session");
    consent::holds(&scope, kind).await.expect("an answer")
}

async fn a_consent_is_given_and_withdrawn_and_nothing_is_forgotten(test: &TestDatabase) {
    let stage = stage(test).await;
    let guest = visitor(&stage).await;
    assert_eq!(
        pending(&stage, &guest).await,
        json!(["research", "statistics"])
    );
    assert!(!holds(&stage, &guest, "statistics").await);

    let given = give(&stage, &guest, "statistics", 1).await["data"]["giveConsent"].clone();
    let first = json!({ "version": 1, "givenAt": "2026-03-01T12:00:00Z", "withdrawnAt": null });
    assert_eq!(
        given,
        json!({
            "consent": { "kind": "statistics", "version": 1, "given": true, "pending": false, "history": [first] },
            "viewer": { "pendingConsents": ["research"] },
        })
    );
    assert!(holds(&stage, &guest, "statistics").await);
    stage.advance(Duration::minutes(1));
    let again = give(&stage, &guest, "statistics", 1).await["data"]["giveConsent"].clone();
    assert_eq!(again, given, "again changes nothing");

    stage.advance(Duration::minutes(1));
    let taken = withdraw(&stage, &guest, "statistics").await["data"]["withdrawConsent"].clone();
    let ended = json!({ "version": 1, "givenAt": "2026-03-01T12:00:00Z", "withdrawnAt": "2026-03-01T12:02:00Z" });
    assert_eq!(taken["consent"]["history"], json!([ended]));
    assert_eq!(
        (&taken["consent"]["given"], &taken["consent"]["pending"]),
        (&json!(false), &json!(false))
    );
    assert!(!holds(&stage, &guest, "statistics").await);
    stage.advance(Duration::minutes(1));
    let again = withdraw(&stage, &guest, "statistics").await["data"]["withdrawConsent"].clone();
    assert_eq!(again, taken, "again changes nothing");

    give(&stage, &guest, "statistics", 1).await;
    let mine = stage
        .ask(
            &guest,
            "{ consents { kind given history { version givenAt withdrawnAt } } }",
        )
        .await;
    let second = json!({ "version": 1, "givenAt": "2026-03-01T12:03:00Z", "withdrawnAt": null });
    assert_eq!(
        mine["consents"],
        json!([
            { "kind": "research", "given": false, "history": [] },
            { "kind": "statistics", "given": true, "history": [ended, second] },
        ])
    );
    assert_eq!(stage.count("user_consents").await, 3);
    let diary = stage
        .ask(&guest, "{ diary { nodes { event detail } } }")
        .await;
    let entry = |event: &str| json!({ "event": event, "detail": "statistics 1" });
    let expected = json!([
        entry("CONSENT_GIVEN"),
        entry("CONSENT_WITHDRAWN"),
        entry("CONSENT_GIVEN")
    ]);
    assert_eq!(diary["diary"]["nodes"], expected);
}

async fn another_text_is_asked_for_again(test: &TestDatabase) {
    let stage = stage(test).await;
    let guest = visitor(&stage).await;
    give(&stage, &guest, "statistics", 1).await;
    text(&stage, "statistics", 2).await;
    assert_eq!(
        pending(&stage, &guest).await,
        json!(["research", "statistics"])
    );
    assert!(
        !holds(&stage, &guest, "statistics").await,
        "it was given to other words"
    );

    for version in [1, 3] {
        let outdated = give(&stage, &guest, "statistics", version).await;
        let error = &outdated["errors"][0]["extensions"];
        assert_eq!(
            (&error["code"], &error["field"]),
            (&json!("CONFLICT"), &json!("input.version"))
        );
        let shown = &outdated["data"]["giveConsent"]["consent"];
        assert_eq!(
            (&shown["version"], &shown["given"]),
            (&json!(2), &json!(false))
        );
    }
    assert_eq!(stage.count("user_consents").await, 1, "nothing was saved");
    stage.advance(Duration::minutes(5));
    let given = give(&stage, &guest, "statistics", 2).await["data"]["giveConsent"].clone();
    let history = json!([
        { "version": 1, "givenAt": "2026-03-01T12:00:00Z", "withdrawnAt": null },
        { "version": 2, "givenAt": "2026-03-01T12:05:00Z", "withdrawnAt": null },
    ]);
    assert_eq!(given["consent"]["history"], history);
    assert_eq!(given["viewer"]["pendingConsents"], json!(["research"]));
    assert!(holds(&stage, &guest, "statistics").await);
}

async fn whoever_declines_is_not_asked_again(test: &TestDatabase) {
    let stage = stage(test).await;
    let guest = visitor(&stage).await;
    let declined = withdraw(&stage, &guest, "research").await["data"]["withdrawConsent"].clone();
    let no = json!({ "version": 4, "givenAt": null, "withdrawnAt": "2026-03-01T12:00:00Z" });
    assert_eq!(declined["consent"]["history"], json!([no]));
    assert_eq!(declined["viewer"]["pendingConsents"], json!(["statistics"]));
    text(&stage, "research", 5).await;
    assert_eq!(pending(&stage, &guest).await, json!(["statistics"]));
    let given = give(&stage, &guest, "research", 5).await["data"]["giveConsent"].clone();
    assert_eq!(
        given["consent"]["given"], true,
        "they may change their mind"
    );
}

async fn a_kind_that_is_not_asked_for_any_more_can_be_withdrawn(test: &TestDatabase) {
    let stage = stage(test).await;
    let guest = visitor(&stage).await;
    give(&stage, &guest, "research", 4).await;
    retire(&stage, "research").await;
    assert_eq!(pending(&stage, &guest).await, json!(["statistics"]));
    assert!(!holds(&stage, &guest, "research").await);
    assert_eq!(
        code(&give(&stage, &guest, "research", 4).await),
        "NOT_FOUND"
    );
    let taken = withdraw(&stage, &guest, "research").await["data"]["withdrawConsent"].clone();
    assert_eq!(taken["consent"]["version"], json!(null));
    assert!(taken["consent"]["history"][0]["withdrawnAt"].is_string());
    let stranger = visitor(&stage).await;
    assert_eq!(
        code(&withdraw(&stage, &stranger, "research").await),
        "NOT_FOUND"
    );
    let kinds = stage.ask(&stranger, "{ consents { kind } }").await;
    assert_eq!(kinds["consents"], json!([{ "kind": "statistics" }]));
}

async fn what_is_not_there_is_refused(test: &TestDatabase) {
    let stage = stage(test).await;
    let guest = visitor(&stage).await;
    for kind in [
        "",
        "news",
        "Statistics",
        "statistics ",
        "st\u{0}",
        &"x".repeat(9_000),
    ] {
        let given = give(&stage, &guest, kind, 1).await;
        assert_eq!(code(&given), "NOT_FOUND", "{kind}");
        assert_eq!(given["errors"][0]["extensions"]["field"], "input.kind");
        assert_eq!(code(&withdraw(&stage, &guest, kind).await), "NOT_FOUND");
    }
    assert_eq!(stage.count("user_consents").await, 0);
    let nobody = Guest::default();
    assert_eq!(
        code(&give(&stage, &nobody, "statistics", 1).await),
        "UNAUTHENTICATED"
    );
    assert_eq!(
        stage.refused(&nobody, "{ consents { kind } }").await,
        "UNAUTHENTICATED"
    );
}

async fn consents_of_others_are_not_seen(test: &TestDatabase) {
    let stage = stage(test).await;
    let (one, other) = (visitor(&stage).await, visitor(&stage).await);
    give(&stage, &one, "statistics", 1).await;
    assert!(!holds(&stage, &other, "statistics").await);
    assert_eq!(
        pending(&stage, &other).await,
        json!(["research", "statistics"])
    );
    let theirs = stage
        .ask(&other, "{ consents { given history { version } } }")
        .await;
    let nothing = json!({ "given": false, "history": [] });
    assert_eq!(theirs["consents"], json!([nothing, nothing]));
    let taken = withdraw(&stage, &other, "statistics").await["data"]["withdrawConsent"].clone();
    assert_eq!(taken["consent"]["history"][0]["givenAt"], json!(null));
    assert!(holds(&stage, &one, "statistics").await);
}

async fn terms_are_accepted_in_the_version_that_counts(test: &TestDatabase) {
    let stage = Stage::new(test);
    for version in [1, 2] {
        let sql = format!(
            "INSERT INTO terms (version, text, effective_on, is_active) VALUES ({version}, 'Be kind.', '2026-01-01', {})",
            if version == 1 { "FALSE" } else { "TRUE" }
        );
        stage.run(&sql).await;
    }
    let guest = visitor(&stage).await;
    let accept = |version: i32| {
        format!(
            "mutation {{ acceptTerms(input: {{ version: {version} }}) {{ viewer {{ pendingTerms }} }} }}"
        )
    };
    for version in [1, 3] {
        let outdated = stage.send(&guest, &accept(version), json!({})).await;
        assert_eq!(code(&outdated), "CONFLICT");
        assert_eq!(outdated["data"]["acceptTerms"]["viewer"]["pendingTerms"], 2);
    }
    let mine = "{ acceptedTerms { version acceptedAt } }";
    assert_eq!(stage.ask(&guest, mine).await["acceptedTerms"], json!([]));
    stage.ask(&guest, &accept(2)).await;
    stage.advance(Duration::minutes(1));
    stage.ask(&guest, &accept(2)).await;
    let expected = json!([{ "version": 2, "acceptedAt": "2026-03-01T12:00:00Z" }]);
    assert_eq!(stage.ask(&guest, mine).await["acceptedTerms"], expected);
}
