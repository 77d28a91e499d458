//! What a connection carries, counted, and its figures summed up.

use dreamtree_types::Private;
use serde::{Deserialize, Serialize};

use super::{Carried, Found};
use crate::{
    Value,
    tool::{ToolData, record::FieldValue},
};

/// How many there are, and what their figures come to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Aggregate {
    /// How many passed the filter.
    pub count: usize,
    /// Of each measure that at least one of them has.
    pub figures: Vec<Figure>,
}

/// What the figures of one measure come to.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Figure {
    /// What was measured.
    pub measure: Measure,
    /// How many have a figure.
    pub count: usize,
    /// The lowest.
    pub min: i32,
    /// The sum divided by the count.
    pub mean: f64,
    /// The highest.
    pub max: i32,
}

/// What can be measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Measure {
    /// The answer itself, or numbers that were filled in.
    Number,
    /// How well skills are mastered; 1 to 5.
    Mastery,
    /// How much energy activities gave; −2 to 2.
    Energy,
    /// How absorbed the person was; 1 to 5.
    Focus,
    /// Scores of competencies; 1 to 5.
    Score,
    /// How well career options fit; 1 to 5, as the following.
    Coherence,
    /// How well they serve the needs of work.
    WorkNeeds,
    /// How well they serve the needs of life.
    LifeNeeds,
    /// How much about them is unknown.
    Unknowns,
}

/// The same, counted.
pub(super) fn of(mut found: Found) -> Found {
    found.offer.data = found
        .offer
        .data
        .map(|data| Carried::Aggregate(count(&data)));
    found
}

fn count(data: &Carried) -> Aggregate {
    let (count, figures) = match data {
        Carried::Value(Value::Number(number)) => {
            (1, vec![figure(Measure::Number, [Some(*number)])])
        }
        Carried::Value(Value::Tool(ToolData::List(list))) => (list.items.len(), Vec::new()),
        Carried::Value(Value::Tool(ToolData::Ranking(ranking))) => {
            (ranking.items.len(), Vec::new())
        }
        Carried::Value(Value::Tool(ToolData::Skills(skills))) => {
            let mastery = skills.skills.iter().map(|one| one.mastery);
            (skills.skills.len(), vec![figure(Measure::Mastery, mastery)])
        }
        Carried::Value(Value::Tool(ToolData::Flow(flow))) => {
            let entries = || flow.entries.iter().map(|(_, entry)| entry);
            let energy = figure(Measure::Energy, entries().map(|one| Some(one.energy)));
            let focus = figure(Measure::Focus, entries().map(|one| Some(one.focus)));
            (flow.entries.len(), vec![energy, focus])
        }
        Carried::Value(Value::Tool(ToolData::Buckets(buckets))) => {
            let skills = buckets.buckets.iter().map(|bucket| bucket.skills.len());
            (skills.sum(), Vec::new())
        }
        Carried::Value(Value::Tool(ToolData::Record(record))) => {
            let fields = record.entries.iter().flat_map(|entry| &entry.fields);
            let numbers = fields.map(|field| match field.value {
                Private::Open(FieldValue::Number(number)) => Some(number),
                _ => None,
            });
            (record.entries.len(), vec![figure(Measure::Number, numbers)])
        }
        Carried::Competencies(rated) => {
            let scores = rated.iter().map(|one| Some(one.score));
            (rated.len(), vec![figure(Measure::Score, scores)])
        }
        Carried::CareerOptions(options) => {
            let of = |measure, score: fn(&_) -> _| figure(measure, options.iter().map(score));
            let figures = vec![
                of(Measure::Coherence, |one: &crate::career::CareerOption| {
                    one.coherence
                }),
                of(Measure::WorkNeeds, |one| one.work_needs),
                of(Measure::LifeNeeds, |one| one.life_needs),
                of(Measure::Unknowns, |one| one.unknowns),
            ];
            (options.len(), figures)
        }
        other => (len(other), Vec::new()),
    };
    Aggregate {
        count,
        figures: figures.into_iter().flatten().collect(),
    }
}

/// How many there are of what has no figures.
const fn len(data: &Carried) -> usize {
    match data {
        Carried::Stories(all) => all.len(),
        Carried::Experiences(all) => all.len(),
        Carried::Milestones(all) => all.len(),
        Carried::Locations(all) => all.len(),
        Carried::Companies(all) => all.len(),
        Carried::Contacts(all) => all.len(),
        Carried::Jobs(all) => all.len(),
        Carried::Ideas(all) => all.len(),
        Carried::SkillChoices(all) => all.len(),
        _ => 1,
    }
}

/// What these figures come to; `None` of none.
fn figure(measure: Measure, figures: impl IntoIterator<Item = Option<i32>>) -> Option<Figure> {
    let figures: Vec<i32> = figures.into_iter().flatten().collect();
    let sum: f64 = figures.iter().map(|figure| f64::from(*figure)).sum();
    let count = u32::try_from(figures.len()).ok()?;
    Some(Figure {
        measure,
        count: figures.len(),
        min: *figures.iter().min()?,
        mean: sum / f64::from(count),
        max: *figures.iter().max()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_come_to_their_bounds_and_their_mean() {
        let figure = figure(Measure::Energy, [Some(-2), None, Some(1), Some(2)]).unwrap();
        assert_eq!((figure.count, figure.min, figure.max), (3, -2, 2));
        assert!((figure.mean - 1.0 / 3.0).abs() < 1e-9);
    }

    #[test]
    fn no_figures_come_to_nothing() {
        assert_eq!(figure(Measure::Score, []), None);
        assert_eq!(figure(Measure::Mastery, [None]), None);
    }
}
