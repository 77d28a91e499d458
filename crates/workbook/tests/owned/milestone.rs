//! Milestones.

use dreamtree_database::{on_both, testing::TestDatabase};
use serde_json::{Value, json};

use crate::support::{Person, Stage, clock, refusal};

const ALL: &str = "query($option: ID, $from: Int, $to: Int) {
    milestones(careerOption: $option, fromYear: $from, toYear: $to) { title year quarter } }";
const CREATE: &str = "mutation($input: CreateMilestoneInput!) { createMilestone(input: $input) {
    milestone { id careerOption year quarter title category description revision } } }";
const UPDATE: &str = "mutation($input: UpdateMilestoneInput!) { updateMilestone(input: $input) {
    milestone { careerOption year quarter title category description revision } } }";
const DELETE: &str = "mutation($input: DeleteInput!) { delete(input: $input) { id } }";
const OPTION: &str =
    "mutation { createCareerOption(input: { title: \"Baker\" }) { careerOption { id } } }";

on_both!(
    a_milestone_is_made_changed_and_taken_away,
    the_slower_device_is_told_and_shown,
    a_whole_year_comes_before_its_quarters,
    what_does_not_fit_is_refused,
    only_an_option_of_ones_own_is_taken,
    ten_milestones_cost_what_one_costs,
);

async fn create(person: &Person<'_>, input: Value) -> Value {
    let made = person.data(CREATE, json!({ "input": input })).await;
    made["createMilestone"]["milestone"].clone()
}

async fn option(person: &Person<'_>) -> Value {
    let made = person.data(OPTION, json!({})).await;
    made["createCareerOption"]["careerOption"]["id"].clone()
}

async fn titles(person: &Person<'_>, wanted: Value) -> Vec<String> {
    let data = person.data(ALL, wanted).await;
    let all = data["milestones"].as_array().expect("a list").clone();
    let title = |one: &Value| one["title"].as_str().expect("a title").to_owned();
    all.iter().map(title).collect()
}

async fn a_milestone_is_made_changed_and_taken_away(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let person = stage.person().await;
    let option = option(&person).await;
    let input = json!({ "careerOption": option, "year": 2027, "quarter": 4, "title": " Oven ",
        "category": "WORK", "description": "A big one" });
    let made = create(&person, input).await;
    let id = &made["id"];
    assert_eq!(
        made,
        json!({ "id": id, "careerOption": option, "year": 2027, "quarter": 4, "title": "Oven",
            "category": "WORK", "description": "A big one", "revision": 1 })
    );
    let change = json!({ "id": id, "careerOption": null, "quarter": null, "category": "SKILL" });
    let changed = person.data(UPDATE, json!({ "input": change })).await;
    assert_eq!(
        changed["updateMilestone"]["milestone"],
        json!({ "careerOption": null, "year": 2027, "quarter": null, "title": "Oven",
            "category": "SKILL", "description": "A big one", "revision": 2 })
    );
    let again = create(&person, json!({ "id": id, "year": 2030, "title": "Mill" })).await;
    assert_eq!(
        (&again["title"], &again["revision"]),
        (&json!("Oven"), &json!(2)),
        "a repeated request makes nothing twice"
    );
    let delete = json!({ "input": { "id": id } });
    person.data(DELETE, delete.clone()).await;
    assert!(titles(&person, json!({})).await.is_empty());
    let gone = person.refused(DELETE, delete).await;
    assert_eq!(gone, refusal("NOT_FOUND", "input.id"));
}

async fn the_slower_device_is_told_and_shown(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let person = stage.person().await;
    let id = create(&person, json!({ "year": 2027, "title": "Oven" })).await["id"].clone();
    let rename =
        |title: &str| json!({ "input": { "id": id, "title": title, "expectedVersion": 1 } });
    person.data(UPDATE, rename("Mill")).await;
    let slower = person.ask(UPDATE, rename("Shop")).await;
    let conflict = [refusal("CONFLICT", "input.expectedVersion")];
    assert_eq!(slower.errors, conflict);
    assert_eq!(
        slower.data["updateMilestone"]["milestone"]["title"],
        json!("Mill")
    );
    let delete = json!({ "input": { "id": id, "expectedVersion": 1 } });
    assert_eq!([person.refused(DELETE, delete).await], conflict);
    assert_eq!(titles(&person, json!({})).await, ["Mill"]);
}

async fn a_whole_year_comes_before_its_quarters(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let person = stage.person().await;
    let option = option(&person).await;
    for (title, year, quarter, option) in [
        ("e", 2028, None, None),
        ("d", 2027, Some(4), Some(&option)),
        ("b", 2027, Some(1), None),
        ("c", 2027, Some(1), Some(&option)),
        ("a", 2027, None, None),
        ("z", 1900, Some(4), None),
    ] {
        let input =
            json!({ "title": title, "year": year, "quarter": quarter, "careerOption": option });
        create(&person, input).await;
    }
    let expected = ["z", "a", "b", "c", "d", "e"];
    assert_eq!(titles(&person, json!({})).await, expected);
    let of_option = json!({ "option": option });
    assert_eq!(titles(&person, of_option).await, ["c", "d"]);
    let one_year = json!({ "from": 2027, "to": 2027 });
    assert_eq!(titles(&person, one_year).await, expected[1..5]);
    let from = json!({ "from": 2028 });
    assert_eq!(titles(&person, from).await, ["e"]);
    let nobody = json!({ "option": "career_option:0190a3e4-0000-7000-8000-000000000001" });
    assert!(titles(&person, nobody).await.is_empty());
}

async fn what_does_not_fit_is_refused(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let (person, other) = (stage.person().await, stage.person().await);
    for (name, value) in [
        ("year", json!(99_999)),
        ("year", json!(1_899)),
        ("quarter", json!(5)),
        ("quarter", json!(0)),
        ("title", json!(" ")),
        ("title", json!("x".repeat(201))),
        ("description", json!("x".repeat(5_001))),
    ] {
        let mut input = json!({ "year": 2027, "title": "Oven" });
        input[name] = value;
        let refused = person.refused(CREATE, json!({ "input": input })).await;
        assert_eq!(refused, refusal("INVALID_INPUT", &format!("input.{name}")));
    }
    assert!(titles(&person, json!({})).await.is_empty());
    let id = create(&person, json!({ "year": 2027, "title": "Oven" })).await["id"].clone();
    for name in ["year", "title"] {
        let mut input = json!({ "id": id, "quarter": 1 });
        input[name] = Value::Null;
        let refused = person.refused(UPDATE, json!({ "input": input })).await;
        assert_eq!(refused, refusal("INVALID_INPUT", &format!("input.{name}")));
    }
    let foreign = json!({ "input": { "id": id, "title": "Mine" } });
    let missing = refusal("NOT_FOUND", "input.id");
    assert_eq!(other.refused(UPDATE, foreign).await, missing);
    let foreign = json!({ "input": { "id": id } });
    assert_eq!(other.refused(DELETE, foreign).await, missing);
    let kept = person.data(ALL, json!({})).await;
    let oven = json!([{ "title": "Oven", "year": 2027, "quarter": null }]);
    assert_eq!(kept["milestones"], oven, "nothing half-written");
}

async fn only_an_option_of_ones_own_is_taken(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let (person, other) = (stage.person().await, stage.person().await);
    let foreign = option(&other).await;
    let unknown = json!("career_option:0190a3e4-0000-7000-8000-000000000001");
    let id = create(&person, json!({ "year": 2027, "title": "Oven" })).await["id"].clone();
    for option in [&foreign, &unknown] {
        let missing = refusal("NOT_FOUND", "input.careerOption");
        let input = json!({ "year": 2028, "title": "Mill", "careerOption": option });
        let refused = person.refused(CREATE, json!({ "input": input })).await;
        assert_eq!(refused, missing);
        let input = json!({ "id": id, "title": "Mill", "careerOption": option });
        let refused = person.refused(UPDATE, json!({ "input": input })).await;
        assert_eq!(refused, missing);
    }
    assert_eq!(titles(&person, json!({})).await, ["Oven"]);
    let of_other = json!({ "option": foreign });
    assert!(titles(&other, of_other).await.is_empty());
}

async fn ten_milestones_cost_what_one_costs(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let person = stage.person().await;
    create(&person, json!({ "year": 2027, "title": "Oven" })).await;
    let one = person.ask(ALL, json!({})).await.statements;
    for year in 2028..2037 {
        create(&person, json!({ "year": year, "title": "Oven" })).await;
    }
    assert_eq!(person.ask(ALL, json!({})).await.statements, one);
    assert_eq!(one, 2, "the session and the milestones");
}
