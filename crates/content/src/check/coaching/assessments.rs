//! Assessments and what comes before and after them.

use std::collections::HashSet;

use uuid::Uuid;

use super::View;
use crate::{
    coaching::{Difficulty, Framework},
    edition::{Fault, Row},
    entity::assessment,
};

pub(super) fn check(view: &View<'_>, faults: &mut Vec<Fault>) {
    for row in &view.coaching.assessments {
        if Framework::parse(&row.framework).is_none() {
            let (word, choices) = (&row.framework, Framework::choices());
            let message = format!("{word:?} is no framework; there are {choices}");
            faults.push(row.at.fault("unknown-word", message));
        }
        if Difficulty::parse(&row.difficulty).is_none() {
            let (word, choices) = (&row.difficulty, Difficulty::choices());
            let message = format!("{word:?} is no difficulty; there are {choices}");
            faults.push(row.at.fault("unknown-word", message));
        }
        if !(1..=3).contains(&row.level) {
            faults.push(row.at.fault("level", "a level is 1 to 3"));
        }
        if !(1..=240).contains(&row.minutes) {
            let message = "an assessment takes 1 to 240 minutes";
            faults.push(row.at.fault("minutes", message));
        }
        neighbours(view, row, faults);
    }
    stages(view, faults);
}

fn neighbours(view: &View<'_>, row: &Row<assessment::Model>, faults: &mut Vec<Fault>) {
    for (name, id) in [("next", row.next_id), ("requires", row.requires_id)] {
        if id.is_some_and(|id| !view.assessments.contains_key(&id)) {
            let message = format!("{name} names no assessment");
            faults.push(row.at.fault("unknown-assessment", message));
        }
    }
    let mut passed: HashSet<Uuid> = HashSet::from([row.id]);
    let mut before = row.requires_id;
    while let Some(id) = before {
        if !passed.insert(id) {
            let message = "requires leads back to itself";
            faults.push(row.at.fault("circle", message));
            break;
        }
        before = view.assessments.get(&id).and_then(|row| row.requires_id);
    }
}

/// Tags and learning paths are found by framework and level, so there is one assessment for each.
fn stages(view: &View<'_>, faults: &mut Vec<Fault>) {
    let mut seen = HashSet::new();
    for row in &view.coaching.assessments {
        if !seen.insert((&row.framework, row.level)) {
            let message = format!(
                "there is another assessment of level {} of {}",
                row.level, row.framework
            );
            faults.push(row.at.fault("duplicate-level", message));
        }
    }
}
