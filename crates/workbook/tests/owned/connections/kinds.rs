//! Every kind of data: filled, empty, filtered, locked.

use dreamtree_content::PlacementId;
use dreamtree_database::{on_both, testing::TestDatabase};
use serde_json::{Value, json};

use super::{BESIDE, Link, answer, laid, prefill};
use crate::support::{Person, Stage, clock};

on_both!(
    each_kind_brings_what_is_there,
    a_filter_that_nothing_passes_says_so,
    who_has_nothing_is_told_so,
    without_the_key_private_things_are_locked,
    what_is_counted_comes_with_its_figures,
    a_page_of_all_kinds_costs_four_statements,
    what_was_made_in_some_exercises_is_told_apart,
);

const LIST: i32 = 1330;
const DASHBOARD: i32 = 1583;

const EACH: &str = r#"mutation {
  a: addSkill(input: { customName: "Bread", category: KNOWLEDGE, mastery: 3 }) { skill { id } }
  b: addSkill(input: { customName: "Ovens", category: KNOWLEDGE, mastery: 5 }) { skill { id } }
  c: addSkill(input: { customName: "Calm", category: SELF_MANAGEMENT, mastery: 4 }) { skill { id } }
  d: createExperience(input: { title: "Bakery", type: JOB, startDate: "2020-01-01" }) { experience { id } }
  e: createExperience(input: { title: "School", type: EDUCATION, startDate: "2010-01-01" }) { experience { id } }
  f: createStory(input: { title: "Rain", situation: "wet", type: CHALLENGE }) { story { id } }
  g: createStory(input: { title: "Sun", situation: "dry", type: OTHER }) { story { id } }
  h: createLocation(input: { name: "Porto" }) { location { id } }
  i: createLocation(input: { name: "Lyon" }) { location { id } }
  j: createCareerOption(input: { title: "Baker", coherence: 4, unknowns: 1 }) { careerOption { id } }
  k: createCareerOption(input: { title: "Cook", coherence: 1 }) { careerOption { id } }
  l: createMilestone(input: { title: "Oven", year: 2030 }) { milestone { id } }
  m: createMilestone(input: { title: "Shop", year: 2031 }) { milestone { id } }
  n: createFlowLog(input: { activity: "Kneading", date: "2026-02-02", energy: 2, focus: 5 }) { flowLog { id } }
  o: createFlowLog(input: { activity: "Invoices", date: "2026-02-01", energy: -1, focus: 2 }) { flowLog { id } }
  p: createIdeaTree(input: { tree: { root: "flour", edges: [{ from: "flour", to: "dough" }] } }) { ideaTree { id } }
  q: createCompany(input: { name: "Mill" }) { company { id } }
  r: createContact(input: { name: "Ada" }) { contact { id } }
  s: createJob(input: { title: "Miller" }) { job { id } }
  t: updateProfile(input: { headline: "listener" }) { profile { revision } }
  u: updateValues(input: { workValues: "care", lifeValues: "time" }) { values { revision } }
  v: saveBudget(input: { currency: "EUR", incomes: [], expenses: [{ name: "Rent", amount: 950, essential: true }] }) {
    budget { revision } }
}"#;

/// Two of most things, one of the rest.
pub(super) async fn give(stage: &Stage<'_>, person: &Person<'_>) {
    person.data(EACH, json!({})).await;
    person.choose("INFJ").await;
    let items = json!([{ "content": "sun" }, { "content": "salt" }, { "content": "sea" }, { "content": "sand" }, { "content": "sky" }]);
    answer(person, LIST, json!({ "listBuilder": { "items": items } })).await;
    let dashboard = json!({ "work": 4, "play": 6, "love": 9, "health": 7, "notes": "well" });
    answer(person, DASHBOARD, json!({ "lifeDashboard": dashboard })).await;
    let scope = stage.write(person).await;
    let competencies = stage.library().competencies().iter();
    let scores = competencies
        .zip([1, 5, 3])
        .map(|(one, score)| (one.id, score));
    dreamtree_assessments::submit(&scope, stage.library(), scores.collect())
        .await
        .expect("scores");
    scope.commit().await.expect("committed");
}

/// Texts to read, which a test may give connections.
fn targets(stage: &Stage<'_>) -> Vec<i32> {
    let texts = stage.library().placements().iter();
    let texts = texts.filter(|one| !one.takes_input() && one.connection.is_none());
    texts.map(|one| one.id.0).collect()
}

/// The name of the list that is built at [`LIST`].
fn list_name(stage: &Stage<'_>) -> String {
    let placement = stage
        .library()
        .placement(PlacementId(LIST))
        .expect("a list");
    match &placement.tool().expect("a tool").settings {
        dreamtree_content::ToolSettings::ListBuilder(settings) => settings.list.clone(),
        other => panic!("{other:?}"),
    }
}

/// Connections of all kinds: the data, the filter, what they bring, and how many there were before.
fn kinds(list: &str) -> Vec<(&'static str, String, Value, Value)> {
    let one = |kind: &str, value: Value| {
        let mut all = json!({ "__typename": kind });
        let fields = value.as_object().expect("fields").clone();
        all.as_object_mut().expect("an object").extend(fields);
        all
    };
    let text = str::to_owned;
    let named = |name: &str| json!([{ "name": { "value": name } }]);
    vec![
        (
            "skills",
            text(r#"{"category":"knowledge","by":"mastery"}"#),
            one(
                "SkillsAnswer",
                json!({ "skills": [{ "name": "Ovens" }, { "name": "Bread" }] }),
            ),
            json!(3),
        ),
        (
            "skills",
            text(r#"{"custom":true,"min_mastery":4,"nth":2}"#),
            one("SkillsAnswer", json!({ "skills": [{ "name": "Calm" }] })),
            json!(3),
        ),
        (
            "stories",
            text(r#"{"type":"challenge"}"#),
            one(
                "StoriesAnswer",
                json!({ "stories": [{ "texts": { "title": "Rain" } }] }),
            ),
            json!(2),
        ),
        (
            "flow",
            text(r#"{"high":true}"#),
            one(
                "FlowAnswer",
                json!({ "entries": [{ "activity": "Kneading" }] }),
            ),
            json!(2),
        ),
        (
            "experiences",
            text(r#"{"type":"education"}"#),
            one(
                "ExperiencesAnswer",
                json!({ "experiences": [{ "title": "School" }] }),
            ),
            json!(2),
        ),
        (
            "values",
            text(r#"{"field":"work_values"}"#),
            one(
                "ValuesAnswer",
                json!({ "workValues": "care", "lifeValues": null }),
            ),
            json!(null),
        ),
        (
            "career_options",
            text(r#"{"nth":2}"#),
            one(
                "CareerOptionsAnswer",
                json!({ "careerOptions": [{ "title": "Cook" }] }),
            ),
            json!(2),
        ),
        (
            "milestones",
            text(r#"{"top":1}"#),
            one(
                "MilestonesAnswer",
                json!({ "milestones": [{ "title": "Oven" }] }),
            ),
            json!(2),
        ),
        (
            "locations",
            text(r#"{"top":1}"#),
            one("LocationsAnswer", json!({ "locations": named("Porto") })),
            json!(2),
        ),
        (
            "companies",
            text("{}"),
            one(
                "CompaniesAnswer",
                json!({ "companies": [{ "name": "Mill" }] }),
            ),
            json!(1),
        ),
        (
            "contacts",
            text("{}"),
            one("ContactsAnswer", json!({ "contacts": named("Ada") })),
            json!(1),
        ),
        (
            "jobs",
            text("{}"),
            one("JobsAnswer", json!({ "jobs": [{ "title": "Miller" }] })),
            json!(1),
        ),
        (
            "profile",
            text(r#"{"field":"headline"}"#),
            one(
                "ProfileTextAnswer",
                json!({ "field": "HEADLINE", "profileText": { "state": "UNLOCKED", "value": "listener" } }),
            ),
            json!(null),
        ),
        (
            "competencies",
            text(r#"{"band":"strengths"}"#),
            one(
                "CompetenciesAnswer",
                json!({ "competencies": [{ "score": 5, "standing": "STRENGTH" }, { "score": 3, "standing": "STRENGTH" }] }),
            ),
            json!(3),
        ),
        (
            "competencies",
            text(r#"{"band":"improvements"}"#),
            one(
                "CompetenciesAnswer",
                json!({ "competencies": [{ "score": 1, "standing": "IMPROVEMENT" }] }),
            ),
            json!(3),
        ),
        (
            "ideas",
            text("{}"),
            one(
                "IdeasAnswer",
                json!({ "trees": [{ "tree": { "root": "flour" } }] }),
            ),
            json!(1),
        ),
        (
            "personality",
            text("{}"),
            one("PersonalityAnswer", json!({ "code": "INFJ" })),
            json!(null),
        ),
        (
            "budget",
            text("{}"),
            one("BudgetAnswer", json!({ "currency": "EUR" })),
            json!(null),
        ),
        (
            "dashboard",
            text("{}"),
            one("DashboardAnswer", json!({ "work": 4, "love": 9 })),
            json!(null),
        ),
        (
            "dashboard",
            text(r#"{"field":"play"}"#),
            one("NumberAnswer", json!({ "number": 6 })),
            json!(null),
        ),
        (
            "dashboard",
            text(r#"{"field":"notes"}"#),
            one("TextAnswer", json!({ "text": "well" })),
            json!(null),
        ),
        (
            "list",
            json!({ "list": list, "top": 2 }).to_string(),
            one(
                "ListAnswer",
                json!({ "items": [{ "content": "sun" }, { "content": "salt" }] }),
            ),
            json!(5),
        ),
    ]
}

/// All kinds with their filters.
pub(super) fn all(stage: &Stage<'_>) -> Vec<(&'static str, String)> {
    named(&kinds(&list_name(stage)))
}

/// Lays a connection for each of these to a text of its own.
async fn lay<'a>(
    stage: &Stage<'a>,
    kinds: &[(&str, String)],
    usage: &str,
) -> (Stage<'a>, Vec<i32>) {
    let targets: Vec<i32> = targets(stage).into_iter().take(kinds.len()).collect();
    let links = kinds
        .iter()
        .zip(&targets)
        .map(|((data, filter), target)| Link {
            target: *target,
            data,
            filter,
            usage,
            ..BESIDE
        });
    let links: Vec<Link<'_>> = links.collect();
    (laid(stage, &links).await, targets)
}

fn named(kinds: &[(&'static str, String, Value, Value)]) -> Vec<(&'static str, String)> {
    kinds
        .iter()
        .map(|(data, filter, ..)| (*data, filter.clone()))
        .collect()
}

async fn each_kind_brings_what_is_there(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let kinds = kinds(&list_name(&stage));
    let (stage, targets) = lay(&stage, &named(&kinds), "prefill").await;
    let person = stage.person().await;
    give(&stage, &person).await;
    for ((data, filter, value, total), target) in kinds.iter().zip(targets) {
        let found = prefill(&person, target).await;
        assert_eq!(found["value"], *value, "{data} {filter}");
        assert_eq!(found["total"], *total, "{data} {filter}");
        assert_eq!(
            (&found["gap"], &found["source"]),
            (&json!(null), &json!(null)),
            "{data}"
        );
        assert_eq!(
            (&found["usage"], &found["stale"]),
            (&json!("PREFILL"), &json!(false))
        );
    }
}

async fn a_filter_that_nothing_passes_says_so(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let filters = [
        ("skills", r#"{"category":"transferable"}"#, "skills"),
        ("stories", r#"{"type":"reframe"}"#, "stories"),
        ("experiences", r#"{"type":"project"}"#, "experiences"),
        ("flow", r#"{"high":true,"nth":2}"#, "entries"),
        ("locations", r#"{"nth":3}"#, "locations"),
        (
            "competencies",
            r#"{"category":"strategic"}"#,
            "competencies",
        ),
    ];
    let laid: Vec<_> = filters
        .iter()
        .map(|(data, filter, _)| (*data, (*filter).to_owned()))
        .collect();
    let (stage, targets) = lay(&stage, &laid, "show_beside").await;
    let person = stage.person().await;
    give(&stage, &person).await;
    for ((data, _, field), target) in filters.iter().zip(targets) {
        let found = prefill(&person, target).await;
        assert_eq!(found["gap"], "NOTHING_FITS", "{data}");
        assert_eq!(
            found["value"][field],
            json!([]),
            "{data}: a collection is empty, not gone"
        );
    }
}

async fn who_has_nothing_is_told_so(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let kinds = kinds(&list_name(&stage));
    let (stage, targets) = lay(&stage, &named(&kinds), "prefill").await;
    let somebody = stage.person().await;
    give(&stage, &somebody).await;
    // What somebody else has is not there for them.
    let person = stage.person().await;
    for ((data, filter, value, total), target) in kinds.iter().zip(targets) {
        let found = prefill(&person, target).await;
        assert_eq!(found["gap"], "NOTHING_YET", "{data} {filter}");
        if total.is_null() {
            assert_eq!(
                found["value"],
                json!(null),
                "{data}: a single value is not there"
            );
        } else {
            assert_eq!(found["total"], json!(0), "{data}");
            let (field, _) = value
                .as_object()
                .expect("a value")
                .iter()
                .find(|(name, _)| *name != "__typename")
                .expect("a field");
            assert_eq!(
                found["value"][field],
                json!([]),
                "{data}: a collection is empty"
            );
        }
    }
}

async fn without_the_key_private_things_are_locked(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let kinds = kinds(&list_name(&stage));
    let (stage, targets) = lay(&stage, &named(&kinds), "prefill").await;
    let person = stage.person().await;
    give(&stage, &person).await;
    stage.lock(&person).await;
    for ((data, filter, value, _), target) in kinds.iter().zip(targets) {
        let found = prefill(&person, target).await;
        let sealed = ["stories", "locations", "contacts", "profile", "budget"].contains(data)
            || filter.contains("notes");
        if sealed {
            assert_eq!(
                (&found["gap"], &found["value"]),
                (&json!("LOCKED"), &json!(null)),
                "{data}"
            );
        } else {
            assert_eq!(
                (&found["gap"], &found["value"]),
                (&json!(null), value),
                "{data}"
            );
        }
    }
}

async fn what_is_counted_comes_with_its_figures(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let counted = [
        (
            "skills",
            "{}",
            3,
            json!([{ "measure": "MASTERY", "count": 3, "min": 3, "mean": 4.0, "max": 5 }]),
        ),
        (
            "flow",
            r#"{"high":true}"#,
            1,
            json!([
            { "measure": "ENERGY", "count": 1, "min": 2, "mean": 2.0, "max": 2 },
            { "measure": "FOCUS", "count": 1, "min": 5, "mean": 5.0, "max": 5 }]),
        ),
        (
            "career_options",
            "{}",
            2,
            json!([
            { "measure": "COHERENCE", "count": 2, "min": 1, "mean": 2.5, "max": 4 },
            { "measure": "UNKNOWNS", "count": 1, "min": 1, "mean": 1.0, "max": 1 }]),
        ),
        (
            "competencies",
            "{}",
            3,
            json!([{ "measure": "SCORE", "count": 3, "min": 1, "mean": 3.0, "max": 5 }]),
        ),
        ("jobs", "{}", 1, json!([])),
        (
            "dashboard",
            r#"{"field":"love"}"#,
            1,
            json!([{ "measure": "NUMBER", "count": 1, "min": 9, "mean": 9.0, "max": 9 }]),
        ),
    ];
    let kinds: Vec<_> = counted
        .iter()
        .map(|(data, filter, ..)| (*data, (*filter).to_owned()))
        .collect();
    let (stage, targets) = lay(&stage, &kinds, "aggregate").await;
    let person = stage.person().await;
    give(&stage, &person).await;
    for ((data, _, count, figures), target) in counted.iter().zip(&targets) {
        let found = prefill(&person, *target).await;
        assert_eq!(found["value"]["__typename"], "AggregateAnswer", "{data}");
        assert_eq!(
            (&found["value"]["count"], &found["value"]["figures"]),
            (&json!(count), figures),
            "{data}"
        );
    }
    let other = stage.person().await;
    let none = prefill(&other, targets[0]).await;
    assert_eq!(
        (&none["value"]["count"], &none["gap"]),
        (&json!(0), &json!("NOTHING_YET"))
    );
}

async fn a_page_of_all_kinds_costs_four_statements(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let kinds = kinds(&list_name(&stage));
    let (stage, _) = lay(&stage, &named(&kinds), "show_beside").await;
    let person = stage.person().await;
    let page = "{ blocks(first: 100) { nodes { prefill { gap value { __typename } } } } }";
    let few = person.ask(page, json!({})).await;
    give(&stage, &person).await;
    let many = person.ask(page, json!({})).await;
    assert!(many.errors.is_empty(), "{many:?}");
    assert!(many.statements <= 4, "{} statements", many.statements);
    assert!(
        many.statements <= few.statements + 1,
        "the rows, not the kinds"
    );
}

async fn what_was_made_in_some_exercises_is_told_apart(test: &TestDatabase) {
    let stage = Stage::new(test).await;
    let exercise = |id: i32| {
        let placement = stage
            .library()
            .placement(PlacementId(id))
            .expect("a placement");
        placement.location.exercise_id()
    };
    // Two taggers in one module, flow trackers in two.
    let (first, second, flow) = (exercise(1129), exercise(1162), exercise(1315));
    let kinds = [
        ("skills", json!({ "exercises": [first] }).to_string()),
        (
            "skills",
            json!({ "exercises": [first, second] }).to_string(),
        ),
        ("skills", json!({ "module": "1.1" }).to_string()),
        ("flow", json!({ "exercises": [flow] }).to_string()),
        ("flow", "{}".to_owned()),
    ];
    let (stage, targets) = lay(&stage, &kinds, "show_beside").await;
    let person = stage.person().await;
    let tag =
        |name: &str, category: &str| json!({ "skillTagger": { "skills": tags(name, category) } });
    answer(&person, 1129, tag("lift", "TRANSFERABLE")).await;
    answer(&person, 1162, tag("know", "KNOWLEDGE")).await;
    let entries = |word: &str| {
        let entry = |day: i32| json!({ "date": format!("2026-02-{day:02}"), "activity": word, "energy": 1, "focus": 4 });
        json!({ "flowTracker": { "entries": (1..=5).map(entry).collect::<Vec<_>>() } })
    };
    answer(&person, 1315, entries("Here")).await;
    answer(&person, 1544, entries("There")).await;
    let mut totals = Vec::new();
    for target in targets {
        totals.push(
            prefill(&person, target).await["total"]
                .as_i64()
                .expect("a total"),
        );
    }
    assert_eq!(totals, [8, 16, 16, 5, 10]);
}

/// Eight skills of one's own.
fn tags(name: &str, category: &str) -> Vec<Value> {
    let tag =
        |number: i32| json!({ "customName": format!("{name} {number}"), "category": category });
    (0..8).map(tag).collect()
}
