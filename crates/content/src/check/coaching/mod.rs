//! What can be published about coaching: every score has a tier, every tag its insights and an action, every competency its
//! questions and somewhere to go on.

mod assessments;
mod learning;
mod questions;
mod ranges;
mod tags;

use std::collections::HashMap;

use uuid::Uuid;

use super::ids::once;
use crate::{
    edition::{Coaching, Fault, Row},
    entity::{assessment, competency_display_name, skill_tag},
};

pub(super) fn check(coaching: &Coaching, faults: &mut Vec<Fault>) {
    ids(coaching, faults);
    let view = View::of(coaching);
    assessments::check(&view, faults);
    ranges::check(&view, faults);
    questions::check(&view, faults);
    tags::check(&view, faults);
    learning::check(&view, faults);
}

fn ids(coaching: &Coaching, faults: &mut Vec<Fault>) {
    let (rule, key) = ("duplicate-key", "the key");
    once(&coaching.assessments, faults, rule, key, |row| {
        Some(row.key.clone())
    });
    once(&coaching.tiers, faults, rule, key, |row| {
        Some(row.key.clone())
    });
    once(&coaching.competencies, faults, rule, key, |row| {
        Some(format!("{} of {}", row.competency_key, row.framework))
    });
    once(&coaching.questions, faults, rule, key, |row| {
        Some(row.key.clone())
    });
    once(&coaching.tags, faults, rule, key, |row| {
        Some(row.key.clone())
    });
    once(&coaching.categories, faults, rule, key, |row| {
        Some(row.key.clone())
    });
    once(&coaching.resources, faults, rule, key, |row| {
        Some(row.key.clone())
    });
    let rule = "leverage-range";
    once(&coaching.leverage, faults, rule, "the range", |row| {
        let (from, of) = (row.score_range_min, row.competency_id);
        Some(format!("from {from} of competency {of}"))
    });
}

/// An edition's rows by id, as the rules look at them.
struct View<'a> {
    coaching: &'a Coaching,
    assessments: HashMap<Uuid, &'a Row<assessment::Model>>,
    competencies: HashMap<Uuid, &'a Row<competency_display_name::Model>>,
    tags: HashMap<Uuid, &'a Row<skill_tag::Model>>,
}

impl<'a> View<'a> {
    fn of(coaching: &'a Coaching) -> Self {
        let assessments = coaching.assessments.iter();
        let competencies = coaching.competencies.iter();
        Self {
            coaching,
            assessments: assessments.map(|row| (row.id, row)).collect(),
            competencies: competencies.map(|row| (row.id, row)).collect(),
            tags: coaching.tags.iter().map(|row| (row.id, row)).collect(),
        }
    }

    /// Framework and level of the assessment that a competency belongs to.
    fn stage(&self, competency: Uuid) -> Option<(&'a str, i32)> {
        let competency = self.competencies.get(&competency)?;
        let assessment = self.assessments.get(&competency.assessment_id)?;
        Some((&assessment.framework, assessment.level))
    }
}

/// The ids of a JSON array that the reader of the file has written.
fn ids_in(json: &str) -> Vec<Uuid> {
    serde_json::from_str(json).unwrap_or_default()
}
