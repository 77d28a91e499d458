//! Skills tagged on answers and on uses of tools.

use dreamtree_content::{Placement, PlacementId, ToolKind};
use dreamtree_database::{on_both, testing::TestDatabase};
use serde_json::{Value, json};
use time::macros::datetime;

use crate::support::{Person, Stage, clock, refusal};

const TAG: &str = "mutation($input: TagSkillsInput!) { tagSkills(input: $input) {
    target skills { id name mastery } } }";
const MINE: &str = "{ mySkills { skills { id name taggedOn { instance response tool placement location { exerciseId } } } } }";
const ANSWER: &str = "mutation($input: AnswerInput!) { answer(input: $input) {
    block { id answer { skills { name } } } } }";
const BLOCKS: &str =
    "query($id: ID!) { blocks(around: $id, first: 1) { nodes { id answer { skills { name } } } } }";
const LIST: &str =
    "mutation($tool: ID!, $items: [ListItemInput!]!) { createToolInstance(input: { tool: $tool,
    value: { listBuilder: { items: $items } } }) { instance { id } } }";
const SHOWN: &str = "query($id: ID!) { toolInstance(id: $id) { revision skills { name } } }";
const DELETE: &str = "mutation($input: DeleteInput!) { delete(input: $input) { id } }";
const MERGE: &str = "mutation($input: MergeSkillsInput!) { mergeSkills(input: $input) { skill { name taggedOn { instance response } } } }";

on_both!(
    skills_are_tagged_on_an_answer_and_on_a_use,
    a_merge_keeps_tags_of_both_kinds,
    what_does_not_fit_is_refused,
    tags_cost_one_statement_however_many_there_are,
);

/// The first written prompt that is required, and somebody who has answered it and to whom everything is open.
async fn reader<'a>(stage: &'a Stage<'a>) -> (Person<'a>, String) {
    let person = stage.person().await;
    let placements = stage.library().placements();
    let is_prompt = |one: &&Placement| one.required && one.prompt().is_some();
    let prompt = placements.iter().find(is_prompt).expect("a prompt").id;
    let marked = placements
        .iter()
        .filter(|one| one.required && one.id != prompt);
    let marked: Vec<PlacementId> = marked.map(|one| one.id).collect();
    let at = datetime!(2026-01-01 12:00 UTC);
    stage.mark(&person, &marked, at).await;
    let prompt = format!("placement:{}", prompt.0);
    let value = json!({ "text": "Long enough to be taken for an answer." });
    let answer = json!({ "input": { "placement": prompt, "value": value } });
    person.data(ANSWER, answer).await;
    (person, prompt)
}

async fn list(stage: &Stage<'_>, person: &Person<'_>) -> Value {
    let mut tools = stage.library().tools().iter();
    let tool = tools.find(|tool| tool.kind == ToolKind::ListBuilder);
    let tool = format!("tool:{}", tool.expect("the tool").id.0);
    let variables = json!({ "tool": tool, "items": [{ "content": "One" }] });
    let made = person.data(LIST, variables).await;
    made["createToolInstance"]["instance"]["id"].clone()
}

async fn tag(person: &Person<'_>, target: &Value, names: &[&str]) -> Value {
    let skills = names.iter().map(|name| json!({ "customName": name }));
    let input = json!({ "target": target, "skills": skills.collect::<Vec<_>>() });
    let tagged = person.data(TAG, json!({ "input": input })).await;
    tagged["tagSkills"]["skills"].clone()
}

fn names(skills: &Value) -> Vec<&str> {
    let skills = skills.as_array().expect("a list").iter();
    skills
        .map(|one| one["name"].as_str().expect("a name"))
        .collect()
}

async fn skills_are_tagged_on_an_answer_and_on_a_use(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let (person, prompt) = reader(&stage).await;
    let list = list(&stage, &person).await;
    tag(
        &person,
        &json!(prompt),
        &["Bell founding", "Weaving of nets"],
    )
    .await;
    let order = tag(
        &person,
        &json!(prompt),
        &["Weaving of nets", "Bell founding"],
    )
    .await;
    assert_eq!(
        names(&order),
        ["Weaving of nets", "Bell founding"],
        "replaced"
    );
    tag(&person, &list, &["Bell founding"]).await;

    let page = person.data(BLOCKS, json!({ "id": prompt })).await;
    let shown = &page["blocks"]["nodes"][0]["answer"]["skills"];
    assert_eq!(names(shown), ["Weaving of nets", "Bell founding"]);
    let one = person.data(SHOWN, json!({ "id": list })).await;
    assert_eq!(names(&one["toolInstance"]["skills"]), ["Bell founding"]);
    assert_eq!(
        one["toolInstance"]["revision"], 1,
        "a tag changes no content"
    );
    let mine = person.data(MINE, json!({})).await;
    let skills = mine["mySkills"]["skills"].as_array().expect("skills");
    let bells = skills.iter().find(|one| one["name"] == "Bell founding");
    let places = &bells.expect("the skill")["taggedOn"];
    assert_eq!(places[0]["placement"], json!(prompt));
    assert!(places[0]["response"].is_string() && places[0]["location"].is_object());
    assert_eq!(
        (&places[1]["instance"], &places[1]["placement"]),
        (&list, &Value::Null)
    );

    let answer = json!({ "input": { "placement": prompt,
        "value": { "text": "Another answer, as long as it has to be." } } });
    let again = person.data(ANSWER, answer).await;
    let kept = &again["answer"]["block"]["answer"]["skills"];
    assert_eq!(names(kept).len(), 2, "an answer keeps its tags");
    person
        .data(DELETE, json!({ "input": { "id": list } }))
        .await;
    assert_eq!(person.rows("SELECT id FROM user_skill_tags").await.len(), 2);
    tag(&person, &json!(prompt), &[]).await;
    assert_eq!(person.rows("SELECT id FROM user_skill_tags").await.len(), 0);
}

async fn a_merge_keeps_tags_of_both_kinds(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let (person, prompt) = reader(&stage).await;
    let list = list(&stage, &person).await;
    let both = tag(
        &person,
        &json!(prompt),
        &["Bell founding", "Casting of bells"],
    )
    .await;
    tag(&person, &list, &["Bell founding"]).await;
    let input = json!({ "from": both[0]["id"], "into": both[1]["id"] });
    let merged = person.data(MERGE, json!({ "input": input })).await;
    let places = &merged["mergeSkills"]["skill"]["taggedOn"];
    assert_eq!(places.as_array().expect("a list").len(), 2);
    assert_eq!(places[1]["instance"], list);
    let delete = json!({ "input": { "id": both[1]["id"] } });
    person.data(DELETE, delete).await;
    assert_eq!(person.rows("SELECT id FROM user_skill_tags").await.len(), 0);
}

async fn what_does_not_fit_is_refused(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let (person, prompt) = reader(&stage).await;
    let other = stage.person().await;
    let list = list(&stage, &person).await;
    let twice = json!([{ "customName": "Bees" }, { "customName": "bees" }]);
    let many: Vec<Value> = (0..31)
        .map(|number| json!({ "customName": format!("Skill {number} of {}", "z".repeat(number)) }))
        .collect();
    for (skills, code, field) in [
        (twice, "DUPLICATE_ENTRY", "input.skills[1]"),
        (json!(many), "INVALID_INPUT", "input.skills"),
        (json!([{}]), "INVALID_INPUT", "input.skills[0]"),
        (
            json!([{ "customName": "Bees", "mastery": 6 }]),
            "INVALID_INPUT",
            "input.skills[0].mastery",
        ),
    ] {
        let input = json!({ "target": prompt, "skills": skills });
        let refused = person.refused(TAG, json!({ "input": input })).await;
        assert_eq!(refused, refusal(code, field));
    }
    let named = |target: &str| json!({ "input": { "target": target, "skills": [] } });
    let list = list.as_str().expect("an id");
    for target in [
        prompt.as_str(),
        list,
        "instance:x",
        "placement:1",
        "nothing",
    ] {
        let refused = other.refused(TAG, named(target)).await;
        assert_eq!(refused, refusal("NOT_FOUND", "input.target"), "{target}");
    }
    let mut tools = stage.library().tools().iter();
    let tagger = tools.find(|tool| tool.kind == ToolKind::SkillTagger);
    let create = "mutation($tool: ID!) { createToolInstance(input: { tool: $tool,
        value: { skillTagger: { skills: [{ customName: \"Bees\" }] } } }) { instance { id } } }";
    let tool = format!("tool:{}", tagger.expect("the tool").id.0);
    let made = person.data(create, json!({ "tool": tool })).await;
    let made = &made["createToolInstance"]["instance"]["id"];
    let refused = person
        .refused(TAG, named(made.as_str().expect("an id")))
        .await;
    assert_eq!(refused, refusal("INVALID_INPUT", "input.target"));
}

async fn tags_cost_one_statement_however_many_there_are(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let (person, prompt) = reader(&stage).await;
    let without = person
        .ask("{ mySkills { skills { id } } }", json!({}))
        .await;
    let bare =
        "query($id: ID!) { blocks(around: $id, first: 1) { nodes { id answer { revision } } } }";
    let bare = person.ask(bare, json!({ "id": prompt })).await.statements;
    for count in [1, 10, 30] {
        let names: Vec<String> = (0..count)
            .map(|number| format!("Skill {number} of {}", "z".repeat(number)))
            .collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        tag(&person, &json!(prompt), &names).await;
        let cost = person.ask(MINE, json!({})).await.statements;
        assert_eq!(cost, without.statements + 1);
        let cost = person.ask(BLOCKS, json!({ "id": prompt })).await.statements;
        assert_eq!(cost, bare + 1);
    }
}
