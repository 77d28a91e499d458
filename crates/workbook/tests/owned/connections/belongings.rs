//! Something of every kind that a connection can carry, and what it looks like when it is carried.

use dreamtree_content::PlacementId;
use serde_json::{Value, json};

use super::{BESIDE, Link, answer, laid};
use crate::support::{Person, Stage};

/// A connection: the data, the filter, what it brings, and how many there were before.
pub(super) type Kind = (&'static str, String, Value, Value);

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
pub(super) fn list_name(stage: &Stage<'_>) -> String {
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
pub(super) fn kinds(list: &str) -> Vec<Kind> {
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
pub(super) async fn lay<'a>(
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

pub(super) fn named(kinds: &[Kind]) -> Vec<(&'static str, String)> {
    kinds
        .iter()
        .map(|(data, filter, ..)| (*data, filter.clone()))
        .collect()
}
