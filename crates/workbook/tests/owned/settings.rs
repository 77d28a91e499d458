//! Settings: what pages look like, names, zones, languages, the personality type.

use dreamtree_database::{on_both, testing::TestDatabase};
use serde_json::{Value, json};

use crate::support::{Person, Stage, clock, refusal};

const UPDATE: &str = "mutation($input: UpdateSettingsInput!) { updateSettings(input: $input) {
    viewer { settings { backgroundColor textColor font textSize reducedMotion displayName timeZone language personalityType revision } }
    firstBlock { sequence state } } }";
const ONLY_SETTINGS: &str =
    "mutation($input: UpdateSettingsInput!) { updateSettings(input: $input) {
    viewer { createdAt updatedAt settings { revision createdAt updatedAt } } } }";

on_both!(
    what_is_left_out_stays_and_null_takes_away,
    a_setting_that_does_not_fit_is_refused,
    colours_go_together_or_not_at_all,
    text_grows_and_motion_is_as_the_device_has_it_until_it_is_chosen,
    names_are_kept_as_their_lists_write_them,
    the_slower_device_is_told_and_shown,
    a_type_chosen_in_a_tool_counts_as_a_change,
    nobody_changes_another_persons_settings,
);

async fn change(person: &Person<'_>, input: Value) -> Value {
    let data = person.data(UPDATE, json!({ "input": input })).await;
    data["updateSettings"]["viewer"]["settings"].clone()
}

async fn what_is_left_out_stays_and_null_takes_away(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let person = stage.person().await;
    let input = json!({ "displayName": " Ada ", "font": "serif", "personalityType": "INTJ" });
    let data = person.data(UPDATE, json!({ "input": input })).await;
    let expected = json!({ "backgroundColor": "cream", "textColor": "charcoal", "font": "serif",
        "textSize": "medium", "reducedMotion": null, "displayName": "Ada", "timeZone": "UTC", "language": "en", "personalityType": "INTJ", "revision": 2 });
    assert_eq!(data["updateSettings"]["viewer"]["settings"], expected);
    let first = &data["updateSettings"]["firstBlock"];
    assert_eq!(first["state"], "READABLE", "{first}");
    let taken = change(
        &person,
        json!({ "displayName": null, "personalityType": null }),
    )
    .await;
    assert_eq!(
        (
            &taken["displayName"],
            &taken["personalityType"],
            &taken["font"]
        ),
        (&json!(null), &json!(null), &json!("serif"))
    );
    let input = json!({ "input": { "language": "de" } });
    let asked = person.ask(ONLY_SETTINGS, input).await;
    let viewer = &asked.data["updateSettings"]["viewer"];
    assert_eq!(viewer["settings"]["revision"], 4);
    assert_eq!(viewer["createdAt"], "2026-03-01T12:00:00Z");
    assert_eq!(viewer["updatedAt"], viewer["createdAt"]);
    assert_eq!(viewer["settings"]["createdAt"], viewer["createdAt"]);
    assert_eq!(
        asked.statements, 5,
        "session, read, write; session, person with settings"
    );
}

async fn a_setting_that_does_not_fit_is_refused(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let person = stage.person().await;
    for (field, value) in [
        ("backgroundColor", json!("parchment")),
        ("backgroundColor", json!(null)),
        ("textColor", json!("lemon")),
        ("textColor", json!(null)),
        ("font", json!("Comic Sans")),
        ("font", json!(null)),
        ("textSize", json!("huge")),
        ("textSize", json!(null)),
        ("displayName", json!(" ")),
        ("displayName", json!("x".repeat(101))),
        ("displayName", json!("a\u{0}b")),
        ("timeZone", json!("Mars/Olympus")),
        ("timeZone", json!("CEST")),
        ("timeZone", json!("")),
        ("timeZone", json!(null)),
        ("language", json!("e")),
        ("language", json!("en_US")),
        ("language", json!("x".repeat(36))),
        ("language", json!(null)),
        ("personalityType", json!("ABCD")),
        ("personalityType", json!("intj")),
    ] {
        // What would do is not written either.
        let input = json!({ "input": { "displayName": "Ada", field: value } });
        let refused = person.refused(UPDATE, input).await;
        assert_eq!(
            refused,
            refusal("INVALID_INPUT", &format!("input.{field}")),
            "{value}"
        );
    }
    let now = change(&person, json!({})).await;
    assert_eq!(
        (&now["displayName"], &now["revision"]),
        (&json!(null), &json!(2))
    );
}

async fn colours_go_together_or_not_at_all(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let person = stage.person().await;
    let dark = json!({ "input": { "backgroundColor": "night" } });
    let refused = person.refused(UPDATE, dark).await;
    assert_eq!(refused, refusal("INVALID_INPUT", "input.textColor"));
    let both = change(
        &person,
        json!({ "backgroundColor": "night", "textColor": "ivory" }),
    )
    .await;
    assert_eq!(both["backgroundColor"], "night");
    let input = json!({ "input": { "textColor": "charcoal" } });
    let refused = person.refused(UPDATE, input).await;
    assert_eq!(refused, refusal("INVALID_INPUT", "input.textColor"));
    let sand = change(&person, json!({ "textColor": "sand" })).await;
    assert_eq!(
        (&sand["textColor"], &sand["revision"]),
        (&json!("sand"), &json!(3))
    );
}

async fn text_grows_and_motion_is_as_the_device_has_it_until_it_is_chosen(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let person = stage.person().await;
    let looks = async |input: Value| {
        let now = change(&person, input).await;
        (now["textSize"].clone(), now["reducedMotion"].clone())
    };
    let motions = [json!(true), json!(false), json!(null)];
    for (size, motion) in ["small", "large", "largest"].into_iter().zip(motions) {
        let set = looks(json!({ "textSize": size, "reducedMotion": motion })).await;
        assert_eq!(set, (json!(size), motion.clone()));
        assert_eq!(
            looks(json!({ "font": "mono" })).await,
            set,
            "what is left out stays"
        );
    }
}

async fn names_are_kept_as_their_lists_write_them(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let person = stage.person().await;
    for (zone, kept) in [
        ("europe/berlin", "Europe/Berlin"),
        (" Pacific/Kiritimati ", "Pacific/Kiritimati"),
        ("Asia/Calcutta", "Asia/Calcutta"),
        ("utc", "UTC"),
    ] {
        assert_eq!(
            change(&person, json!({ "timeZone": zone })).await["timeZone"],
            kept
        );
    }
    for (tag, kept) in [
        ("DE-at", "de-AT"),
        ("zh-hant-tw", "zh-Hant-TW"),
        ("en", "en"),
    ] {
        assert_eq!(
            change(&person, json!({ "language": tag })).await["language"],
            kept
        );
    }
}

async fn the_slower_device_is_told_and_shown(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let person = stage.person().await;
    change(
        &person,
        json!({ "displayName": "Ada", "expectedVersion": 1 }),
    )
    .await;
    let slower = json!({ "input": { "displayName": "Bea", "font": "mono", "expectedVersion": 1 } });
    let slower = person.ask(UPDATE, slower).await;
    assert_eq!(
        slower.errors,
        [refusal("CONFLICT", "input.expectedVersion")]
    );
    let shown = &slower.data["updateSettings"]["viewer"]["settings"];
    assert_eq!(
        (&shown["displayName"], &shown["font"], &shown["revision"]),
        (&json!("Ada"), &json!("sans"), &json!(2))
    );
}

async fn a_type_chosen_in_a_tool_counts_as_a_change(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let person = stage.person().await;
    let scope = stage.write(&person).await;
    let code = Some("ENFP".to_owned());
    dreamtree_identity::settings::set_personality_type(&scope, code)
        .await
        .expect("a type");
    scope.commit().await.expect("committed");
    let now = change(&person, json!({ "font": "mono" })).await;
    assert_eq!(
        (&now["personalityType"], &now["revision"]),
        (&json!("ENFP"), &json!(3))
    );
}

async fn nobody_changes_another_persons_settings(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let (person, other) = (stage.person().await, stage.person().await);
    change(&person, json!({ "displayName": "Ada" })).await;
    let theirs = change(&other, json!({ "font": "serif" })).await;
    assert_eq!(
        (&theirs["displayName"], &theirs["revision"]),
        (&json!(null), &json!(2))
    );
}
