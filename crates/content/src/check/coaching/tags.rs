//! Skill tags: both insights and an action each, and competencies of their own framework and level.

use std::collections::HashSet;

use super::{View, ids_in};
use crate::{
    coaching::{Framework, InsightType},
    edition::Fault,
};

pub(super) fn check(view: &View<'_>, faults: &mut Vec<Fault>) {
    let insights = view.coaching.insights.iter();
    let said: HashSet<_> = insights
        .map(|row| (row.skill_tag_id, row.insight_type.as_str()))
        .collect();
    let actions = view.coaching.actions.iter();
    let done: HashSet<_> = actions.map(|row| row.skill_tag_id).collect();
    for row in &view.coaching.tags {
        if Framework::parse(&row.framework).is_none() {
            let (word, choices) = (&row.framework, Framework::choices());
            let message = format!("{word:?} is no framework; there are {choices}");
            faults.push(row.at.fault("unknown-word", message));
        }
        for kind in InsightType::ALL {
            if !said.contains(&(row.id, kind.as_str())) {
                let message = format!("{} has no {} insight", row.key, kind.as_str());
                faults.push(row.at.fault("tag-insights", message));
            }
        }
        if !done.contains(&row.id) {
            let message = format!("{} has no action", row.key);
            faults.push(row.at.fault("tag-action", message));
        }
        let competencies = ids_in(&row.competencies);
        let stage = Some((row.framework.as_str(), row.level));
        if competencies.is_empty() || competencies.iter().any(|id| view.stage(*id) != stage) {
            let message = format!(
                "{} needs competencies of level {} of {}, and no others",
                row.key, row.level, row.framework
            );
            faults.push(row.at.fault("unknown-competency", message));
        }
    }
}
