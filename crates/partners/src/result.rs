//! The result of a subject's self-assessment, as a partner reads it.

use dreamtree_assessments::{Average, CompetencyResult, Score};
use dreamtree_content::{Competency, Library};
use dreamtree_types::Instant;

use crate::Subject;

/// A score, and where it stands among all scores of the person.
#[derive(Clone, Debug)]
pub struct Rated<'a> {
    /// What was rated.
    pub competency: &'a Competency,
    /// The score.
    pub score: Score,
    /// Where it stands.
    pub standing: dreamtree_assessments::Standing,
}

impl Subject {
    /// What follows from the scores that may be read; `None` where there are none.
    #[must_use]
    pub fn result(&self, library: &Library, now: Instant) -> Option<CompetencyResult> {
        CompetencyResult::of(library.competencies(), &self.scores, now)
    }

    /// The scores that count, in the order of the competencies.
    pub fn rated<'a>(
        &'a self,
        library: &'a Library,
        overall: Average,
    ) -> impl Iterator<Item = Rated<'a>> {
        library.competencies().iter().filter_map(move |competency| {
            let mut scores = self.scores.iter();
            let score = scores.find(|score| score.competency == competency.id)?;
            Some(Rated {
                competency,
                score: *score,
                standing: overall.standing(score.score),
            })
        })
    }
}
