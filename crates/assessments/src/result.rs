//! What follows from a person's scores. Nothing here reads or writes.

use dreamtree_content::{Competency, CompetencyCategory};
use dreamtree_types::Instant;
use time::Duration;

use crate::{
    average::{Average, Standing},
    score::Score,
};

/// What follows from a person's scores.
#[derive(Clone, Debug, PartialEq)]
pub struct CompetencyResult {
    /// Over all competencies that have a score.
    pub overall: Average,
    /// How many competencies there are.
    pub total: usize,
    /// Each group of competencies, in the order of the documentation.
    pub categories: Vec<CategoryResult>,
    /// Where the person stands out, highest first.
    pub strengths: Vec<Score>,
    /// Where both rules hold, in the order of the competencies.
    pub balanced: Vec<Score>,
    /// What to work on, lowest first.
    pub improvements: Vec<Score>,
    /// When the latest of the scores was given.
    pub assessed_at: Instant,
    /// A year after the oldest of the scores was given.
    pub reassessment_due_at: Instant,
    /// True once that instant has passed.
    pub reassessment_due: bool,
}

/// What follows from the scores in one group of competencies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CategoryResult {
    /// The group.
    pub category: CompetencyCategory,
    /// Over the competencies of the group that have a score; `None` when none has.
    pub average: Option<Average>,
    /// How many competencies the group has.
    pub total: usize,
}

impl CompetencyResult {
    /// The result as of `now`; `None` before the first score. Scores of competencies that there are
    /// no longer do not count.
    #[must_use]
    pub fn of(competencies: &[Competency], scores: &[Score], now: Instant) -> Option<Self> {
        let score_of = |one: &Competency| scores.iter().find(|score| score.competency == one.id);
        let given: Vec<Score> = competencies.iter().filter_map(score_of).copied().collect();
        let overall = Average::of(given.iter().map(|score| score.score))?;
        let categories = CompetencyCategory::ALL
            .iter()
            .map(|&category| {
                let members = || {
                    competencies
                        .iter()
                        .filter(move |one| one.category == category)
                };
                let average = Average::of(members().filter_map(score_of).map(|score| score.score));
                CategoryResult {
                    category,
                    average,
                    total: members().count(),
                }
            })
            .collect();
        let oldest = given.iter().map(|score| score.assessed_at).min()?;
        let latest = given.iter().map(|score| score.assessed_at).max()?;
        let reassessment_due_at = a_year_after(oldest);
        let standing = |wanted: Standing| -> Vec<Score> {
            let stands = |score: &&Score| overall.standing(score.score) == wanted;
            given.iter().filter(stands).copied().collect()
        };
        let mut strengths = standing(Standing::Strength);
        strengths.sort_by_key(|score| -score.score);
        let mut improvements = standing(Standing::Improvement);
        improvements.sort_by_key(|score| score.score);
        Some(Self {
            overall,
            total: competencies.len(),
            categories,
            strengths,
            balanced: standing(Standing::Balanced),
            improvements,
            assessed_at: latest,
            reassessment_due_at,
            reassessment_due: reassessment_due_at < now,
        })
    }

    /// True when every competency has a score.
    #[must_use]
    pub fn complete(&self) -> bool {
        usize::try_from(self.overall.count()) == Ok(self.total)
    }
}

/// The same day and time of the next calendar year; 1 March for 29 February.
fn a_year_after(instant: Instant) -> Instant {
    instant
        .replace_year(instant.year() + 1)
        .unwrap_or_else(|_| instant.saturating_add(Duration::days(366)))
}

#[cfg(test)]
mod tests {
    use dreamtree_content::CompetencyId;
    use time::macros::datetime;

    use super::*;

    const AT: Instant = datetime!(2025-06-01 12:00 UTC);

    /// Six, five and four of the three categories, as in the workbook.
    fn competencies() -> Vec<Competency> {
        let competency = |category| Competency {
            id: CompetencyId::new(),
            name: "A competency".to_owned(),
            definition: String::new(),
            category,
            sort_order: 0,
            relevant_modules: Vec::new(),
            levels: Vec::new(),
        };
        let categories = CompetencyCategory::ALL.iter().copied().zip([6, 5, 4]);
        categories
            .flat_map(|(category, count)| vec![category; count])
            .map(competency)
            .collect()
    }

    fn scores(competencies: &[Competency], scores: &[i32]) -> Vec<Score> {
        let score = |(one, &score): (&Competency, &i32)| Score {
            competency: one.id,
            score,
            assessed_at: AT,
        };
        competencies.iter().zip(scores).map(score).collect()
    }

    fn points(scores: &[Score]) -> Vec<i32> {
        scores.iter().map(|score| score.score).collect()
    }

    /// The example of `docs/competencies.md`: 49 / 15 = 3.27, thresholds ⌊3.57⌋ = 3 and ⌊2.97⌋ = 2.
    #[test]
    fn the_documented_example_comes_out() {
        let known = competencies();
        let given = [4, 4, 3, 5, 3, 2, 3, 4, 3, 2, 3, 4, 2, 4, 3];
        let result = CompetencyResult::of(&known, &scores(&known, &given), AT).unwrap();
        assert!((result.overall.rounded() - 3.27).abs() < 1e-9);
        let averages: Vec<_> = result
            .categories
            .iter()
            .map(|one| one.average.map(Average::rounded))
            .collect();
        assert_eq!(averages, [Some(3.5), Some(3.0), Some(3.25)]);
        assert_eq!(
            points(&result.strengths),
            [5, 4, 4, 4, 4, 4, 3, 3, 3, 3, 3, 3]
        );
        assert_eq!(points(&result.improvements), [2, 2, 2]);
        assert!(result.balanced.is_empty());
        assert!(result.complete());
    }

    /// One more point: 50 / 15 = 3.33, both thresholds are 3.
    #[test]
    fn what_is_strength_and_improvement_at_once_is_balanced() {
        let known = competencies();
        let given = [4, 4, 4, 5, 3, 2, 3, 4, 3, 2, 3, 4, 2, 4, 3];
        let result = CompetencyResult::of(&known, &scores(&known, &given), AT).unwrap();
        assert_eq!(points(&result.strengths), [5, 4, 4, 4, 4, 4, 4]);
        assert_eq!(points(&result.balanced), [3, 3, 3, 3, 3]);
        assert_eq!(points(&result.improvements), [2, 2, 2]);
    }

    #[test]
    fn a_few_scores_make_a_result_that_is_not_complete() {
        let known = competencies();
        assert_eq!(CompetencyResult::of(&known, &[], AT), None);
        let result = CompetencyResult::of(&known, &scores(&known, &[2, 5]), AT).unwrap();
        assert!(!result.complete());
        assert_eq!((result.overall.count(), result.total), (2, 15));
        assert_eq!(result.categories[1].average, None);
        assert_eq!(result.categories[1].total, 5);
    }

    #[test]
    fn scores_of_retired_competencies_do_not_count() {
        let known = competencies();
        let given = scores(&known, &[1, 5]);
        let result = CompetencyResult::of(&known[1..], &given, AT).unwrap();
        assert!((result.overall.rounded() - 5.0).abs() < 1e-9);
    }

    #[test]
    fn the_oldest_score_decides_when_to_assess_again() {
        let known = competencies();
        let mut given = scores(&known, &[3, 3]);
        given[1].assessed_at = datetime!(2025-09-01 12:00 UTC);
        let as_of = |now| CompetencyResult::of(&known, &given, now).unwrap();
        let due_at = datetime!(2026-06-01 12:00 UTC);
        assert_eq!(as_of(due_at).reassessment_due_at, due_at);
        assert_eq!(as_of(due_at).assessed_at, given[1].assessed_at);
        assert!(!as_of(due_at).reassessment_due);
        assert!(as_of(due_at + Duration::MICROSECOND).reassessment_due);
    }

    #[test]
    fn a_year_is_a_calendar_year() {
        let across_a_leap_day = a_year_after(datetime!(2023-06-01 12:00 UTC));
        assert_eq!(across_a_leap_day, datetime!(2024-06-01 12:00 UTC));
        let from_a_leap_day = a_year_after(datetime!(2024-02-29 12:00 UTC));
        assert_eq!(from_a_leap_day, datetime!(2025-03-01 12:00 UTC));
    }
}
