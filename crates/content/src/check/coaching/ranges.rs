//! Ranges of scores: half-open, without gap or overlap, open at the top.

use super::View;
use crate::edition::{Fault, Origin};

/// Where a range was written, where it begins and where it ends.
type Range<'a> = (&'a Origin, i32, Option<i32>);

pub(super) fn check(view: &View<'_>, faults: &mut Vec<Fault>) {
    let mut tiers: Vec<_> = view.coaching.tiers.iter().collect();
    tiers.sort_by_key(|row| row.from_percent);
    let ranges = tiers
        .iter()
        .map(|row| (&row.at, row.from_percent, row.below_percent));
    chain(ranges.collect(), 0, "tier-range", faults);
    for pair in tiers.windows(2) {
        let [lower, higher] = pair else { continue };
        if lower.is_passed && !higher.is_passed {
            let message = format!("{} is lower and passed already", lower.key);
            faults.push(higher.at.fault("tier-passed", message));
        }
    }
    for row in &view.coaching.assessments {
        if tiers.is_empty() {
            let message = "there is no tier that a score could fall into";
            faults.push(row.at.fault("tier-range", message));
        } else if row.requires_id.is_some() && tiers.iter().all(|tier| !tier.is_passed) {
            let message = "nothing can be passed, since no tier says so";
            faults.push(row.at.fault("tier-passed", message));
        }
    }
    let lowest = tiers.iter().find(|row| row.leverage);
    if let Some(lowest) = lowest {
        leverage(view, lowest.from_percent, faults);
    }
}

/// Each competency has a text for every score in a tier that shows one.
fn leverage(view: &View<'_>, from: i32, faults: &mut Vec<Fault>) {
    for competency in &view.coaching.competencies {
        let texts = view.coaching.leverage.iter();
        let mut ranges: Vec<Range<'_>> = texts
            .filter(|row| row.competency_id == competency.id)
            .map(|row| (&row.at, row.score_range_min, row.score_range_max))
            .collect();
        if ranges.is_empty() {
            let message = format!("{} has no leverage text", competency.display_name);
            faults.push(competency.at.fault("leverage-range", message));
        }
        ranges.sort_by_key(|(_, from, _)| *from);
        chain(ranges, from, "leverage-range", faults);
    }
}

/// Notes where ranges, sorted by their beginnings, do not join from `start` to the top.
fn chain(ranges: Vec<Range<'_>>, start: i32, rule: &'static str, faults: &mut Vec<Fault>) {
    let mut expected = Some(start);
    let mut last = None;
    for (at, from, below) in ranges {
        match expected {
            Some(expected) if expected == from => {}
            Some(expected) => {
                let message = format!("a range should begin at {expected}, and begins at {from}");
                faults.push(at.fault(rule, message));
            }
            None => {
                let message = "the range before it is open at the top already";
                faults.push(at.fault(rule, message));
            }
        }
        if below.is_some_and(|below| below <= from || below > 100) {
            let message = "a range ends behind its beginning, and at 100 at most";
            faults.push(at.fault(rule, message));
        }
        (expected, last) = (below, Some(at));
    }
    if let (Some(below), Some(at)) = (expected, last) {
        let message = format!("nothing holds scores from {below} on: the last range has no end");
        faults.push(at.fault(rule, message));
    }
}
