//! Questions that nothing leads up to.

use super::Warning;
use crate::{ContentKind, check::View, entity::stem};

/// The rule's name.
pub(super) const RULE: &str = "prompt-without-purpose";

/// Before a question or a tool stand a heading in its activity and an instruction in its exercise.
pub(super) fn check(view: &View<'_>, found: &mut Vec<Warning>) {
    let kind = |row: &stem::Model| {
        let block = view
            .blocks
            .get(&row.content_id?)
            .filter(|_| row.block_type == "content")?;
        ContentKind::parse(&block.content_type)
    };
    let (mut activity, mut exercise) = (None, None);
    let (mut headed, mut led) = (false, false);
    for row in &view.reading {
        let location = row.location();
        if exercise != Some(location.exercise_id()) {
            exercise = Some(location.exercise_id());
            led = false;
        }
        if activity != Some(location) {
            activity = Some(location);
            headed = false;
        }
        match kind(row) {
            Some(ContentKind::Heading) => headed = true,
            Some(ContentKind::Instruction) => led = true,
            Some(_) => {}
            None if headed && led => {}
            None => {
                let missing = if headed {
                    "an instruction in its exercise"
                } else {
                    "a heading in its activity"
                };
                found.push(Warning {
                    at: row.at.clone(),
                    rule: RULE,
                    id: row.id.to_string(),
                    message: format!("has no purpose yet: {missing} has to stand before it"),
                });
            }
        }
    }
}
