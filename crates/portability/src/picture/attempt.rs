//! What one attempt at an assessment of coaching has reached, as bars.

use dreamtree_assessments::{CompetencyOutcome, Completed, Fraction, Outcome};
use dreamtree_content::Library;
use dreamtree_pictures::{Bar, Bars};

use super::day;
use crate::Error;

/// A bar for each competency of a completed attempt, in the order of the assessment, with its tier as tiers were then. Marks
/// stand where today's tiers begin.
pub(super) fn bars(library: &Library, completed: Completed<'_>) -> Result<Bars, Error> {
    let coaching = library.coaching();
    let attempt = completed.attempt();
    let assessment = coaching.assessment(attempt.assessment);
    let assessment = assessment.ok_or(dreamtree_assessments::Error::Behind)?;
    let outcome = Outcome::of(library, completed)?;
    let on = day(completed.completed_at().date());
    let (score, tier) = (completed.score().percent(), &outcome.tier.name);
    let tiers = coaching.tiers().iter();
    Ok(Bars {
        title: assessment.title.clone(),
        subtitle: format!("Attempt of {on}; {score} % of all, {tier}"),
        bars: outcome.competencies.iter().map(bar).collect(),
        limits: tiers
            .filter(|tier| tier.range.from > 0)
            .map(|tier| f64::from(tier.range.from) / 100.0)
            .collect(),
    })
}

fn bar(reached: &CompetencyOutcome<'_>) -> Bar {
    let Fraction { earned, possible } = reached.score;
    Bar {
        name: reached.competency.name.clone(),
        share: f64::from(earned) / f64::from(possible),
        note: reached.tier.name.clone(),
    }
}
