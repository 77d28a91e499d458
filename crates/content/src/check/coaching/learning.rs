//! Learning paths: whoever has completed an assessment finds somewhere to go on, and everything there can be reached.

use std::collections::HashSet;

use url::Url;

use super::{View, ids_in};
use crate::{
    coaching::{Framework, ResourceType, ShownWhen},
    edition::{Fault, Row},
    entity::{learning_path_category, learning_resource},
};

pub(super) fn check(view: &View<'_>, faults: &mut Vec<Fault>) {
    let held: HashSet<_> = view
        .coaching
        .resources
        .iter()
        .flat_map(|row| ids_in(&row.categories))
        .collect();
    for row in &view.coaching.categories {
        category(view, row, faults);
        if !held.contains(&row.id) {
            let message = format!("no resource stands in {}", row.key);
            faults.push(row.at.fault("empty-category", message));
        }
    }
    let known: HashSet<_> = view.coaching.categories.iter().map(|row| row.id).collect();
    for row in &view.coaching.resources {
        let categories = ids_in(&row.categories);
        if categories.is_empty() || categories.iter().any(|id| !known.contains(id)) {
            let message = format!("{} names a category that is not there, or none", row.key);
            faults.push(row.at.fault("unknown-category", message));
        }
        resource(row, faults);
    }
    reached(view, faults);
}

fn category(view: &View<'_>, row: &Row<learning_path_category::Model>, faults: &mut Vec<Fault>) {
    let competencies = ids_in(&row.competencies);
    match ShownWhen::parse(&row.shown_when) {
        Some(ShownWhen::Weak) => {
            let stage = Some((row.framework.as_str(), row.level));
            if competencies.is_empty() || competencies.iter().any(|id| view.stage(*id) != stage) {
                let message = format!(
                    "{} needs competencies of level {} of {}, and no others",
                    row.key, row.level, row.framework
                );
                faults.push(row.at.fault("unknown-competency", message));
            }
        }
        Some(ShownWhen::Next) => {
            let mut stages = view.coaching.assessments.iter();
            let same = |framework: &str, level| (framework, level) == (&row.framework, row.level);
            if !competencies.is_empty() || !stages.any(|one| same(&one.framework, one.level)) {
                let message = format!(
                    "{} comes after an assessment of its framework and level, and names no competency",
                    row.key
                );
                faults.push(row.at.fault("unknown-competency", message));
            }
        }
        None => {
            let (word, choices) = (&row.shown_when, ShownWhen::choices());
            let message = format!("{word:?} is no when; there are {choices}");
            faults.push(row.at.fault("unknown-word", message));
        }
    }
    if Framework::parse(&row.framework).is_none() {
        let (word, choices) = (&row.framework, Framework::choices());
        let message = format!("{word:?} is no framework; there are {choices}");
        faults.push(row.at.fault("unknown-word", message));
    }
}

fn resource(row: &Row<learning_resource::Model>, faults: &mut Vec<Fault>) {
    let Some(kind) = ResourceType::parse(&row.resource_type) else {
        let (word, choices) = (&row.resource_type, ResourceType::choices());
        let message = format!("{word:?} is no kind of resource; there are {choices}");
        faults.push(row.at.fault("unknown-word", message));
        return;
    };
    let needed = match kind {
        ResourceType::Book | ResourceType::Article if row.author.is_none() => Some("an author"),
        ResourceType::Practice if row.steps == "[]" => Some("steps"),
        _ => None,
    };
    if let Some(needed) = needed {
        let message = format!("{} needs {needed}", row.key);
        faults.push(row.at.fault("resource", message));
    }
    if row.url.as_deref().is_some_and(|url| !is_address(url)) {
        let message = format!("the address of {} is not one of the web", row.key);
        faults.push(row.at.fault("address", message));
    }
}

/// True for what a browser can open; whether anybody answers there is not asked.
fn is_address(text: &str) -> bool {
    let web = |url: &Url| matches!(url.scheme(), "http" | "https") && url.has_host();
    Url::parse(text).is_ok_and(|url| web(&url))
}

/// Every competency has a category, and every assessment one for those who have no weak one.
fn reached(view: &View<'_>, faults: &mut Vec<Fault>) {
    let categories = || view.coaching.categories.iter();
    let about: HashSet<_> = categories()
        .flat_map(|row| ids_in(&row.competencies))
        .collect();
    for row in &view.coaching.competencies {
        if !about.contains(&row.id) {
            let message = format!("no category is about {}", row.display_name);
            faults.push(row.at.fault("no-category", message));
        }
    }
    for row in &view.coaching.assessments {
        let comes_next = |one: &Row<learning_path_category::Model>| {
            one.shown_when == ShownWhen::Next.as_str()
                && (&one.framework, one.level) == (&row.framework, row.level)
        };
        if !categories().any(comes_next) {
            let message = format!("no category says what comes after {}", row.key);
            faults.push(row.at.fault("no-category", message));
        }
    }
}
