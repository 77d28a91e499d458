//! Questions: four options, one of them the best, and tags that fit.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use super::{View, ids_in};
use crate::{
    coaching::{Choice, ChoiceKey},
    edition::{Fault, Row},
    entity::assessment_question_version::Model,
};

/// The most tags of a question.
const TAGS: usize = 3;

pub(super) fn check(view: &View<'_>, faults: &mut Vec<Fault>) {
    for row in &view.coaching.versions {
        if !(1..=10).contains(&row.difficulty_weight) {
            faults.push(row.at.fault("weight", "a weight is 1 to 10"));
        }
        options(row, faults);
        belongs(view, row, faults);
    }
    asked(view, faults);
}

fn options(row: &Row<Model>, faults: &mut Vec<Fault>) {
    let mut fault = |message: String| faults.push(row.at.fault("options", message));
    let choices = serde_json::from_str::<Vec<Choice>>(&row.options).unwrap_or_default();
    let keys: Vec<ChoiceKey> = choices.iter().map(|one| one.key).collect();
    if keys != ChoiceKey::ALL {
        fault("there are four options: a, b, c, d, in this order".to_owned());
        return;
    }
    let texts: BTreeSet<&str> = choices.iter().map(|one| one.text.trim()).collect();
    if texts.len() != keys.len() || texts.contains("") {
        fault("two options say the same, or one says nothing".to_owned());
    }
    let Some(correct) = ChoiceKey::parse(&row.correct_answer) else {
        let message = format!("{:?} is none of a, b, c, d", row.correct_answer);
        faults.push(row.at.fault("correct-answer", message));
        return;
    };
    let weaker = serde_json::from_str::<BTreeMap<ChoiceKey, String>>(&row.weaker);
    let said: Vec<ChoiceKey> = weaker.unwrap_or_default().into_keys().collect();
    let others: Vec<ChoiceKey> = keys.into_iter().filter(|key| *key != correct).collect();
    if said != others {
        fault("weaker has a sentence for each option but the best".to_owned());
    }
}

/// A question is about a competency of its assessment, and its tags are about the same.
fn belongs(view: &View<'_>, row: &Row<Model>, faults: &mut Vec<Fault>) {
    let competency = view.competencies.get(&row.competency_id);
    let question = view
        .coaching
        .questions
        .iter()
        .find(|one| one.id == row.question_id);
    let home = question.map(|one| one.assessment_id);
    let Some(competency) = competency.filter(|one| Some(one.assessment_id) == home) else {
        let message = "competency names none of this assessment";
        faults.push(row.at.fault("unknown-competency", message));
        return;
    };
    let tags = ids_in(&row.tags);
    let distinct: HashSet<_> = tags.iter().collect();
    if !(1..=TAGS).contains(&tags.len()) || distinct.len() != tags.len() {
        let message = format!("a question has 1 to {TAGS} different tags");
        faults.push(row.at.fault("tags", message));
    }
    for id in tags {
        let Some(tag) = view.tags.get(&id) else {
            let message = "one of the tags is not in skill-tags.toml";
            faults.push(row.at.fault("unknown-tag", message));
            continue;
        };
        let same_stage = view.stage(competency.id) == Some((&tag.framework, tag.level));
        if !same_stage || !ids_in(&tag.competencies).contains(&competency.id) {
            let message = format!("the tag {} is about another competency or level", tag.key);
            faults.push(row.at.fault("tag-elsewhere", message));
        }
    }
}

/// Every competency has a question that is served, and so has every tag.
fn asked(view: &View<'_>, faults: &mut Vec<Fault>) {
    let served = || view.coaching.versions.iter().filter(|row| row.is_active);
    let competencies: HashSet<_> = served().map(|row| row.competency_id).collect();
    for row in &view.coaching.competencies {
        if !competencies.contains(&row.id) {
            let message = format!("no question is about {}", row.display_name);
            faults.push(row.at.fault("no-question", message));
        }
    }
    let tags: HashSet<_> = served().flat_map(|row| ids_in(&row.tags)).collect();
    for row in &view.coaching.tags {
        if !tags.contains(&row.id) {
            let message = format!("no question tests {}", row.key);
            faults.push(row.at.fault("no-question", message));
        }
    }
    for row in &view.coaching.assessments {
        let own = |id| view.competencies.get(&id).map(|one| one.assessment_id);
        if !competencies.iter().any(|id| own(*id) == Some(row.id)) {
            let message = format!("{} has no questions", row.key);
            faults.push(row.at.fault("no-question", message));
        }
    }
}
