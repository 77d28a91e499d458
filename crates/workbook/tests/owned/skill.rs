//! The skills that a person has.

use dreamtree_database::{on_both, testing::TestDatabase};
use serde_json::{Value, json};

use crate::support::{Person, Stage, clock, refusal};

const MINE: &str = "query($category: SkillCategory) { mySkills(category: $category) {
    skills { id skill name category mastery evidence rank review revision }
    counts { category total ranked } } }";
const ADD: &str = "mutation($input: AddSkillInput!) { addSkill(input: $input) { skill { id skill name category mastery review revision } } }";
const UPDATE: &str = "mutation($input: UpdateSkillInput!) { updateSkill(input: $input) { skill { mastery evidence category revision } } }";
const SIMILAR: &str =
    "query($name: String!) { similarSkills(name: $name) { name mine score same } }";
const MERGE: &str = "mutation($input: MergeSkillsInput!) { mergeSkills(input: $input) { skill { name mastery evidence rank } } }";
const REORDER: &str = "mutation($input: ReorderInput!) { reorder(input: $input) { ids } }";
const DELETE: &str = "mutation($input: DeleteInput!) { delete(input: $input) { id } }";

on_both!(
    a_skill_is_added_once_rated_and_taken_away,
    a_mistyped_name_stands_for_the_listed_skill,
    similar_skills_are_offered_before_one_is_made,
    ranks_belong_to_a_category,
    a_merge_keeps_every_link,
    what_does_not_fit_is_refused,
    twenty_skills_cost_what_one_costs,
);

async fn add(person: &Person<'_>, input: Value) -> Value {
    let added = person.data(ADD, json!({ "input": input })).await;
    added["addSkill"]["skill"].clone()
}

async fn mine(person: &Person<'_>) -> Value {
    person.data(MINE, json!({})).await["mySkills"].clone()
}

fn names(mine: &Value) -> Vec<(&str, Option<i64>)> {
    let skills = mine["skills"].as_array().expect("a list").iter();
    skills
        .map(|one| (one["name"].as_str().expect("a name"), one["rank"].as_i64()))
        .collect()
}

async fn a_skill_is_added_once_rated_and_taken_away(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let person = stage.person().await;
    let made = add(
        &person,
        json!({ "customName": "Bell founding", "category": "KNOWLEDGE", "mastery": 4 }),
    )
    .await;
    assert_eq!(
        (&made["review"], &made["revision"]),
        (&json!("PENDING"), &json!(1))
    );
    let again = add(&person, json!({ "customName": "bell FOUNDING" })).await;
    assert_eq!((&again["id"], &again["mastery"]), (&made["id"], &json!(4)));
    let change = json!({ "id": made["id"], "evidence": "Two bells in Porto.", "mastery": null, "expectedVersion": 2 });
    let changed = person.data(UPDATE, json!({ "input": change })).await;
    assert_eq!(
        changed["updateSkill"]["skill"],
        json!({ "mastery": null, "evidence": "Two bells in Porto.", "category": "KNOWLEDGE", "revision": 3 })
    );
    let slower = json!({ "input": { "id": made["id"], "mastery": 1, "expectedVersion": 2 } });
    let slower = person.ask(UPDATE, slower).await;
    assert_eq!(
        slower.errors,
        [refusal("CONFLICT", "input.expectedVersion")]
    );
    assert_eq!(slower.data["updateSkill"]["skill"]["revision"], 3);
    person
        .data(DELETE, json!({ "input": { "id": made["id"] } }))
        .await;
    assert!(names(&mine(&person).await).is_empty());
    assert!(
        person
            .rows("SELECT id FROM user_custom_skills")
            .await
            .is_empty(),
        "forgotten"
    );
}

async fn a_mistyped_name_stands_for_the_listed_skill(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let person = stage.person().await;
    let listed = stage.skill();
    let mut mistyped = listed.name.clone();
    mistyped.remove(3);
    let added = add(&person, json!({ "customName": mistyped })).await;
    assert_eq!(added["name"], listed.name);
    assert_eq!(added["skill"], format!("skill:{}", listed.id));
    assert!(added["review"].is_null());
}

async fn similar_skills_are_offered_before_one_is_made(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let person = stage.person().await;
    let made = add(&person, json!({ "customName": "Bell founding" })).await;
    let similar = person.data(SIMILAR, json!({ "name": "Bel foundin" })).await;
    let first = &similar["similarSkills"][0];
    assert_eq!(
        (&first["name"], &first["mine"]),
        (&json!("Bell founding"), &made["id"])
    );
    assert_eq!(first["same"], false);
    assert!(first["score"].as_f64().expect("a score") > 0.8);
    let none = person.data(SIMILAR, json!({ "name": "Qqqqqq" })).await;
    assert_eq!(none["similarSkills"], json!([]));
}

async fn ranks_belong_to_a_category(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let person = stage.person().await;
    let mut ids = Vec::new();
    for (name, category) in [
        ("Aaaaaa", "KNOWLEDGE"),
        ("Bbbbbb", "KNOWLEDGE"),
        ("Cccccc", "TRANSFERABLE"),
    ] {
        let added = add(&person, json!({ "customName": name, "category": category })).await;
        ids.push(added["id"].clone());
    }
    person
        .data(REORDER, json!({ "input": { "ids": [ids[1], ids[0]] } }))
        .await;
    person
        .data(REORDER, json!({ "input": { "ids": [ids[2]] } }))
        .await;
    let all = mine(&person).await;
    let mut ranked = names(&all);
    ranked.sort_unstable();
    assert_eq!(
        ranked,
        [
            ("Aaaaaa", Some(2)),
            ("Bbbbbb", Some(1)),
            ("Cccccc", Some(1))
        ]
    );
    assert_eq!(
        all["counts"],
        json!([
            { "category": "KNOWLEDGE", "total": 2, "ranked": 2 },
            { "category": "TRANSFERABLE", "total": 1, "ranked": 1 },
        ])
    );
    person
        .data(REORDER, json!({ "input": { "ids": [ids[0]] } }))
        .await;
    let only = person.data(MINE, json!({ "category": "KNOWLEDGE" })).await;
    assert_eq!(
        names(&only["mySkills"]),
        [("Aaaaaa", Some(1)), ("Bbbbbb", None)]
    );
    let before = mine(&person).await;
    let change = |mine: &Value, name: &str| {
        let skills = mine["skills"].as_array().expect("a list");
        let one = skills.iter().find(|one| one["name"] == name);
        one.expect("a skill")["revision"]
            .as_i64()
            .expect("a number")
    };
    let none = json!({ "input": { "ids": [], "kind": "SKILL" } });
    person.data(REORDER, none).await;
    let after = mine(&person).await;
    assert!(names(&after).iter().all(|(_, rank)| rank.is_none()));
    assert_eq!(change(&after, "Aaaaaa"), change(&before, "Aaaaaa") + 1);
    assert_eq!(
        change(&after, "Bbbbbb"),
        change(&before, "Bbbbbb"),
        "had no rank"
    );
    let mixed = json!({ "input": { "ids": [ids[0], ids[2]] } });
    let refused = person.refused(REORDER, mixed).await;
    assert_eq!(refused, refusal("INVALID_INPUT", "input.ids[1]"));
}

async fn a_merge_keeps_every_link(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let person = stage.person().await;
    let from = json!({ "customName": "Bellfounding", "mastery": 5, "evidence": "Porto" });
    let from = add(&person, from).await;
    let into = add(
        &person,
        json!({ "customName": "Casting of bells", "mastery": 3 }),
    )
    .await;
    person
        .data(
            REORDER,
            json!({ "input": { "ids": [from["id"], into["id"]] } }),
        )
        .await;
    let tagged = stage.tag(&person, &[&from["id"], &into["id"]]).await;
    assert_eq!(tagged, 2);
    let input = json!({ "from": from["id"], "into": into["id"] });
    let merged = person.data(MERGE, json!({ "input": input })).await;
    assert_eq!(
        merged["mergeSkills"]["skill"],
        json!({ "name": "Casting of bells", "mastery": 5, "evidence": "Porto", "rank": 1 })
    );
    assert_eq!(names(&mine(&person).await), [("Casting of bells", Some(1))]);
    assert_eq!(person.rows("SELECT id FROM user_skill_tags").await.len(), 1);
    let oneself = json!({ "input": { "from": into["id"], "into": into["id"] } });
    assert_eq!(
        person.refused(MERGE, oneself).await,
        refusal("DUPLICATE_ENTRY", "input.into")
    );
}

async fn what_does_not_fit_is_refused(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let (person, other) = (stage.person().await, stage.person().await);
    let made = add(&person, json!({ "customName": "Bell founding" })).await;
    let listed = add(
        &person,
        json!({ "skill": format!("skill:{}", stage.skill().id) }),
    )
    .await;
    for (input, field) in [
        (json!({}), "input"),
        (json!({ "customName": " " }), "input.customName"),
        (json!({ "customName": "x".repeat(101) }), "input.customName"),
        (
            json!({ "customName": "Weaving of nets", "mastery": 6 }),
            "input.mastery",
        ),
        (
            json!({ "customName": "Weaving of nets", "evidence": "x".repeat(1_001) }),
            "input.evidence",
        ),
    ] {
        let refused = person.refused(ADD, json!({ "input": input })).await;
        assert_eq!(refused, refusal("INVALID_INPUT", field));
    }
    for (input, field) in [
        (json!({ "id": made["id"], "mastery": 0 }), "input.mastery"),
        (
            json!({ "id": made["id"], "evidence": "x".repeat(1_001) }),
            "input.evidence",
        ),
        (
            json!({ "id": listed["id"], "category": null }),
            "input.category",
        ),
    ] {
        let refused = person.refused(UPDATE, json!({ "input": input })).await;
        assert_eq!(refused, refusal("INVALID_INPUT", field));
    }
    let update = json!({ "input": { "id": made["id"], "mastery": 1 } });
    assert_eq!(
        other.refused(UPDATE, update).await,
        refusal("NOT_FOUND", "input.id")
    );
    let merge = json!({ "input": { "from": made["id"], "into": listed["id"] } });
    assert_eq!(
        other.refused(MERGE, merge).await,
        refusal("NOT_FOUND", "input.from")
    );
    let order = json!({ "input": { "ids": [made["id"]] } });
    assert_eq!(
        other.refused(REORDER, order).await,
        refusal("NOT_FOUND", "input.ids[0]")
    );
    assert_eq!(names(&mine(&person).await).len(), 2, "nothing half-written");
}

async fn twenty_skills_cost_what_one_costs(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let person = stage.person().await;
    for number in 0..20 {
        add(
            &person,
            json!({ "customName": format!("Skill {number} of {}", "z".repeat(number)) }),
        )
        .await;
        let cost = person.ask(MINE, json!({})).await.statements;
        assert_eq!(cost, 2, "the session and the skills");
    }
}
