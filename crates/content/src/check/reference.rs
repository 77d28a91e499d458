//! Types, competencies, sources, and exercises that are named by their numbers.

use std::collections::HashSet;

use super::View;
use crate::edition::Fault;

pub(super) fn check(view: &View<'_>, faults: &mut Vec<Fault>) {
    types(view, faults);
    levels(view, faults);
    sources(view, faults);
    for tool in view.draft.tools.iter().filter(|tool| tool.is_active) {
        if let Some(exercise) = &tool.unlocks_at_exercise
            && !view.exercises.contains(exercise)
        {
            let message = format!(
                "there is no exercise {exercise} that could unlock {}",
                tool.name
            );
            faults.push(tool.at.fault("unknown-exercise", message));
        }
    }
}

fn types(view: &View<'_>, faults: &mut Vec<Fault>) {
    let mut codes = HashSet::new();
    for row in &view.draft.personality_types {
        let letters: Vec<char> = row.code.chars().collect();
        let pairs = [['E', 'I'], ['N', 'S'], ['F', 'T'], ['J', 'P']];
        let fits = letters.len() == 4
            && pairs
                .iter()
                .zip(&letters)
                .all(|(pair, letter)| pair.contains(letter));
        if fits {
            codes.insert(&row.code);
        } else {
            let message = format!("{:?} is no personality type", row.code);
            faults.push(row.at.fault("personality-code", message));
        }
    }
    if let Some(file) = &view.draft.sixteen
        && codes.len() != 16
    {
        let message = format!("there are {} of the sixteen types", codes.len());
        faults.push(file.fault("sixteen-types", message));
    }
}

fn levels(view: &View<'_>, faults: &mut Vec<Fault>) {
    let competencies: HashSet<_> = view
        .draft
        .competencies
        .iter()
        .map(|competency| competency.id)
        .collect();
    for level in &view.draft.competency_levels {
        if !competencies.contains(&level.competency_id) {
            let message = format!("level {} belongs to no competency", level.level);
            faults.push(level.at.fault("dangling-level", message));
        }
        if !(1..=5).contains(&level.level) {
            faults.push(level.at.fault("five-levels", "a level is 1 to 5"));
        }
    }
    for competency in &view.draft.competencies {
        let levels = view.draft.competency_levels.iter().filter(|level| {
            level.competency_id == competency.id && level.is_active == competency.is_active
        });
        let count = levels.count();
        if count != 5 {
            let message = format!("{} has {count} levels; there are five", competency.name);
            faults.push(competency.at.fault("five-levels", message));
        }
    }
}

fn sources(view: &View<'_>, faults: &mut Vec<Fault>) {
    let references: HashSet<_> = view
        .draft
        .references
        .iter()
        .filter(|reference| reference.is_active)
        .map(|reference| reference.id)
        .collect();
    for source in view
        .draft
        .content_sources
        .iter()
        .filter(|source| source.is_active)
    {
        if !view.exercises.contains(&source.exercise_id) {
            let message = format!("there is no exercise {}", source.exercise_id);
            faults.push(source.at.fault("unknown-exercise", message));
        }
        if !references.contains(&source.reference_id) {
            let message = format!("there is no reference {}", source.reference_id);
            faults.push(source.at.fault("unknown-reference", message));
        }
    }
}
