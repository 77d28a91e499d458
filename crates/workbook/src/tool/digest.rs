//! What a use of a tool holds, in short: a line to know it by, and a text that stays the same for as long as the content
//! does.

use dreamtree_content::{Shape, Tool, ToolKind};
use dreamtree_types::Private;
use serde_json::{Value, json};

use super::{
    ToolData,
    bucket::{Bucket, Buckets},
    budget::Budget,
    dashboard::Dashboard,
    flow::Flow,
    ideas::IdeaTree,
    list::List,
    ranking::Ranking,
    record::{Entry, FieldValue, Filled, Record, to_json},
    reframe,
    skills::Choice,
    skills::Skills,
    story,
};
use crate::sealed::Texts;

/// The most characters of a summary.
const LONGEST_SUMMARY: usize = 200;

/// A line to know the content by, at most 200 characters; `None` where nothing has a name.
pub(crate) fn summary(data: &ToolData) -> Option<String> {
    match data {
        ToolData::List(list) => line(list.items.iter().map(|item| &item.content)),
        ToolData::Story(story) => line(story.texts().into_iter().flatten().take(1)),
        ToolData::Skills(skills) => line(skills.skills.iter().map(|tag| &tag.name)),
        ToolData::Ranking(ranking) => line(ranking.items.iter().map(|item| &item.label)),
        ToolData::Personality(choice) => line(&choice.code),
        ToolData::Budget(budget) => line(budget.expenses.iter().map(|expense| &expense.name)),
        ToolData::Flow(flow) => line(flow.entries.iter().map(|(_, entry)| &entry.activity)),
        ToolData::Dashboard(dashboard) => match &dashboard.notes {
            Private::Open(notes) => line([notes]),
            Private::Empty | Private::Locked => None,
        },
        ToolData::Reframe(reframe) => {
            let said = [&reframe.reframed_statement, &reframe.situation];
            let others = reframe.texts();
            line(said.into_iter().chain(others).flatten().take(1))
        }
        ToolData::Ideas(tree) => line(tree.name.iter().chain([&tree.root])),
        ToolData::Buckets(buckets) => line(buckets.all().map(|skill| &skill.label)),
        ToolData::Record(record) => line(record.entries.iter().filter_map(first_text)),
        ToolData::Collection(_) => None,
    }
}

/// The content as JSON without ids and times, with sorted keys and no blanks. `None` where a part of it cannot be read.
pub(crate) fn canonical(data: &ToolData) -> Option<String> {
    let (kind, content) = match data {
        ToolData::List(list) => ("list", of_list(list)),
        ToolData::Story(story) => ("story", of_texts(&story::TEXTS, story.texts())),
        ToolData::Skills(skills) => ("skills", of_skills(skills)),
        ToolData::Ranking(ranking) => ("ranking", of_ranking(ranking)),
        ToolData::Personality(choice) => ("personality", json!(choice.code)),
        ToolData::Budget(budget) => ("budget", of_budget(budget)),
        ToolData::Flow(flow) => ("flow", of_flow(flow)),
        ToolData::Dashboard(dashboard) => ("dashboard", of_dashboard(dashboard)?),
        ToolData::Reframe(reframe) => ("reframe", of_texts(&reframe::TEXTS, reframe.texts())),
        ToolData::Ideas(tree) => ("ideas", of_ideas(tree)),
        ToolData::Buckets(buckets) => ("buckets", of_buckets(buckets)),
        ToolData::Record(record) => ("record", of_record(record)?),
        // It holds nothing: what it shows is kept elsewhere.
        ToolData::Collection(_) => ("collection", Value::Null),
    };
    Some(json!({ kind: content }).to_string())
}

/// True when somebody with the database must not be able to guess what a use of the tool holds.
pub(crate) fn is_private(tool: &Tool) -> bool {
    match tool.kind {
        ToolKind::SoaredForm
        | ToolKind::BudgetCalculator
        | ToolKind::LifeDashboard
        | ToolKind::FailureReframer => true,
        ToolKind::ListBuilder
        | ToolKind::SkillTagger
        | ToolKind::RankingGrid
        | ToolKind::MbtiSelector
        | ToolKind::FlowTracker
        | ToolKind::IdeaTree
        | ToolKind::BucketingTool
        | ToolKind::Collection => false,
        ToolKind::Record => match &tool.shape {
            Shape::Record(form) => form.fields.iter().any(|field| field.private),
            Shape::Own | Shape::Collection(_) => false,
        },
    }
}

/// These parts as one line, cut where it gets too long.
fn line<'a>(parts: impl IntoIterator<Item = &'a String>) -> Option<String> {
    let mut line = String::new();
    for word in parts.into_iter().enumerate().flat_map(words) {
        if line.chars().count() > LONGEST_SUMMARY {
            break;
        }
        line.push_str(&word);
    }
    let line: String = line.trim_start().chars().take(LONGEST_SUMMARY).collect();
    Some(line).filter(|line| !line.is_empty())
}

/// The words of a part, each behind what divides it from the one before.
fn words((number, part): (usize, &String)) -> Vec<String> {
    let divider = |place| if number > 0 && place == 0 { ", " } else { " " };
    let words = part.split_whitespace().enumerate();
    words
        .map(|(place, word)| format!("{}{word}", divider(place)))
        .collect()
}

fn of_list(list: &List) -> Value {
    let items = list.items.iter().map(|item| &item.content);
    json!({ "items": items.collect::<Vec<_>>() })
}

fn of_texts<const N: usize>(asked: &Texts<N>, given: [&Option<String>; N]) -> Value {
    let texts = asked.texts.iter().zip(given);
    let texts = texts.map(|(text, given)| (text.column.to_owned(), json!(given)));
    Value::Object(texts.collect())
}

/// A skill's rating, evidence and rank stay with the skill, wherever it is tagged.
fn of_skills(skills: &Skills) -> Value {
    let skill = |choice: &Choice| match choice {
        Choice::Master(id) => json!({ "listed": id.to_string() }),
        Choice::Custom(name) => json!({ "own": name.to_lowercase() }),
    };
    let skills = skills.skills.iter().map(|tag| skill(&tag.choice));
    json!({ "skills": skills.collect::<Vec<_>>() })
}

fn of_ranking(ranking: &Ranking) -> Value {
    let items = ranking.items.iter().map(|item| &item.label);
    json!({ "items": items.collect::<Vec<_>>() })
}

fn of_budget(budget: &Budget) -> Value {
    json!({
        "benefits_needed": budget.benefits_needed,
        "currency": budget.currency,
        "expenses": budget.expenses,
        "filing_status": budget.filing_status,
        "incomes": budget.incomes,
        "notes": budget.notes,
        "region": budget.region,
    })
}

fn of_flow(flow: &Flow) -> Value {
    let entries = flow.entries.iter().map(|(_, entry)| {
        json!({
            "activity": entry.activity,
            "date": entry.date.to_string(),
            "energy": entry.energy,
            "focus": entry.focus,
            "notes": entry.notes,
        })
    });
    json!({ "entries": entries.collect::<Vec<_>>() })
}

fn of_dashboard(dashboard: &Dashboard) -> Option<Value> {
    let notes = match &dashboard.notes {
        Private::Open(notes) => Some(notes),
        Private::Empty => None,
        Private::Locked => return None,
    };
    Some(json!({
        "health": dashboard.health,
        "love": dashboard.love,
        "notes": notes,
        "play": dashboard.play,
        "work": dashboard.work,
    }))
}

fn of_buckets(buckets: &Buckets) -> Value {
    let skills = |bucket: &Bucket| {
        let labels = bucket.skills.iter().map(|skill| &skill.label);
        json!(labels.collect::<Vec<_>>())
    };
    let buckets = buckets.buckets.iter().map(skills);
    json!({ "buckets": buckets.collect::<Vec<_>>() })
}

fn of_record(record: &Record) -> Option<Value> {
    let value = |filled: &Filled| match &filled.value {
        Private::Open(value) => Some(Some((filled.key.clone(), to_json(value)))),
        Private::Empty => Some(None),
        Private::Locked => None,
    };
    let entry = |entry: &Entry| {
        let fields: Option<Vec<_>> = entry.fields.iter().map(value).collect();
        Some(Value::Object(fields?.into_iter().flatten().collect()))
    };
    let entries: Option<Vec<Value>> = record.entries.iter().map(entry).collect();
    Some(json!({ "entries": entries? }))
}

/// What an entry is known by.
fn first_text(entry: &Entry) -> Option<&String> {
    entry.fields.iter().find_map(|filled| match &filled.value {
        Private::Open(FieldValue::Text(text)) => Some(text),
        _ => None,
    })
}

fn of_ideas(tree: &IdeaTree) -> Value {
    let edges = tree.edges.iter().map(|edge| [&edge.from, &edge.to]);
    json!({ "edges": edges.collect::<Vec<_>>(), "name": tree.name, "root": tree.root })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        ListItemId,
        tool::{list::Item, story::Story},
    };

    fn list(contents: &[&str]) -> ToolData {
        let item = |content: &&str| Item {
            id: Some(ListItemId::new()),
            content: (*content).to_owned(),
        };
        ToolData::List(List {
            name: "Moments".to_owned(),
            items: contents.iter().map(item).collect(),
        })
    }

    #[test]
    fn the_same_content_has_the_same_text_whatever_its_ids_are() {
        assert_eq!(
            canonical(&list(&["a", "b"])).unwrap(),
            r#"{"list":{"items":["a","b"]}}"#
        );
        assert_eq!(canonical(&list(&["a"])), canonical(&list(&["a"])));
        assert_ne!(canonical(&list(&["a", "b"])), canonical(&list(&["b", "a"])));
    }

    #[test]
    fn a_summary_is_one_line_that_ends_somewhere() {
        let summary = summary(&list(&["two\nlines", " more"])).unwrap();
        assert_eq!(summary, "two lines, more");
        let long = "ä".repeat(500);
        let cut = super::summary(&list(&[&long, "b"])).unwrap();
        assert_eq!(cut.chars().count(), LONGEST_SUMMARY);
        assert_eq!(super::summary(&list(&[])), None);
    }

    #[test]
    fn a_story_is_known_by_its_title_or_else_by_its_first_step() {
        let mut story = Story {
            action: Some("I asked.".to_owned()),
            result: Some("They came.".to_owned()),
            ..Story::default()
        };
        let told = ToolData::Story(story.clone());
        assert_eq!(summary(&told).as_deref(), Some("I asked."));
        story.title = Some("Asking".to_owned());
        let told = ToolData::Story(story);
        assert_eq!(summary(&told).as_deref(), Some("Asking"));
    }

    #[test]
    fn what_cannot_be_read_has_no_text() {
        let dashboard = Dashboard {
            work: 1,
            play: 2,
            love: 3,
            health: 4,
            notes: Private::Locked,
        };
        assert_eq!(canonical(&ToolData::Dashboard(dashboard)), None);
    }
}
