//! What can be taken, and how its scores are read.

use async_graphql::SimpleObject;
use dreamtree_api::{Gid, Plain};
use dreamtree_content::coaching::{self, AssessmentId, Coaching, CompetencyId, TierId};

use super::words::{Difficulty, Framework};
use crate::{AttemptId, Taken, attempt};

/// An assessment: questions about scenes of coaching, of which each has a best answer.
#[derive(Clone, Debug, SimpleObject, Plain)]
pub struct Assessment {
    /// Stable for as long as the content keeps the assessment.
    pub id: Gid<AssessmentId>,
    /// The authors' name for it, such as `core-1`.
    pub key: String,
    /// Whose competencies it goes by.
    pub framework: Framework,
    /// 1 to 3.
    pub level: i32,
    /// As people see it.
    pub title: String,
    /// One paragraph.
    pub description: String,
    /// How demanding it is.
    pub difficulty: Difficulty,
    /// How long it takes, about.
    pub minutes: i32,
    /// How many questions a new attempt has.
    pub question_count: usize,
    /// What it is about.
    pub competencies: Vec<CoachingCompetency>,
    /// The assessment that has to be passed before it.
    pub requires: Option<Gid<AssessmentId>>,
    /// The one to take after it.
    pub next: Option<Gid<AssessmentId>>,
}

/// What an assessment is about.
#[derive(Clone, Debug, SimpleObject, Plain)]
pub struct CoachingCompetency {
    /// Stable for as long as the content keeps the competency.
    pub id: Gid<CompetencyId>,
    /// Whose competency it is.
    pub framework: Framework,
    /// As people see it.
    pub name: String,
    /// One paragraph.
    pub definition: String,
}

/// How a score is read. Tiers follow each other without a gap.
#[derive(Clone, Debug, SimpleObject, Plain)]
pub struct Tier {
    /// Stable for as long as the content keeps the tier.
    pub id: Gid<TierId>,
    /// The authors' name for it, such as `strength`.
    pub key: String,
    /// As people see it.
    pub name: String,
    /// In percent; included. Exact scores are compared, not rounded ones.
    pub from_percent: i32,
    /// In percent; not included. Null for the highest tier, which takes in 100.
    pub below_percent: Option<i32>,
    /// True when an assessment is passed with such a score.
    pub passed: bool,
    /// What such a score in one competency means.
    pub message: String,
    /// What such a score in the whole assessment means.
    pub overall: String,
}

/// An assessment, and how the caller stands with it.
#[derive(Clone, Debug, SimpleObject, Plain)]
pub struct AssessmentEntry {
    /// The assessment.
    pub assessment: Assessment,
    /// How the caller stands with it; null without a session.
    pub mine: Option<AssessmentStanding>,
}

/// How the caller stands with an assessment.
#[derive(Clone, Debug, SimpleObject, Plain)]
pub struct AssessmentStanding {
    /// False while the assessment before it has to be passed first.
    pub unlocked: bool,
    /// True once it was passed, whatever came later.
    pub passed: bool,
    /// The attempt that can be taken up again.
    pub open_attempt: Option<Gid<AttemptId>>,
    /// The attempt that was completed last.
    pub latest_attempt: Option<Gid<AttemptId>>,
    /// How many attempts were completed.
    pub completed: usize,
    /// The score of the last one in percent, rounded.
    pub latest_percentage: Option<i32>,
    /// The highest score in percent, rounded.
    pub best_percentage: Option<i32>,
}

impl Assessment {
    pub(super) fn new(coaching: &Coaching, known: &coaching::Assessment) -> Self {
        let competency = |id: &CompetencyId| coaching.competency(*id);
        let competencies = known.competencies.iter().filter_map(competency);
        Self {
            id: Gid(known.id),
            key: known.key.clone(),
            framework: known.framework.into(),
            level: known.level,
            title: known.title.clone(),
            description: known.description.clone(),
            difficulty: known.difficulty.into(),
            minutes: known.minutes,
            question_count: known.served.len(),
            competencies: competencies.map(CoachingCompetency::from).collect(),
            requires: known.requires.map(Gid),
            next: known.next.map(Gid),
        }
    }
}

impl From<&coaching::Competency> for CoachingCompetency {
    fn from(known: &coaching::Competency) -> Self {
        Self {
            id: Gid(known.id),
            framework: known.framework.into(),
            name: known.name.clone(),
            definition: known.definition.clone(),
        }
    }
}

impl From<&coaching::Tier> for Tier {
    fn from(known: &coaching::Tier) -> Self {
        Self {
            id: Gid(known.id),
            key: known.key.clone(),
            name: known.name.clone(),
            from_percent: known.range.from,
            below_percent: known.range.below,
            passed: known.passed,
            message: known.message.clone(),
            overall: known.overall.clone(),
        }
    }
}

impl AssessmentEntry {
    pub(super) fn new(
        coaching: &Coaching,
        known: &coaching::Assessment,
        taken: Option<&Taken>,
    ) -> Self {
        Self {
            assessment: Assessment::new(coaching, known),
            mine: taken.map(|taken| AssessmentStanding::from(taken.standing(known))),
        }
    }
}

impl From<attempt::Standing> for AssessmentStanding {
    fn from(standing: attempt::Standing) -> Self {
        let scores = standing.scores;
        Self {
            unlocked: standing.unlocked,
            passed: standing.passed,
            open_attempt: standing.open.map(Gid),
            latest_attempt: standing.latest.map(Gid),
            completed: scores.map_or(0, |scores| scores.count),
            latest_percentage: scores.map(|scores| scores.latest.percent()),
            best_percentage: scores.map(|scores| scores.best.percent()),
        }
    }
}
