//! The result of a completed attempt.

use async_graphql::SimpleObject;
use dreamtree_api::{Answer, Gid, Plain};
use dreamtree_content::{Library, coaching::AssessmentId};
use time::OffsetDateTime;

use super::{
    assessment::{CoachingCompetency, Tier},
    learning::LearningCategory,
    question::{ReviewedQuestion, SkillTag},
    words::InsightType,
};
use crate::{Completed, Insight, Outcome, outcome};

/// What a completed attempt has reached. `docs/coaching.md` explains how it is computed.
#[derive(Clone, Debug, SimpleObject, Plain)]
pub struct AttemptResult {
    /// 0 to 100, rounded; to be shown.
    pub percentage: i32,
    /// The weights of the questions that were answered well.
    pub earned: i32,
    /// The weights of all questions; the exact score is `earned` / `possible`.
    pub possible: i32,
    /// How the score is read.
    pub tier: Tier,
    /// True when it is enough for what requires the assessment.
    pub passed: bool,
    /// When the attempt was completed.
    pub completed_at: OffsetDateTime,
    /// Seconds, over the answers that came with a time; null when none did.
    pub time_spent: Option<i32>,
    /// Each competency, in the order of the assessment.
    pub competencies: Vec<CompetencyOutcome>,
    /// What is said about each tag that was tested, what was missed first.
    pub insights: Vec<SkillInsight>,
    /// Where to go on: categories about the competencies to work on, or what comes next where there is none.
    pub learning_path: Vec<LearningCategory>,
    /// The assessment to take next.
    pub next: Option<Gid<AssessmentId>>,
    /// Each question with what was right about it.
    pub review: Vec<ReviewedQuestion>,
}

/// How a competency stands after an attempt.
#[derive(Clone, Debug, SimpleObject, Plain)]
pub struct CompetencyOutcome {
    /// The competency.
    pub competency: CoachingCompetency,
    /// 0 to 100, rounded; to be shown.
    pub percentage: i32,
    /// The weights of its questions that were answered well.
    pub earned: i32,
    /// The weights of all its questions.
    pub possible: i32,
    /// How the score is read.
    pub tier: Tier,
    /// What can be made of it; null where it is not a strength.
    pub leverage: Option<String>,
}

/// What is said about a tag, by the questions that were missed.
#[derive(Clone, Debug, SimpleObject, Plain)]
pub struct SkillInsight {
    /// What was tested.
    pub tag: SkillTag,
    /// Whether a question was missed or all went well.
    pub kind: InsightType,
    /// What is said.
    pub text: String,
    /// One thing to do; null where all went well.
    pub action: Option<String>,
    /// The places of the questions that decided it: those that were missed, or all.
    pub positions: Vec<i32>,
}

impl AttemptResult {
    pub(super) fn new(library: &Library, completed: Completed<'_>) -> Answer<Self> {
        let coaching = library.coaching();
        let outcome = Outcome::of(library, completed)?;
        let score = completed.score();
        let path = outcome.learning_path.iter();
        let review = outcome.review.iter();
        let insight = |insight: &Insight<'_>| SkillInsight {
            tag: SkillTag::new(coaching, insight.tag),
            kind: insight.kind.into(),
            text: insight.text().to_owned(),
            action: insight.action().map(ToOwned::to_owned),
            positions: insight.positions.clone(),
        };
        Ok(Self {
            percentage: score.percent(),
            earned: score.earned,
            possible: score.possible,
            tier: Tier::from(outcome.tier),
            passed: completed.passed(),
            completed_at: completed.completed_at(),
            time_spent: completed.time_spent(),
            competencies: outcome
                .competencies
                .iter()
                .map(CompetencyOutcome::from)
                .collect(),
            insights: outcome.insights.iter().map(insight).collect(),
            learning_path: path
                .map(|category| LearningCategory::new(coaching, category))
                .collect(),
            next: outcome.next.map(|next| Gid(next.id)),
            review: review
                .map(|question| ReviewedQuestion::new(coaching, question))
                .collect(),
        })
    }
}

impl From<&outcome::CompetencyOutcome<'_>> for CompetencyOutcome {
    fn from(known: &outcome::CompetencyOutcome<'_>) -> Self {
        Self {
            competency: CoachingCompetency::from(known.competency),
            percentage: known.score.percent(),
            earned: known.score.earned,
            possible: known.score.possible,
            tier: Tier::from(known.tier),
            leverage: known.leverage.map(ToOwned::to_owned),
        }
    }
}
