//! The dashboard: name, skills, how far each part has come, the table of contents, the tools.

use std::{collections::HashSet, sync::Arc};

use axum::{extract::State, http::HeaderMap, response::Response};
use dreamtree_content::{Exercise, Library, Module, Placement, PlacementId};
use sea_orm::sqlx::query_as;
use serde::Serialize;

use crate::{
    App, frame::Frame, json, position::open_count, refused::Refused, skills::mine, value::Skill,
};

/// What is answered, and how the reader wants to be called: a row without a placement.
const ANSWERED: &str = "SELECT stem_id, NULL::text FROM user_responses WHERE user_id = $1 \
    UNION ALL SELECT stem_id, NULL FROM user_tool_instances \
    WHERE user_id = $1 AND stem_id IS NOT NULL \
    UNION ALL SELECT NULL, display_name FROM user_settings WHERE user_id = $1";

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Data<'a> {
    viewer: Viewer,
    my_skills: MySkills,
    progress: Progress<'a>,
    contents: Vec<Entry<'a>>,
    unlocked_tools: Vec<Tool<'a>>,
}

#[derive(Serialize)]
struct Viewer {
    settings: Settings,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Settings {
    display_name: Option<String>,
}

#[derive(Serialize)]
struct MySkills {
    counts: Vec<Group>,
    skills: Vec<Skill>,
}

#[derive(Serialize)]
struct Group {
    category: Option<&'static str>,
    total: usize,
    ranked: usize,
}

#[derive(Serialize)]
struct Progress<'a> {
    answered: usize,
    required: usize,
    percent: usize,
    parts: Vec<Part<'a>>,
}

#[derive(Serialize)]
struct Part<'a> {
    #[serde(rename = "part")]
    number: i32,
    title: Option<&'a str>,
    answered: usize,
    required: usize,
    percent: usize,
    complete: bool,
}

#[derive(Serialize)]
struct Entry<'a> {
    exercise: &'a str,
    title: &'a str,
    state: &'static str,
}

#[derive(Serialize)]
struct Tool<'a> {
    id: String,
    name: &'a str,
    title: &'a str,
    icon: Option<&'a str>,
}

type Answered = HashSet<PlacementId>;

/// Everything on one page.
pub(crate) async fn dashboard(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
) -> Result<Response, Refused> {
    let mut frame = Frame::read(&app, &headers).await?;
    let skills = mine(&app, &mut frame).await?;
    let statement = query_as(ANSWERED).bind(frame.user());
    let rows: Vec<(Option<i32>, Option<String>)> = statement.fetch_all(frame.statement()).await?;
    frame.commit().await?;
    let (mut answered, mut display_name) = (Answered::with_capacity(rows.len()), None);
    for (placement, name) in rows {
        match placement {
            Some(id) => drop(answered.insert(PlacementId(id))),
            None => display_name = name,
        }
    }
    let library = &app.content.library;
    let open = open_count(library, |id| answered.contains(&id));
    let (answered_of_all, required) = count(library.placements(), &answered);
    Ok(json(serde_json::to_vec(&Data {
        viewer: Viewer {
            settings: Settings { display_name },
        },
        my_skills: MySkills {
            counts: groups(&skills),
            skills,
        },
        progress: Progress {
            answered: answered_of_all,
            required,
            percent: percent(answered_of_all, required),
            parts: parts(library, &answered),
        },
        contents: contents(library, &answered, open),
        unlocked_tools: tools(library, open),
    })?))
}

fn groups(skills: &[Skill]) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::with_capacity(4);
    for skill in skills {
        let known = groups.iter().position(|one| one.category == skill.category);
        let place = known.unwrap_or_else(|| {
            groups.push(Group {
                category: skill.category,
                total: 0,
                ranked: 0,
            });
            groups.len() - 1
        });
        groups[place].total += 1;
        groups[place].ranked += usize::from(skill.rank.is_some());
    }
    groups
}

/// Answered and all among the required ones of these.
fn count(placements: &[Placement], answered: &Answered) -> (usize, usize) {
    let required = placements.iter().filter(|one| one.required);
    required.fold((0, 0), |(done, all), one| {
        (done + usize::from(answered.contains(&one.id)), all + 1)
    })
}

fn percent(answered: usize, required: usize) -> usize {
    (answered * 100).checked_div(required).unwrap_or(100)
}

fn parts<'a>(library: &'a Library, answered: &Answered) -> Vec<Part<'a>> {
    let part = |modules: &'a [Module]| {
        let (first, last) = (modules.first()?, modules.last()?);
        let placements = &library.placements()[first.span.start..last.span.end];
        let (answered, required) = count(placements, answered);
        Some(Part {
            number: first.part,
            title: (first.module == 0).then_some(first.title.as_str()),
            answered,
            required,
            percent: percent(answered, required),
            complete: answered == required,
        })
    };
    let modules = library.modules();
    let by_part = modules.chunk_by(|one, next| one.part == next.part);
    by_part.filter_map(part).collect()
}

fn contents<'a>(library: &'a Library, answered: &Answered, open: usize) -> Vec<Entry<'a>> {
    let placements = library.placements();
    let waits = |one: &Placement| one.required && !answered.contains(&one.id);
    let last = open.wrapping_sub(1);
    let current = placements.get(last).is_some_and(waits).then_some(last);
    let entry = |exercise: &'a Exercise| {
        let needs = placements[exercise.span.clone()]
            .iter()
            .any(|one| one.required);
        let state = if current.is_some_and(|index| exercise.span.contains(&index)) {
            "CURRENT"
        } else if exercise.span.start >= open {
            "LOCKED"
        } else if needs {
            "DONE"
        } else {
            "OPEN"
        };
        Entry {
            exercise: &exercise.id,
            title: &exercise.title,
            state,
        }
    };
    library.exercises().iter().map(entry).collect()
}

/// The tools that open up to here, in the order in which the workbook introduces them.
fn tools(library: &Library, open: usize) -> Vec<Tool<'_>> {
    let place = |tool| {
        library
            .first_placement_of(tool)
            .filter(|place| *place < open)
    };
    let tools = library.tools().iter();
    let mut open: Vec<_> = tools
        .filter_map(|tool| Some((place(tool.id)?, tool)))
        .collect();
    open.sort_by_key(|(place, _)| *place);
    open.into_iter()
        .map(|(_, tool)| Tool {
            id: format!("tool:{}", tool.id.0),
            name: &tool.name,
            title: &tool.title,
            icon: tool.icon.as_deref(),
        })
        .collect()
}
