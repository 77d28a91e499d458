//! Trees of ideas of one's own, and the network of all of them.

use dreamtree_database::{on_both, testing::TestDatabase};
use serde_json::{Value, json};

use crate::support::{Person, Stage, clock, refusal};

const ALL: &str = "{ ideaTrees { id fromWorkbook revision tree { name root edges { from to } } } }";
const CREATE: &str = "mutation($input: CreateIdeaTreeInput!) { createIdeaTree(input: $input) { ideaTree { id revision } } }";
const UPDATE: &str = "mutation($input: UpdateIdeaTreeInput!) {
    updateIdeaTree(input: $input) { ideaTree { revision tree { root } } } }";
const DELETE: &str = "mutation($input: DeleteInput!) { delete(input: $input) { id } }";
const CENTRAL: &str = "{ centralIdeas { idea { id content } degree trees } }";
const NEAR: &str = "query($idea: ID!, $depth: Int!) {
    ideaNeighbours(idea: $idea, depth: $depth) { idea { content } distance } }";
const PATH: &str = "query($from: ID!, $to: ID!) { ideaPath(from: $from, to: $to) { content } }";

on_both!(
    a_tree_is_grown_changed_and_felled,
    all_trees_make_one_network,
    what_does_not_fit_is_refused,
    ten_trees_cost_what_one_costs,
);

fn tree(root: &str, branches: &[&str]) -> Value {
    let edges: Vec<Value> = branches
        .iter()
        .map(|to| json!({ "from": root, "to": to }))
        .collect();
    json!({ "name": null, "root": root, "edges": edges })
}

async fn create(person: &Person<'_>, tree: Value) -> Value {
    let made = person
        .data(CREATE, json!({ "input": { "tree": tree } }))
        .await;
    made["createIdeaTree"]["ideaTree"]["id"].clone()
}

/// The ids of the ideas by their words.
async fn ids(person: &Person<'_>, word: &str) -> Value {
    let central = person.data(CENTRAL, json!({})).await;
    let all = central["centralIdeas"].as_array().expect("a list").clone();
    let found = all.into_iter().find(|one| one["idea"]["content"] == word);
    found.expect("the idea")["idea"]["id"].clone()
}

async fn a_tree_is_grown_changed_and_felled(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let person = stage.person().await;
    let id = create(&person, tree("bread", &["oven", "field"])).await;
    let other = create(&person, tree("field", &["weather"])).await;
    let change = json!({ "id": id, "tree": tree("bread", &["oven"]), "expectedVersion": 1 });
    let changed = person.data(UPDATE, json!({ "input": change })).await;
    assert_eq!(changed["updateIdeaTree"]["ideaTree"]["revision"], 2);
    let slower = person.ask(UPDATE, json!({ "input": change })).await;
    assert_eq!(
        slower.errors,
        [refusal("CONFLICT", "input.expectedVersion")]
    );
    assert_eq!(slower.data["updateIdeaTree"]["ideaTree"]["revision"], 2);
    person.data(DELETE, json!({ "input": { "id": id } })).await;
    let left = person.data(ALL, json!({})).await;
    let left = &left["ideaTrees"];
    assert_eq!(
        (&left[0]["id"], left.as_array().map(Vec::len)),
        (&other, Some(1))
    );
    assert_eq!(left[0]["fromWorkbook"], false);
    let words = person
        .rows("SELECT content FROM user_idea_nodes")
        .await
        .len();
    assert_eq!(words, 2, "field and weather; the rest is forgotten");
}

async fn all_trees_make_one_network(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let person = stage.person().await;
    create(&person, tree("bread", &["oven", "field"])).await;
    create(&person, tree("weather", &["field", "sea"])).await;
    create(&person, tree("clock", &["tower"])).await;
    let central = person.data(CENTRAL, json!({})).await;
    let first = &central["centralIdeas"][0];
    assert_eq!(
        (&first["idea"]["content"], &first["degree"], &first["trees"]),
        (&json!("bread"), &json!(2), &json!(1))
    );
    assert_eq!(
        central["centralIdeas"][1]["trees"], 2,
        "field stands in two"
    );
    let (bread, sea) = (ids(&person, "bread").await, ids(&person, "sea").await);
    let near = person
        .data(NEAR, json!({ "idea": bread, "depth": 2 }))
        .await;
    let near: Vec<_> = near["ideaNeighbours"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|one| (one["idea"]["content"].clone(), one["distance"].clone()))
        .collect();
    let expected = [("field", 1), ("oven", 1), ("weather", 2)];
    assert_eq!(
        near,
        expected.map(|(word, steps)| (json!(word), json!(steps)))
    );
    let way = person.data(PATH, json!({ "from": bread, "to": sea })).await;
    let words = ["bread", "field", "weather", "sea"].map(|word| json!({ "content": word }));
    assert_eq!(way["ideaPath"], json!(words));
    let nowhere = json!({ "from": bread, "to": ids(&person, "tower").await });
    assert_eq!(person.data(PATH, nowhere).await["ideaPath"], json!(null));
}

async fn what_does_not_fit_is_refused(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let (person, other) = (stage.person().await, stage.person().await);
    let id = create(&person, tree("bread", &["oven"])).await;
    let circle =
        json!({ "root": "a", "edges": [{ "from": "a", "to": "b" }, { "from": "b", "to": "a" }] });
    for (tree, field) in [
        (circle, "input.tree.edges"),
        (tree("a", &["a"]), "input.tree.edges[0]"),
        (tree(" ", &[]), "input.tree.root"),
    ] {
        let refused = person
            .refused(CREATE, json!({ "input": { "tree": tree } }))
            .await;
        assert_eq!(refused, refusal("INVALID_INPUT", field));
    }
    let update = json!({ "input": { "id": id, "tree": tree("mine", &[]) } });
    assert_eq!(
        other.refused(UPDATE, update).await,
        refusal("NOT_FOUND", "input.id")
    );
    let delete = json!({ "input": { "id": id } });
    assert_eq!(
        other.refused(DELETE, delete).await,
        refusal("NOT_FOUND", "input.id")
    );
    let bread = ids(&person, "bread").await;
    let near = json!({ "idea": bread, "depth": 1 });
    assert_eq!(
        other.refused(NEAR, near).await,
        refusal("NOT_FOUND", "idea")
    );
    let way = json!({ "from": bread, "to": bread });
    assert_eq!(other.refused(PATH, way).await, refusal("NOT_FOUND", "from"));
    let deep = json!({ "idea": bread, "depth": 6 });
    assert_eq!(
        person.refused(NEAR, deep).await,
        refusal("INVALID_INPUT", "depth")
    );
}

async fn ten_trees_cost_what_one_costs(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let person = stage.person().await;
    let mut costs = Vec::new();
    for number in 0..10 {
        create(&person, tree(&format!("root {number}"), &["oven", "field"])).await;
        let trees = person.ask(ALL, json!({})).await.statements;
        costs.push((trees, person.ask(CENTRAL, json!({})).await.statements));
    }
    assert!(costs.iter().all(|cost| *cost == (2, 2)), "{costs:?}");
}
