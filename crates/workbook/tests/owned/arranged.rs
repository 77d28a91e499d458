//! Ranking by comparing two at a time, and buckets: what arranges data that others hold.

use dreamtree_content::{Placement, ToolKind};
use dreamtree_database::{on_both, testing::TestDatabase};
use serde_json::{Value, json};

use crate::support::{Person, Stage, clock, refusal};

const SAVE: &str =
    "mutation($input: AnswerInput!) { answer(input: $input) { block { answer { state value {
    ... on SkillsAnswer { skills { id name mastery rank } }
    ... on ListAnswer { listItems: items { id content } }
    ... on RankingAnswer { items { userSkill listItem label } }
    ... on BucketsAnswer { buckets { label mastery skills { id } } unplaced { id } } } } } } }";
const READ: &str =
    "query($id: ID!) { blocks(first: 1, around: $id) { nodes { answer { state value {
    ... on SkillsAnswer { skills { id mastery rank } }
    ... on RankingAnswer { items { userSkill listItem } }
    ... on BucketsAnswer { buckets { skills { id } } unplaced { id } } } }
    prefill { gap value { __typename ... on RankingAnswer { items { userSkill } } } } } } }";
const PAIRING: &str =
    "query($id: ID!, $choices: [ChoiceInput!]) { pairing(placement: $id, choices: $choices) {
    items { userSkill listItem label }
    open { one { userSkill listItem } other { userSkill listItem } } } }";
const KEEP: &str = "mutation($input: KeepChoicesInput!) { keepChoices(input: $input) { pairing {
    open { one { userSkill listItem } } } } }";
const TAGGER: &str = "placement:1111";
const GRID: &str = "placement:1112";
const BUCKETS: &str = "placement:1113";
const LIST: &str = "placement:1114";
const LIST_GRID: &str = "placement:1115";

on_both!(
    comparing_ranks_a_list,
    comparing_ranks_skills,
    an_open_order_is_refused_and_shown,
    choices_wait_for_another_day,
    a_grid_further_on_keeps_nothing_yet,
    either_an_order_or_choices,
    buckets_are_masteries,
    buckets_hold_what_the_grid_before_them_shows,
    every_skill_gets_one_bucket,
    strangers_compare_their_own,
);

fn input(placement: &str, value: &Value) -> Value {
    json!({ "input": { "placement": placement, "value": value } })
}

async fn save(person: &Person<'_>, placement: &str, value: &Value) -> Value {
    let mut saved = person.data(SAVE, input(placement, value)).await;
    saved["answer"]["block"]["answer"]["value"].take()
}

async fn read(person: &Person<'_>, placement: &str) -> Value {
    let mut read = person.data(READ, json!({ "id": placement })).await;
    read["blocks"]["nodes"][0].take()
}

/// The ids of the items of a list with these contents.
async fn list(person: &Person<'_>, contents: &[&str]) -> Vec<Value> {
    let items: Vec<_> = contents
        .iter()
        .map(|one| json!({ "content": one }))
        .collect();
    let saved = save(person, LIST, &json!({ "listBuilder": { "items": items } })).await;
    ids(&saved["listItems"], "id")
}

/// The ids of so many tagged skills.
async fn skills(person: &Person<'_>, count: usize) -> Vec<Value> {
    let (listed, _) = person.listed_skills();
    let tags: Vec<_> = listed
        .iter()
        .take(count)
        .map(|id| json!({ "skill": id }))
        .collect();
    let saved = save(
        person,
        TAGGER,
        &json!({ "skillTagger": { "skills": tags } }),
    )
    .await;
    ids(&saved["skills"], "id")
}

fn ids(objects: &Value, key: &str) -> Vec<Value> {
    let objects = objects.as_array().expect("a list").iter();
    objects.map(|one| one[key].clone()).collect()
}

/// Choices between the things of one kind: the first of each pair won.
fn choices(kind: &str, pairs: &[(&Value, &Value)]) -> Value {
    let side = |id: &Value| Value::Object([(kind.to_owned(), id.clone())].into_iter().collect());
    let pairs = pairs.iter();
    pairs
        .map(|(winner, loser)| json!({ "winner": side(winner), "loser": side(loser) }))
        .collect()
}

fn chosen(kind: &str, pairs: &[(&Value, &Value)]) -> Value {
    json!({ "rankingGrid": { "choices": choices(kind, pairs) } })
}

async fn comparing_ranks_a_list(test: &TestDatabase) {
    let stage = Stage::with_tools(test).await;
    let person = stage.person().await;
    let [a, b, c]: [Value; 3] = list(&person, &["a", "b", "c"])
        .await
        .try_into()
        .expect("three");
    // What follows from the others need not be asked.
    let ranked = save(
        &person,
        LIST_GRID,
        &chosen("listItem", &[(&c, &a), (&a, &b)]),
    )
    .await;
    assert_eq!(ids(&ranked["items"], "label"), ["c", "a", "b"]);
    let kept = person.data(PAIRING, json!({ "id": LIST_GRID })).await;
    assert_eq!(
        ids(&kept["pairing"]["items"], "listItem"),
        [c.clone(), a.clone(), b.clone()]
    );
    assert_eq!(kept["pairing"]["open"], json!([]));
    // A new item has met nobody yet; the list saved again leaves the choices alone.
    let items: Vec<_> = [&c, &a, &b]
        .iter()
        .map(|id| json!({ "id": id, "content": "x" }))
        .chain([json!({ "content": "new" })])
        .collect();
    save(&person, LIST, &json!({ "listBuilder": { "items": items } })).await;
    let open = person.data(PAIRING, json!({ "id": LIST_GRID })).await;
    assert_eq!(open["pairing"]["open"].as_array().map(Vec::len), Some(3));
    // An order that is given as such leaves no choices behind.
    let order = json!({ "rankingGrid": { "items": [{ "listItem": b }, { "listItem": c }, { "listItem": a }] } });
    let refused = person.refused(SAVE, input(LIST_GRID, &order)).await;
    assert_eq!(refused.0, "INVALID_INPUT", "four are there to rank");
    save(
        &person,
        LIST,
        &json!({ "listBuilder": { "items": items[..3] } }),
    )
    .await;
    save(&person, LIST_GRID, &order).await;
    assert!(
        person
            .rows("SELECT position FROM user_comparisons")
            .await
            .is_empty()
    );
}

async fn comparing_ranks_skills(test: &TestDatabase) {
    let stage = Stage::with_tools(test).await;
    let person = stage.person().await;
    let [a, b, c, d]: [Value; 4] = skills(&person, 4).await.try_into().expect("four");
    let pairs = [(&b, &a), (&a, &c), (&a, &d), (&b, &c), (&d, &b), (&c, &d)];
    let ranked = save(&person, GRID, &chosen("userSkill", &pairs)).await;
    // b and a have two wins each, c and d one: their own meetings decide. Three are carried on.
    assert_eq!(
        ids(&ranked["items"], "userSkill"),
        [b.clone(), a.clone(), c.clone()]
    );
    let tagged = read(&person, TAGGER).await;
    let ranks = ids(&tagged["answer"]["value"]["skills"], "rank");
    assert_eq!(ranks, [json!(2), json!(1), json!(3), json!(4)]);
}

async fn an_open_order_is_refused_and_shown(test: &TestDatabase) {
    let stage = Stage::with_tools(test).await;
    let person = stage.person().await;
    let [a, b, c]: [Value; 3] = list(&person, &["a", "b", "c"])
        .await
        .try_into()
        .expect("three");
    let circle = [(&a, &b), (&b, &c), (&c, &a)];
    for pairs in [&circle[..], &circle[..1], &[]] {
        let refused = person
            .refused(SAVE, input(LIST_GRID, &chosen("listItem", pairs)))
            .await;
        assert_eq!(
            refused,
            refusal("INVALID_INPUT", "input.value.rankingGrid.choices")
        );
        let asked = json!({ "id": LIST_GRID, "choices": choices("listItem", pairs) });
        let pairing = person.data(PAIRING, asked).await;
        let open = pairing["pairing"]["open"].as_array().map(Vec::len);
        assert_eq!(
            open,
            Some(if pairs.len() == 1 { 2 } else { 3 }),
            "{pairs:?}"
        );
        assert_eq!(ids(&pairing["pairing"]["items"], "listItem").len(), 3);
    }
    for (pairs, code, field) in [
        ([(&a, &b), (&b, &a)], "DUPLICATE_ENTRY", "choices[1]"),
        ([(&a, &b), (&c, &c)], "INVALID_INPUT", "choices[1].loser"),
    ] {
        let asked = json!({ "id": LIST_GRID, "choices": choices("listItem", &pairs) });
        assert_eq!(person.refused(PAIRING, asked).await, refusal(code, field));
        let refused = person
            .refused(SAVE, input(LIST_GRID, &chosen("listItem", &pairs)))
            .await;
        assert_eq!(
            refused,
            refusal(code, &format!("input.value.rankingGrid.{field}"))
        );
    }
    for id in [LIST, "placement:1110", "placement:7"] {
        let refused = person.refused(PAIRING, json!({ "id": id })).await;
        assert_eq!(refused, refusal("NOT_FOUND", "placement"), "{id}");
    }
}

async fn choices_wait_for_another_day(test: &TestDatabase) {
    let stage = Stage::with_tools(test).await;
    let person = stage.person().await;
    let items = list(&person, &["a", "b", "c"]).await;
    let keep = |pairs: &[(&Value, &Value)]| json!({ "input": { "placement": LIST_GRID, "choices": choices("listItem", pairs) } });
    let kept = person.data(KEEP, keep(&[(&items[1], &items[0])])).await;
    let open = |kept: &Value| kept["pairing"]["open"].as_array().map(Vec::len);
    assert_eq!(open(&kept["keepChoices"]), Some(2));
    assert_eq!(
        open(&person.data(PAIRING, json!({ "id": LIST_GRID })).await),
        Some(2)
    );
    assert_eq!(read(&person, LIST_GRID).await["answer"]["state"], "EMPTY");
    let refused = person.refused(KEEP, keep(&[(&items[1], &items[1])])).await;
    assert_eq!(refused, refusal("INVALID_INPUT", "input.choices[0].loser"));
    let twice = keep(&[(&items[1], &items[0]), (&items[0], &items[1])]);
    let refused = person.refused(KEEP, twice).await;
    assert_eq!(refused, refusal("DUPLICATE_ENTRY", "input.choices[1]"));
    let list = json!({ "input": { "placement": LIST, "choices": [] } });
    assert_eq!(
        person.refused(KEEP, list).await,
        refusal("NOT_FOUND", "input.placement")
    );
    // Whoever is gone is no longer asked about.
    let rest: Vec<_> = items[1..]
        .iter()
        .map(|id| json!({ "id": id, "content": "x" }))
        .collect();
    save(&person, LIST, &json!({ "listBuilder": { "items": rest } })).await;
    assert_eq!(
        open(&person.data(PAIRING, json!({ "id": LIST_GRID })).await),
        Some(1)
    );
}

async fn a_grid_further_on_keeps_nothing_yet(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let person = stage.person().await;
    let is_grid = |one: &&Placement| {
        let tool = one.tool();
        tool.is_some_and(|tool| tool.tool.kind == ToolKind::RankingGrid)
    };
    let grid = stage.library().placements().iter().find(is_grid);
    let id = format!("placement:{}", grid.expect("a grid").id.0);
    let input = json!({ "input": { "placement": id, "choices": [] } });
    let refused = person.refused(KEEP, input).await;
    assert_eq!(refused, refusal("LOCKED", "input.placement"));
    let nothing = json!({ "items": [], "open": [] });
    let pairing = person.data(PAIRING, json!({ "id": id })).await;
    assert_eq!(pairing["pairing"], nothing);
}

async fn either_an_order_or_choices(test: &TestDatabase) {
    let stage = Stage::with_tools(test).await;
    let person = stage.person().await;
    list(&person, &["a"]).await;
    for grid in [json!({}), json!({ "items": [], "choices": [] })] {
        let refused = person
            .refused(SAVE, input(LIST_GRID, &json!({ "rankingGrid": grid })))
            .await;
        assert_eq!(refused, refusal("INVALID_INPUT", "input.value.rankingGrid"));
    }
    let alone = save(
        &person,
        LIST_GRID,
        &json!({ "rankingGrid": { "choices": [] } }),
    )
    .await;
    assert_eq!(ids(&alone["items"], "label"), ["a"]);
}

/// Skills in five buckets.
fn sorted(buckets: [&[&Value]; 5]) -> Value {
    let buckets: Vec<_> = buckets
        .iter()
        .map(|skills| json!({ "skills": skills }))
        .collect();
    json!({ "bucketingTool": { "buckets": buckets } })
}

/// Three skills in the order of the grid.
async fn ranked(person: &Person<'_>) -> [Value; 3] {
    let [a, b, c, d]: [Value; 4] = skills(person, 4).await.try_into().expect("four");
    let order: Vec<_> = [&c, &b, &a, &d]
        .iter()
        .map(|id| json!({ "userSkill": id }))
        .collect();
    save(person, GRID, &json!({ "rankingGrid": { "items": order } })).await;
    [c, b, a]
}

async fn buckets_are_masteries(test: &TestDatabase) {
    let stage = Stage::with_tools(test).await;
    let person = stage.person().await;
    let [c, b, a] = ranked(&person).await;
    let saved = save(&person, BUCKETS, &sorted([&[&a, &c], &[], &[&b], &[], &[]])).await;
    let buckets = saved["buckets"].as_array().expect("buckets");
    assert_eq!(
        buckets[0],
        json!({ "label": "Could teach it", "mastery": 5, "skills": [{ "id": c }, { "id": a }] })
    );
    assert_eq!(buckets[2]["skills"], json!([{ "id": b }]));
    assert_eq!(
        (&buckets[4]["mastery"], &saved["unplaced"]),
        (&json!(1), &json!([]))
    );
    let mine = "{ mySkills { skills { id mastery revision } } }";
    let all = person.data(mine, json!({})).await;
    let of = |all: &Value, id: &Value| {
        let all = all["mySkills"]["skills"]
            .as_array()
            .expect("skills")
            .clone();
        all.into_iter()
            .find(|one| one["id"] == *id)
            .expect("the skill")
    };
    assert_eq!(of(&all, &a)["mastery"], 5);
    assert_eq!(of(&all, &b)["mastery"], 3);
    let revision = of(&all, &a)["revision"].as_i64().expect("a revision");
    // What stays in its bucket is not changed; what was rated elsewhere has moved.
    save(&person, BUCKETS, &sorted([&[&a], &[], &[], &[&b], &[&c]])).await;
    let all = person.data(mine, json!({})).await;
    assert_eq!(of(&all, &a)["revision"], revision);
    assert_eq!(of(&all, &c)["mastery"], 1);
    let update =
        "mutation($id: ID!) { updateSkill(input: { id: $id, mastery: 4 }) { skill { id } } }";
    person.data(update, json!({ "id": c })).await;
    let buckets = &read(&person, BUCKETS).await["answer"]["value"]["buckets"];
    assert_eq!(buckets[1]["skills"], json!([{ "id": c }]));
}

async fn buckets_hold_what_the_grid_before_them_shows(test: &TestDatabase) {
    let stage = Stage::with_tools(test).await;
    let person = stage.person().await;
    assert_eq!(
        read(&person, BUCKETS).await["prefill"]["gap"],
        "NOT_ANSWERED"
    );
    let order = ranked(&person).await;
    let offered = &read(&person, BUCKETS).await["prefill"]["value"];
    assert_eq!(offered["__typename"], "RankingAnswer");
    assert_eq!(
        ids(&offered["items"], "userSkill"),
        order,
        "the grid carries three on"
    );
    let [c, b, a] = order;
    save(&person, BUCKETS, &sorted([&[&a], &[&b], &[&c], &[], &[]])).await;
    // Another order of the grid lets the fourth skill in, which has no bucket yet.
    let all: [Value; 4] = skills(&person, 4).await.try_into().expect("four");
    let order: Vec<_> = [&all[3], &c, &b, &a]
        .iter()
        .map(|id| json!({ "userSkill": id }))
        .collect();
    save(&person, GRID, &json!({ "rankingGrid": { "items": order } })).await;
    let value = &read(&person, BUCKETS).await["answer"]["value"];
    assert_eq!(value["unplaced"], json!([{ "id": all[3] }]));
    assert_eq!(
        value["buckets"][0]["skills"],
        json!([]),
        "the last one is not carried on"
    );
}

async fn every_skill_gets_one_bucket(test: &TestDatabase) {
    let stage = Stage::with_tools(test).await;
    let (person, other) = (stage.person().await, stage.person().await);
    let [foreign, ..] = ranked(&other).await;
    let [c, b, a] = ranked(&person).await;
    let at = |rest: &str| format!("input.value.bucketingTool.buckets{rest}");
    for (buckets, code, field) in [
        (sorted([&[&a, &b], &[], &[], &[], &[]]), "INVALID_INPUT", ""),
        (
            sorted([&[&a, &b], &[&c], &[&a], &[], &[]]),
            "DUPLICATE_ENTRY",
            "[2].skills[0]",
        ),
        (
            sorted([&[&a, &b, &foreign], &[&c], &[], &[], &[]]),
            "NOT_FOUND",
            "[0].skills[2]",
        ),
        (
            json!({ "bucketingTool": { "buckets": [] } }),
            "INVALID_INPUT",
            "",
        ),
    ] {
        let refused = person.refused(SAVE, input(BUCKETS, &buckets)).await;
        assert_eq!(refused, refusal(code, &at(field)), "{buckets}");
    }
    let rated = person
        .rows("SELECT id FROM user_skills WHERE mastery IS NOT NULL")
        .await;
    assert!(rated.is_empty());
}

async fn strangers_compare_their_own(test: &TestDatabase) {
    let stage = Stage::with_tools(test).await;
    let (person, other) = (stage.person().await, stage.person().await);
    let items = list(&person, &["a", "b"]).await;
    let foreign = chosen("listItem", &[(&items[0], &items[1])]);
    save(&person, LIST_GRID, &foreign).await;
    list(&other, &["c", "d"]).await;
    let refused = other.refused(SAVE, input(LIST_GRID, &foreign)).await;
    assert_eq!(
        refused,
        refusal("NOT_FOUND", "input.value.rankingGrid.choices[0].winner")
    );
    let theirs = other.data(PAIRING, json!({ "id": LIST_GRID })).await;
    assert_eq!(ids(&theirs["pairing"]["items"], "label"), ["c", "d"]);
    assert_eq!(theirs["pairing"]["open"].as_array().map(Vec::len), Some(1));
}
