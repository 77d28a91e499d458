//! Something of every kind that a connection can carry, and what it looks like when it is carried.

use dreamtree_content::PlacementId;
use serde_json::{Value, json};

use super::{BESIDE, Link, answer, laid};
use crate::support::{Person, Stage};

/// A connection: the data, the filter, what it brings, and how many there were before.
pub(super) type Kind = (String, String, Value, Value);

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
const KINDS: &str = r#"[
["skills", {"category":"knowledge","by":"mastery"}, {"__typename":"SkillsAnswer","skills":[{"name":"Ovens"},{"name":"Bread"}]}, 3],
["skills", {"custom":true,"min_mastery":4,"nth":2}, {"__typename":"SkillsAnswer","skills":[{"name":"Calm"}]}, 3],
["stories", {"type":"challenge"}, {"__typename":"StoriesAnswer","stories":[{"texts":{"title":"Rain"}}]}, 2],
["flow", {"high":true}, {"__typename":"FlowAnswer","entries":[{"activity":"Kneading"}]}, 2],
["experiences", {"type":"education"}, {"__typename":"ExperiencesAnswer","experiences":[{"title":"School"}]}, 2],
["values", {"field":"work_values"}, {"__typename":"ValuesAnswer","workValues":"care","lifeValues":null}, null],
["career_options", {"nth":2}, {"__typename":"CareerOptionsAnswer","careerOptions":[{"title":"Cook"}]}, 2],
["milestones", {"top":1}, {"__typename":"MilestonesAnswer","milestones":[{"title":"Oven"}]}, 2],
["locations", {"top":1}, {"__typename":"LocationsAnswer","locations":[{"name":{"value":"Porto"}}]}, 2],
["companies", {}, {"__typename":"CompaniesAnswer","companies":[{"name":"Mill"}]}, 1],
["contacts", {}, {"__typename":"ContactsAnswer","contacts":[{"name":{"value":"Ada"}}]}, 1],
["jobs", {}, {"__typename":"JobsAnswer","jobs":[{"title":"Miller"}]}, 1],
["profile", {"field":"headline"}, {"__typename":"ProfileTextAnswer","field":"HEADLINE","profileText":{"state":"UNLOCKED","value":"listener"}}, null],
["competencies", {"band":"strengths"}, {"__typename":"CompetenciesAnswer","competencies":[{"score":5,"standing":"STRENGTH"},{"score":3,"standing":"STRENGTH"}]}, 3],
["competencies", {"band":"improvements"}, {"__typename":"CompetenciesAnswer","competencies":[{"score":1,"standing":"IMPROVEMENT"}]}, 3],
["ideas", {}, {"__typename":"IdeasAnswer","trees":[{"tree":{"root":"flour"}}]}, 1],
["personality", {}, {"__typename":"PersonalityAnswer","code":"INFJ"}, null],
["budget", {}, {"__typename":"BudgetAnswer","currency":"EUR"}, null],
["dashboard", {}, {"__typename":"DashboardAnswer","work":4,"love":9}, null],
["dashboard", {"field":"play"}, {"__typename":"NumberAnswer","number":6}, null],
["dashboard", {"field":"notes"}, {"__typename":"TextAnswer","text":"well"}, null],
["list", {"list":"LIST","top":2}, {"__typename":"ListAnswer","items":[{"content":"sun"},{"content":"salt"}]}, 5]
]"#;

/// [`KINDS`] with the name of the list put in.
pub(super) fn kinds(list: &str) -> Vec<Kind> {
    let kinds: Vec<(String, Value, Value, Value)> =
        serde_json::from_str(&KINDS.replace("LIST", list)).expect("a table");
    let kinds = kinds.into_iter();
    kinds
        .map(|(data, filter, brings, before)| (data, filter.to_string(), brings, before))
        .collect()
}

/// All kinds with their filters.
pub(super) fn all(stage: &Stage<'_>) -> Vec<Kind> {
    kinds(&list_name(stage))
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

pub(super) fn named(kinds: &[Kind]) -> Vec<(&str, String)> {
    kinds
        .iter()
        .map(|(data, filter, ..)| (data.as_str(), filter.clone()))
        .collect()
}
