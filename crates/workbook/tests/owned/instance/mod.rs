//! Uses of tools, in the workbook and outside of it.

mod own;
mod shown;

use dreamtree_content::{PlacementId, ToolKind};
use serde_json::{Value, json};
use time::macros::datetime;

use crate::support::{Person, Stage};

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
