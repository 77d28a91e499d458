//! Uses of tools: what of it can be seen, and how they are listed.

use dreamtree_content::ToolKind;
use dreamtree_database::{on_both, testing::TestDatabase};
use serde_json::{Value, json};
use time::Duration;

use super::{
    CREATE, DELETE, LIST, ONE_TWO, UPDATE, create, items, list, one, reader, titles, tool, update,
};
use crate::support::{Stage, clock, refusal};

on_both!(
    private_content_is_sealed_and_its_hash_keyed,
    a_locked_vault_keeps_what_is_private,
    pages_follow_each_other_without_gap_or_repetition,
    tool_origin_and_search_narrow_the_list,
    a_change_elsewhere_is_noted,
    the_history_keeps_the_latest_hundred,
    twenty_uses_cost_what_two_cost,
);

async fn private_content_is_sealed_and_its_hash_keyed(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let mut hashes = Vec::new();
    for person in [reader(&stage, &[]).await, reader(&stage, &[]).await] {
        let story = json!({ "soaredForm": { "situation": "heliotrope" } });
        let tool = tool(&stage, ToolKind::SoaredForm);
        let input = json!({ "tool": tool, "title": "marigold", "value": story });
        let made = create(&person, input).await;
        assert_eq!(made["summary"]["value"], "heliotrope");
        hashes.push(made["contentHash"].clone());
        let sql = "SELECT title, summary, is_sealed, key_generation FROM user_tool_instances WHERE stem_id IS NULL";
        let rows = person.rows(sql).await;
        for column in [0, 1] {
            let kept: String = rows[0].try_get_by_index(column).expect("a text");
            assert!(
                !kept.contains("marigold") && !kept.contains("heliotrope"),
                "{kept}"
            );
        }
        assert!(rows[0].try_get_by_index::<bool>(2).expect("a flag"));
        assert_eq!(rows[0].try_get_by_index::<i32>(3).expect("a number"), 1);
        let plain = list(&person, &stage, "Wishes", &["One", "Two"]).await;
        assert_eq!(one(&person, &plain).await["contentHash"], ONE_TWO);
    }
    assert_ne!(hashes[0], hashes[1], "the same story under two keys");
}

async fn a_locked_vault_keeps_what_is_private(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let person = reader(&stage, &[]).await;
    let story = json!({ "soaredForm": { "situation": "Rain" } });
    let form = tool(&stage, ToolKind::SoaredForm);
    let told = create(
        &person,
        json!({ "tool": form, "title": "Wet", "value": story }),
    )
    .await;
    let plain = list(&person, &stage, "Wishes", &["One"]).await;
    stage.lock(&person).await;

    let shown = one(&person, &told["id"]).await;
    let locked = json!({ "state": "LOCKED", "value": null });
    assert_eq!((&shown["title"], &shown["summary"]), (&locked, &locked));
    assert_eq!(shown["data"], locked);
    assert_eq!(shown["contentHash"], told["contentHash"]);
    let shown = one(&person, &plain).await;
    assert_eq!(
        (&shown["title"], &shown["summary"]["value"]),
        (&locked, &json!("One"))
    );
    assert!(titles(&person, json!({ "search": "wet" })).await.is_empty());
    assert_eq!(titles(&person, json!({ "search": "ONE" })).await.len(), 1);

    let refused = person
        .refused(CREATE, json!({ "input": { "tool": form, "value": story } }))
        .await;
    assert_eq!(refused, refusal("VAULT_LOCKED", "input.value"));
    for title in [json!("Hopes"), Value::Null] {
        let retitle = json!({ "input": { "id": plain, "title": title } });
        let refused = person.refused(UPDATE, retitle).await;
        assert_eq!(refused, refusal("VAULT_LOCKED", ""));
    }
    let changed = update(&person, json!({ "id": plain, "value": items(&["Two"]) })).await;
    assert_eq!(changed["summary"]["value"], "Two", "what is plain goes on");
    assert_eq!(changed["title"]["state"], "LOCKED");
}

async fn pages_follow_each_other_without_gap_or_repetition(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let person = reader(&stage, &[]).await;
    let mut expected = Vec::new();
    let mut first = Value::Null;
    for number in 0..7 {
        let id = list(&person, &stage, &number.to_string(), &["One"]).await;
        if number == 0 {
            first = id;
        }
        expected.insert(0, number.to_string());
        // Some are made at the same moment.
        if number % 3 == 2 {
            test.database.clock().advance(Duration::seconds(1));
        }
    }
    for size in [1, 2, 3, 6, 7, 100] {
        let (mut seen, mut after) = (Vec::new(), Value::Null);
        while seen.len() <= expected.len() {
            let wanted = json!({ "origin": "STANDALONE", "first": size, "after": after });
            let data = person.data(LIST, wanted.clone()).await;
            let info = &data["toolInstances"]["pageInfo"];
            assert_eq!(info["hasPreviousPage"], json!(!after.is_null()));
            seen.extend(titles(&person, wanted).await);
            after = info["endCursor"].clone();
            if info["hasNextPage"] != true {
                break;
            }
        }
        assert_eq!(seen, expected, "pages of {size}");
    }
    test.database.clock().advance(Duration::seconds(1));
    update(&person, json!({ "id": first, "value": items(&["Two"]) })).await;
    let newest = titles(&person, json!({ "first": 1 })).await;
    assert_eq!(newest, ["0"], "the one saved last comes first");
}

async fn tool_origin_and_search_narrow_the_list(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let person = reader(&stage, &[]).await;
    list(&person, &stage, "Wishes", &["A garden", "A boat"]).await;
    let reframer = tool(&stage, ToolKind::FailureReframer);
    let value = json!({ "failureReframer": { "situation": "The boat sank" } });
    create(
        &person,
        json!({ "tool": reframer, "title": "Lake", "value": value }),
    )
    .await;
    let only = titles(&person, json!({ "tool": reframer })).await;
    assert_eq!(only, ["Lake"]);
    assert_eq!(
        titles(&person, json!({ "origin": "STANDALONE" }))
            .await
            .len(),
        2
    );
    let marked = titles(&person, json!({ "origin": "WORKBOOK", "first": 100 })).await;
    assert!(!marked.is_empty() && marked.iter().all(|title| title == "-"));
    assert_eq!(
        titles(&person, json!({ "search": " BOAT " })).await,
        ["Lake", "Wishes"]
    );
    assert_eq!(
        titles(&person, json!({ "search": "garden" })).await,
        ["Wishes"]
    );
    assert_eq!(titles(&person, json!({ "search": "lak" })).await, ["Lake"]);
    assert!(
        titles(&person, json!({ "search": "train" }))
            .await
            .is_empty()
    );
    let page = person
        .data(LIST, json!({ "search": "boat", "first": 1 }))
        .await;
    assert_eq!(page["toolInstances"]["pageInfo"]["hasNextPage"], true);
}

async fn a_change_elsewhere_is_noted(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let person = reader(&stage, &[]).await;
    let form = tool(&stage, ToolKind::SoaredForm);
    let value = json!({ "soaredForm": { "situation": "Rain" } });
    let made = create(&person, json!({ "tool": form, "value": value })).await;
    let stories = person.data("{ stories { id instance } }", json!({})).await;
    let story = &stories["stories"][0];
    assert_eq!(story["instance"], made["id"]);
    let refused = person
        .refused(DELETE, json!({ "input": { "id": story["id"] } }))
        .await;
    assert_eq!(refused, refusal("INVALID_INPUT", "input.id"));
    let change = "mutation($id: ID!) { updateStory(input: { id: $id, situation: \"Snow\" }) { story { id } } }";
    person.data(change, json!({ "id": story["id"] })).await;
    let shown = one(&person, &made["id"]).await;
    assert_eq!(
        (&shown["summary"]["value"], &shown["revision"]),
        (&json!("Snow"), &json!(2))
    );
    assert_ne!(shown["contentHash"], made["contentHash"]);
    assert_eq!(shown["history"][0]["contentHash"], shown["contentHash"]);
    assert_eq!(shown["history"][1]["contentHash"], made["contentHash"]);
}

async fn the_history_keeps_the_latest_hundred(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let person = reader(&stage, &[]).await;
    let id = list(&person, &stage, "Wishes", &["1"]).await;
    for number in 2..=103 {
        let value = items(&[&number.to_string()]);
        update(&person, json!({ "id": id, "value": value })).await;
    }
    let shown = one(&person, &id).await;
    let history = shown["history"].as_array().expect("a list");
    let revisions: Vec<i64> = history
        .iter()
        .map(|change| change["revision"].as_i64().expect("a number"))
        .collect();
    assert_eq!(revisions, (4..=103).rev().collect::<Vec<_>>());
}

async fn twenty_uses_cost_what_two_cost(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let person = reader(&stage, &[]).await;
    let whole = "{ toolInstances(origin: STANDALONE) { nodes { id title { value } summary { value }
        data { state } skills { name } history { revision } } } }";
    let plain =
        "{ toolInstances(origin: STANDALONE) { nodes { id title { value } summary { value } } } }";
    for number in 0..20 {
        list(&person, &stage, &number.to_string(), &["One", "Two"]).await;
        let cost = person.ask(plain, json!({})).await.statements;
        assert_eq!(cost, 2, "the session and the uses");
        let cost = person.ask(whole, json!({})).await.statements;
        assert_eq!(cost, 3, "and all that hangs on them at once");
    }
}
