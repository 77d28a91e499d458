//! What connections bring to a placement, and what becomes of it when something changes.

mod kinds;
mod placed;
mod policies;
mod snapshots;

use std::fmt::Write;

use serde_json::{Value, json};

use crate::support::{Person, Stage};

/// A connection that an author lays.
#[derive(Clone, Copy)]
struct Link<'a> {
    /// Where to.
    target: i32,
    /// Where from.
    source: Option<i32>,
    /// What it carries.
    data: &'a str,
    /// Which part of it, as JSON.
    filter: &'a str,
    /// What for.
    usage: &'a str,
    /// The policy.
    on_change: &'a str,
}

/// Something that is shown beside, and shows what is there now.
const BESIDE: Link<'_> = Link {
    target: 0,
    source: None,
    data: "answer",
    filter: "{}",
    usage: "show_beside",
    on_change: "update",
};

/// The first id of connections that only a test has.
const FIRST: i32 = 9_000;

/// A later edition with these connections, in which nothing is required: everything is open.
async fn laid<'a>(stage: &Stage<'a>, links: &[Link<'_>]) -> Stage<'a> {
    let mut sql = "UPDATE stem SET is_required = FALSE;".to_owned();
    for (id, link) in (FIRST..).zip(links) {
        let Link {
            target,
            data,
            filter,
            usage,
            on_change,
            ..
        } = link;
        let source = link.source.map_or("NULL".to_owned(), |id| id.to_string());
        write!(
            sql,
            "INSERT INTO connections (id, source_block_id, target_block_id, connection_type, data_object, usage, \
             on_change, filter, is_active) VALUES ({id}, {source}, {target}, 'backward', '{data}', '{usage}', \
             '{on_change}', '{filter}', TRUE); UPDATE stem SET connection_id = {id} WHERE id = {target};"
        )
        .expect("a text");
    }
    stage.after(&sql).await
}

const PREFILL: &str = "prefill { source data usage gap total onChange stale takenAt changedAt toolTitle value { __typename
  ... on TextAnswer { text }
  ... on NumberAnswer { number }
  ... on ListAnswer { items { content } }
  ... on StoryAnswer { title }
  ... on SkillsAnswer { skills { name } }
  ... on PersonalityAnswer { code }
  ... on BudgetAnswer { currency }
  ... on FlowAnswer { entries { activity } }
  ... on DashboardAnswer { work love }
  ... on StoriesAnswer { stories { texts { title } } }
  ... on ExperiencesAnswer { experiences { title } }
  ... on ValuesAnswer { workValues lifeValues }
  ... on CareerOptionsAnswer { careerOptions { title } }
  ... on MilestonesAnswer { milestones { title } }
  ... on LocationsAnswer { locations { name { value } } }
  ... on CompaniesAnswer { companies { name } }
  ... on ContactsAnswer { contacts { name { value } } }
  ... on JobsAnswer { jobs { title } }
  ... on ProfileTextAnswer { field profileText { state value } }
  ... on CompetenciesAnswer { competencies { score standing } }
  ... on IdeasAnswer { trees { tree { root } } }
  ... on SkillChoicesAnswer { choices { category } }
  ... on AggregateAnswer { count figures { measure count min mean max } }
} }";

/// What a block brings, as its reader sees it.
async fn prefill(person: &Person<'_>, target: i32) -> Value {
    let document = format!(
        "query($around: ID!) {{ blocks(around: $around, first: 1) {{ nodes {{ id {PREFILL} }} }} }}"
    );
    let around = json!({ "around": format!("placement:{target}") });
    let data = person.data(&document, around).await;
    data["blocks"]["nodes"][0]["prefill"].clone()
}

/// Answers a placement; what the payload says is to be looked at again.
async fn answer(person: &Person<'_>, placement: i32, value: Value) -> Vec<String> {
    let document = "mutation($input: AnswerInput!) { answer(input: $input) { stale { placement exerciseTitle } } }";
    let input = json!({ "placement": format!("placement:{placement}"), "value": value });
    let data = person.data(document, json!({ "input": input })).await;
    placements(&data["answer"]["stale"])
}

async fn write(person: &Person<'_>, placement: i32, text: &str) -> Vec<String> {
    let text = format!("{text}, and enough of it to be an answer to any question.");
    answer(person, placement, json!({ "text": text })).await
}

/// All placements to look at again.
async fn stale(person: &Person<'_>) -> Vec<String> {
    let data = person
        .data("{ stalePlacements { placement since } }", json!({}))
        .await;
    placements(&data["stalePlacements"])
}

fn placements(list: &Value) -> Vec<String> {
    let all = list.as_array().expect("a list").iter();
    all.map(|one| one["placement"].as_str().expect("an id").to_owned())
        .collect()
}

const KEEP: &str = "mutation($placement: ID!) { keepAnswer(placement: $placement) { block { id prefill { stale } } } }";

fn named(placement: i32) -> Value {
    json!({ "placement": format!("placement:{placement}") })
}
