//! Uses of tools, in the workbook and outside of it.

use dreamtree_content::{PlacementId, ToolKind};
use dreamtree_database::{on_both, testing::TestDatabase};
use serde_json::{Value, json};
use time::{Duration, macros::datetime};
use uuid::Uuid;

use crate::support::{Person, Stage, clock, refusal};

const LIST: &str =
    "query($tool: ID, $origin: ToolOrigin, $search: String, $first: Int = 20, $after: String) {
    toolInstances(tool: $tool, origin: $origin, search: $search, first: $first, after: $after) {
      nodes { id title { value } } pageInfo { hasNextPage hasPreviousPage endCursor } } }";
const ONE: &str = "query($id: ID!) { toolInstance(id: $id) { id tool { name } origin placement
    location { exerciseId } title { state value } summary { state value } contentHash revision
    createdAt updatedAt data { state value { __typename ... on ListAnswer { name items { content } }
      ... on StoryAnswer { situation } } }
    skills { name } history { revision changedAt contentHash } } }";
const CREATE: &str =
    "mutation($input: CreateToolInstanceInput!) { createToolInstance(input: $input) {
    instance { id revision title { value } summary { state value } contentHash
      data { state value { __typename } } } } }";
const UPDATE: &str =
    "mutation($input: UpdateToolInstanceInput!) { updateToolInstance(input: $input) {
    instance { revision title { state value } summary { value } contentHash
      history { revision contentHash } } } }";
const DELETE: &str = "mutation($input: DeleteInput!) { delete(input: $input) { id } }";
const ANSWER: &str = "mutation($input: AnswerInput!) { answer(input: $input) {
    block { answer { state revision } } } }";

/// SHA-256 of `{"list":{"items":["One","Two"]}}`.
const ONE_TWO: &str = "bc6a53afe4f04fd4fb405f0ab4b84fe2c65017e939498e8bb6a0fadf5c1caea3";

on_both!(
    a_use_is_made_once_changed_and_taken_away,
    every_tool_used_by_itself_leaves_nothing_behind,
    what_a_person_has_once_is_not_used_anew,
    what_belongs_to_the_workbook_stays,
    the_slower_device_is_told_and_shown,
    what_does_not_fit_is_refused,
    private_content_is_sealed_and_its_hash_keyed,
    a_locked_vault_keeps_what_is_private,
    pages_follow_each_other_without_gap_or_repetition,
    tool_origin_and_search_narrow_the_list,
    a_change_elsewhere_is_noted,
    the_history_keeps_the_latest_hundred,
    twenty_uses_cost_what_two_cost,
);

/// Somebody to whom everything is open but these placements, which are open and not answered.
async fn reader<'a>(stage: &'a Stage<'a>, left: &[PlacementId]) -> Person<'a> {
    let person = stage.person().await;
    let placements = stage.library().placements().iter();
    let marked = placements.filter(|one| one.required && !left.contains(&one.id));
    let marked: Vec<PlacementId> = marked.map(|one| one.id).collect();
    stage
        .mark(&person, &marked, datetime!(2026-01-01 12:00 UTC))
        .await;
    person
}

fn tool(stage: &Stage<'_>, kind: ToolKind) -> String {
    let mut tools = stage.library().tools().iter();
    let tool = tools.find(|tool| tool.kind == kind).expect("the tool");
    format!("tool:{}", tool.id.0)
}

/// Where the tool stands first in the workbook.
fn place(stage: &Stage<'_>, kind: ToolKind) -> PlacementId {
    let mut placements = stage.library().placements().iter();
    let is_there = |at: &dreamtree_content::ToolPlacement| at.tool.kind == kind;
    let placement = placements.find(|one| one.tool().is_some_and(is_there));
    placement.expect("a placement").id
}

fn items(contents: &[&str]) -> Value {
    let items = contents.iter().map(|content| json!({ "content": content }));
    json!({ "listBuilder": { "items": items.collect::<Vec<_>>() } })
}

async fn list(person: &Person<'_>, stage: &Stage<'_>, title: &str, contents: &[&str]) -> Value {
    let tool = tool(stage, ToolKind::ListBuilder);
    let input = json!({ "tool": tool, "title": title, "value": items(contents) });
    create(person, input).await["id"].clone()
}

async fn create(person: &Person<'_>, input: Value) -> Value {
    let made = person.data(CREATE, json!({ "input": input })).await;
    made["createToolInstance"]["instance"].clone()
}

async fn update(person: &Person<'_>, input: Value) -> Value {
    let changed = person.data(UPDATE, json!({ "input": input })).await;
    changed["updateToolInstance"]["instance"].clone()
}

async fn one(person: &Person<'_>, id: &Value) -> Value {
    let data = person.data(ONE, json!({ "id": id })).await;
    data["toolInstance"].clone()
}

async fn titles(person: &Person<'_>, wanted: Value) -> Vec<String> {
    let data = person.data(LIST, wanted).await;
    let nodes = data["toolInstances"]["nodes"].as_array().expect("nodes");
    let title = |one: &Value| one["title"]["value"].as_str().unwrap_or("-").to_owned();
    nodes.iter().map(title).collect()
}

async fn a_use_is_made_once_changed_and_taken_away(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let person = reader(&stage, &[]).await;
    let id = json!(format!("instance:{}", Uuid::now_v7()));
    let tool = tool(&stage, ToolKind::ListBuilder);
    let input =
        json!({ "id": id, "tool": tool, "title": " Wishes ", "value": items(&["One ", "Two"]) });
    let made = create(&person, input.clone()).await;
    assert_eq!(made["id"], id);
    let now = "2026-03-01T12:00:00Z";
    let whole = one(&person, &id).await;
    assert_eq!(
        whole,
        json!({ "id": id, "tool": { "name": "LIST_BUILDER" }, "origin": "STANDALONE",
            "placement": null, "location": null,
            "title": { "state": "UNLOCKED", "value": "Wishes" },
            "summary": { "state": "UNLOCKED", "value": "One, Two" },
            "contentHash": ONE_TWO, "revision": 1, "createdAt": now, "updatedAt": now,
            "data": { "state": "UNLOCKED", "value": { "__typename": "ListAnswer", "name": "",
                "items": [{ "content": "One" }, { "content": "Two" }] } },
            "skills": [],
            "history": [{ "revision": 1, "changedAt": now, "contentHash": ONE_TWO }] })
    );
    let mut again = input;
    again["value"] = items(&["Other"]);
    assert_eq!(create(&person, again).await, made, "made once");

    let renamed = update(&person, json!({ "id": id, "title": null })).await;
    assert_eq!(renamed["title"]["state"], "EMPTY");
    assert_eq!(
        (&renamed["revision"], &renamed["contentHash"]),
        (&json!(2), &json!(ONE_TWO))
    );
    assert_eq!(renamed["history"].as_array().expect("a list").len(), 1);
    let changed = update(&person, json!({ "id": id, "value": items(&["Two"]) })).await;
    assert_eq!(
        (&changed["revision"], &changed["summary"]["value"]),
        (&json!(3), &json!("Two"))
    );
    assert_ne!(changed["contentHash"], ONE_TWO);
    assert_eq!(
        changed["history"],
        json!([{ "revision": 3, "contentHash": changed["contentHash"] },
            { "revision": 1, "contentHash": ONE_TWO }])
    );
    let same = update(&person, json!({ "id": id, "value": items(&["Two"]) })).await;
    assert_eq!(same["revision"], 4);
    assert_eq!(same["history"], changed["history"], "nothing has changed");

    person.data(DELETE, json!({ "input": { "id": id } })).await;
    let gone = person.refused(ONE, json!({ "id": id })).await;
    assert_eq!(gone, refusal("NOT_FOUND", "id"));
    let gone = person
        .refused(DELETE, json!({ "input": { "id": id } }))
        .await;
    assert_eq!(gone, refusal("NOT_FOUND", "input.id"));
}

/// What each tool that can be used by itself takes, and how it is summed up.
fn uses() -> Vec<(ToolKind, Value, &'static str)> {
    vec![
        (ToolKind::ListBuilder, items(&["One", "Two"]), "One, Two"),
        (
            ToolKind::SoaredForm,
            json!({ "soaredForm": { "title": "Rain", "action": "We danced." } }),
            "Rain",
        ),
        (
            ToolKind::SkillTagger,
            json!({ "skillTagger": { "skills": [{ "customName": "Bell founding" }] } }),
            "Bell founding",
        ),
        (
            ToolKind::FlowTracker,
            json!({ "flowTracker": { "entries": [
                { "date": "2026-02-01", "activity": "Bees", "energy": 1, "focus": 4 }] } }),
            "Bees",
        ),
        (
            ToolKind::FailureReframer,
            json!({ "failureReframer": { "situation": "Lost", "reframedStatement": "Found" } }),
            "Found",
        ),
        (
            ToolKind::IdeaTree,
            json!({ "ideaTree": { "root": "bread", "edges": [{ "from": "bread", "to": "oven" }] } }),
            "bread",
        ),
    ]
}

async fn every_tool_used_by_itself_leaves_nothing_behind(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let person = reader(&stage, &[]).await;
    let rows = "SELECT id FROM user_lists UNION ALL SELECT id FROM user_list_items \
        UNION ALL SELECT id FROM user_stories UNION ALL SELECT id FROM user_skill_tags \
        UNION ALL SELECT id FROM user_flow_logs UNION ALL SELECT id FROM user_failure_reframes \
        UNION ALL SELECT id FROM user_idea_trees UNION ALL SELECT id FROM user_idea_nodes \
        UNION ALL SELECT instance_id FROM user_tool_changes";
    for (kind, value, summary) in uses() {
        let input = json!({ "tool": tool(&stage, kind), "title": "Mine", "value": value });
        let made = create(&person, input).await;
        let held = person.rows(rows).await.len();
        assert_eq!(made["summary"]["value"], summary, "{kind:?}");
        assert_eq!(made["data"]["state"], "UNLOCKED", "{kind:?}");
        assert!(made["contentHash"].is_string() && held >= 2, "{kind:?}");
        person
            .data(DELETE, json!({ "input": { "id": made["id"] } }))
            .await;
        assert_eq!(person.rows(rows).await.len(), 0, "{kind:?}");
    }
}

async fn what_a_person_has_once_is_not_used_anew(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let person = reader(&stage, &[]).await;
    for (kind, value) in [
        (
            ToolKind::MbtiSelector,
            json!({ "personality": { "code": "INFJ" } }),
        ),
        (
            ToolKind::LifeDashboard,
            json!({ "lifeDashboard": { "work": 1, "play": 1, "love": 1, "health": 1 } }),
        ),
        (
            ToolKind::RankingGrid,
            json!({ "rankingGrid": { "items": [] } }),
        ),
    ] {
        let input = json!({ "input": { "tool": tool(&stage, kind), "value": value } });
        let refused = person.refused(CREATE, input).await;
        assert_eq!(refused, refusal("INVALID_INPUT", "input.tool"), "{kind:?}");
    }
}

async fn what_belongs_to_the_workbook_stays(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let at = place(&stage, ToolKind::ListBuilder);
    let person = reader(&stage, &[at]).await;
    let value = items(&["One", "Two", "Three", "Four", "Five"]);
    let answer = json!({ "input": { "placement": format!("placement:{}", at.0), "value": value } });
    person.data(ANSWER, answer.clone()).await;
    let wanted = json!({ "origin": "WORKBOOK", "search": "four" });
    let found = person.data(LIST, wanted).await;
    let id = found["toolInstances"]["nodes"][0]["id"].clone();
    let whole = one(&person, &id).await;
    assert_eq!(whole["placement"], json!(format!("placement:{}", at.0)));
    assert_eq!(whole["origin"], "WORKBOOK");
    assert!(whole["location"]["exerciseId"].is_string());
    assert_eq!(whole["summary"]["value"], "One, Two, Three, Four, Five");
    assert_eq!(
        whole["data"]["value"]["items"]
            .as_array()
            .expect("items")
            .len(),
        5
    );

    let refused = person
        .refused(DELETE, json!({ "input": { "id": id } }))
        .await;
    assert_eq!(refused, refusal("INVALID_INPUT", "input.id"));
    let change = json!({ "input": { "id": id, "value": items(&["One"]) } });
    let refused = person.refused(UPDATE, change).await;
    assert_eq!(refused, refusal("INVALID_INPUT", "input.value"));
    let named = update(&person, json!({ "id": id, "title": "Good days" })).await;
    assert_eq!(
        (&named["title"]["value"], &named["revision"]),
        (&json!("Good days"), &json!(2))
    );
    let again = person.data(ANSWER, answer).await;
    assert_eq!(again["answer"]["block"]["answer"]["revision"], 3);
    let whole = one(&person, &id).await;
    assert_eq!(
        (&whole["title"]["value"], &whole["revision"]),
        (&json!("Good days"), &json!(3))
    );
    assert_eq!(whole["history"].as_array().expect("a list").len(), 1);
}

async fn the_slower_device_is_told_and_shown(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let person = reader(&stage, &[]).await;
    let id = list(&person, &stage, "Wishes", &["One"]).await;
    let rename =
        |title: &str| json!({ "input": { "id": id, "title": title, "expectedVersion": 1 } });
    person.data(UPDATE, rename("Hopes")).await;
    let slower = person.ask(UPDATE, rename("Dreams")).await;
    let conflict = [refusal("CONFLICT", "input.expectedVersion")];
    assert_eq!(slower.errors, conflict);
    let shown = &slower.data["updateToolInstance"]["instance"];
    assert_eq!(
        (&shown["title"]["value"], &shown["revision"]),
        (&json!("Hopes"), &json!(2))
    );
    let delete = json!({ "input": { "id": id, "expectedVersion": 1 } });
    assert_eq!([person.refused(DELETE, delete).await], conflict);
}

async fn what_does_not_fit_is_refused(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let (newcomer, person) = (stage.person().await, reader(&stage, &[]).await);
    let tool = tool(&stage, ToolKind::ListBuilder);
    let input = |title: &str, value: Value| json!({ "input": { "tool": tool, "title": title, "value": value } });
    let refused = newcomer.refused(CREATE, input("a", items(&["One"]))).await;
    assert_eq!(refused, refusal("LOCKED", "input.tool"));
    let mut unknown = input("a", items(&["One"]));
    unknown["input"]["tool"] = json!("tool:1");
    let refused = person.refused(CREATE, unknown).await;
    assert_eq!(refused, refusal("NOT_FOUND", "input.tool"));
    let long = "x".repeat(201);
    for (title, value, code, field) in [
        ("a", json!({ "text": "One" }), "WRONG_KIND", "input.value"),
        (
            "a",
            items(&[]),
            "INVALID_INPUT",
            "input.value.listBuilder.items",
        ),
        (
            "a",
            items(&[" "]),
            "INVALID_INPUT",
            "input.value.listBuilder.items[0].content",
        ),
        (
            long.as_str(),
            items(&["One"]),
            "INVALID_INPUT",
            "input.title",
        ),
    ] {
        let refused = person.refused(CREATE, input(title, value)).await;
        assert_eq!(refused, refusal(code, field));
    }
    let none = json!({ "origin": "STANDALONE" });
    assert!(
        titles(&person, none).await.is_empty(),
        "nothing half-written"
    );

    let id = list(&person, &stage, "Wishes", &["One"]).await;
    let empty = json!({ "input": { "id": id, "value": null } });
    let refused = person.refused(UPDATE, empty).await;
    assert_eq!(refused, refusal("INVALID_INPUT", "input.value"));
    let foreign = json!({ "listBuilder": { "items": [
        { "id": format!("list_item:{}", Uuid::now_v7()), "content": "One" }] } });
    let foreign = json!({ "input": { "id": id, "value": foreign } });
    let refused = person.refused(UPDATE, foreign).await;
    assert_eq!(
        refused,
        refusal("NOT_FOUND", "input.value.listBuilder.items[0].id")
    );
    let refused = newcomer.refused(ONE, json!({ "id": id })).await;
    assert_eq!(refused, refusal("NOT_FOUND", "id"));
    for mutation in [UPDATE, DELETE] {
        let named = json!({ "input": { "id": id } });
        let refused = newcomer.refused(mutation, named).await;
        assert_eq!(refused, refusal("NOT_FOUND", "input.id"));
    }
    for (wanted, field) in [
        (json!({ "first": 0 }), "first"),
        (json!({ "first": 101 }), "first"),
        (json!({ "search": "x".repeat(101) }), "search"),
        (
            json!({ "after": format!("flow_log:1:{}", Uuid::now_v7()) }),
            "after",
        ),
        (
            json!({ "after": format!("instance:x:{}", Uuid::now_v7()) }),
            "after",
        ),
    ] {
        let refused = person.refused(LIST, wanted).await;
        assert_eq!(refused, refusal("INVALID_INPUT", field));
    }
}

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
