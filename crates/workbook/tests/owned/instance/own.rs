//! Uses of tools: making, changing and taking away.

use dreamtree_content::ToolKind;
use dreamtree_database::{on_both, testing::TestDatabase};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{
    ANSWER, CREATE, DELETE, LIST, ONE, ONE_TWO, UPDATE, create, items, list, one, place, reader,
    titles, tool, update,
};
use crate::support::{Stage, clock, refusal};

on_both!(
    a_use_is_made_once_changed_and_taken_away,
    every_tool_used_by_itself_leaves_nothing_behind,
    a_tool_defined_as_data_is_used_by_itself,
    what_a_person_has_once_is_not_used_anew,
    what_belongs_to_the_workbook_stays,
    the_slower_device_is_told_and_shown,
    what_does_not_fit_is_refused,
);

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
        json!({ "id": id, "tool": { "name": "list_builder" }, "origin": "STANDALONE",
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

async fn a_tool_defined_as_data_is_used_by_itself(test: &TestDatabase) {
    let first = Stage::new(test).await;
    let unlock = "UPDATE tools SET unlocks_at_exercise = '1.1.1' WHERE name IN ('meeting_notes', 'contact_tracker')";
    let stage = first.after(unlock).await;
    let person = reader(&stage, &[]).await;
    let id = |name: &str| {
        let mut tools = stage.library().tools().iter();
        let tool = tools.find(|tool| tool.name == name).expect("the tool");
        format!("tool:{}", tool.id.0)
    };
    let said = |text: &str| {
        json!({ "record": { "entries": [{ "fields": [
            { "key": "met_on", "value": { "date": "2026-02-28" } },
            { "key": "heard", "value": { "text": text } }] }] } })
    };
    let input = json!({ "tool": id("meeting_notes"), "value": said("heliotrope") });
    let made = create(&person, input).await;
    assert_eq!(made["summary"]["value"], "heliotrope");
    let rows = "SELECT summary FROM user_tool_instances WHERE stem_id IS NULL";
    let kept: String = person.rows(rows).await[0]
        .try_get_by_index(0)
        .expect("a text");
    assert!(!kept.contains("heliotrope"), "{kept}");
    let changed = update(
        &person,
        json!({ "id": made["id"], "value": said("marigold") }),
    )
    .await;
    assert_ne!(changed["contentHash"], made["contentHash"]);
    let delete = json!({ "input": { "id": made["id"] } });
    person.data(DELETE, delete).await;
    assert_eq!(person.rows("SELECT id FROM user_records").await.len(), 0);

    let value = json!({ "collection": true });
    let input = json!({ "input": { "tool": id("contact_tracker"), "value": value } });
    let refused = person.refused(CREATE, input).await;
    assert_eq!(refused, refusal("INVALID_INPUT", "input.tool"));
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
