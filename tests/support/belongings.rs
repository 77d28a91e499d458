//! Some of everything that a person can own beside the workbook.

use serde_json::{Value, json};
use uuid::Uuid;

use super::client::Client;

const ONCE: &str = r#"
mutation Once($scores: [CompetencyScoreInput!]!) {
  updateSettings(input: { displayName: "Ada", timeZone: "Europe/Vienna" }) { viewer { id } }
  updateProfile(input: { headline: "listener", summary: "hears", identityStory: "once", allegory: "a tree",
    valueProposition: "calm" }) { profile { revision } }
  updateValues(input: { workValues: "care", lifeValues: "time", compassStatement: "north" }) { values { revision } }
  submitCompetencyScores(input: { scores: $scores }) { result { reassessmentDue } }
}"#;

const EACH: &str = r#"
mutation Each($experience: ID!, $location: ID!, $option: ID!, $company: ID!, $contact: ID!, $job: ID!, $name: String!,
    $year: Int!, $date: Date!, $use: ID!) {
  addSkill(input: { customName: $name, category: KNOWLEDGE, mastery: 3, evidence: "done" }) { skill { id } }
  createExperience(input: { id: $experience, title: $name, organization: "Bakery", type: JOB, startDate: $date,
    skills: [{ customName: $name }], tasks: [{ text: $name }] }) { experience { id } }
  createStory(input: { title: $name, situation: "rain", action: "bread", type: CHALLENGE, experience: $experience }) {
    story { id } }
  createReframe(input: { situation: $name, whatLearned: "to ask" }) { reframe { id } }
  createLocation(input: { id: $location, name: $name, traitsLiked: "hills", traitsDisliked: "noise", notes: "far" }) {
    location { id } }
  createCareerOption(input: { id: $option, title: $name, description: "days", coherence: 4, workNeeds: 3, lifeNeeds: 5,
    unknowns: 2, notes: "ask" }) { careerOption { id } }
  createOptionQuestion(input: { careerOption: $option, text: $name }) { optionQuestion { id } }
  first: createMilestone(input: { careerOption: $option, title: $name, year: $year, quarter: 2, category: WORK }) {
    milestone { id } }
  second: createMilestone(input: { title: $name, year: $year, category: PERSONAL }) { milestone { id } }
  createFlowLog(input: { activity: $name, date: $date, energy: 2, focus: 5, notes: "again" }) { flowLog { id } }
  createIdeaTree(input: { tree: { name: $name, root: "bread", edges: [{ from: "bread", to: $name }] } }) {
    ideaTree { id } }
  createCompany(input: { id: $company, name: $name, status: RESEARCHING, url: "https://bakery.example.org" }) {
    company { id } }
  createContact(input: { id: $contact, company: $company, name: $name, title: "Baker", status: COLD, notes: "kind" }) {
    contact { id } }
  createJob(input: { id: $job, company: $company, title: $name, status: SAVED, notes: "near" }) { job { id } }
  createToolInstance(input: { id: $use, tool: "tool:100000", title: $name,
    value: { listBuilder: { items: [{ content: "bread" }, { content: $name }] } } }) { instance { id } }
  updateToolInstance(input: { id: $use, value: { listBuilder: { items: [{ content: $name }] } } }) { instance { id } }
  tagSkills(input: { target: $use, skills: [{ customName: $name }] }) { target }
  updateCompany(input: { id: $company, status: CONTACTED, statusNote: "wrote" }) { company { id } }
  updateContact(input: { id: $contact, status: WARM, statusNote: "answered" }) { contact { id } }
  updateJob(input: { id: $job, status: APPLIED, statusNote: "sent" }) { job { id } }
}"#;

const REORDER: &str = "mutation($ids: [ID!]!) { reorder(input: { ids: $ids }) { ids } }";

/// Career options that can be ranked.
const MOST_RANKED: usize = 3;

/// Gives a person this many of everything, and one of what there is one of.
pub(crate) fn give(client: &Client, count: usize) {
    client.ask(ONCE, json!({ "scores": scores(client) }));
    let (mut locations, mut options) = (Vec::new(), Vec::new());
    for number in 0..count {
        let own = |kind: &str| json!(format!("{kind}:{}", Uuid::now_v7()));
        let (location, option) = (own("location"), own("career_option"));
        let variables = json!({
            "experience": own("experience"), "location": location, "option": option,
            "use": own("instance"), "company": own("company"), "contact": own("contact"), "job": own("job"),
            "name": format!("{number}. of mine"), "year": 2030 + number,
            "date": format!("2026-01-{:02}", number + 1),
        });
        client.ask(EACH, variables);
        locations.push(location);
        options.push(option);
    }
    options.truncate(MOST_RANKED);
    client.ask(REORDER, json!({ "ids": locations }));
    client.ask(REORDER, json!({ "ids": options }));
}

/// The second text of each competency that it is given, whichever level that is.
fn scores(client: &Client) -> Vec<Value> {
    let data = client.ask("{ competencies { id levels { id } } }", json!({}));
    let all = data["competencies"].as_array().expect("competencies");
    all.iter()
        .map(|one| json!({ "competency": one["id"], "level": one["levels"][1]["id"] }))
        .collect()
}
