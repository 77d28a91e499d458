//! Questions, before and after. What is right is in `ReviewedQuestion` alone, and that is made of what follows from a
//! completed attempt and of nothing else.

use async_graphql::SimpleObject;
use dreamtree_api::{Gid, Plain};
use dreamtree_content::coaching::{self, Coaching, QuestionId, TagId, VersionId};

use super::{assessment::CoachingCompetency, words::ChoiceKey};
use crate::Review;

/// What is asked. It has no field for what is right.
#[derive(Clone, Debug, SimpleObject, Plain)]
pub struct Question {
    /// Stable, whatever its wording; what `answerQuestions` takes.
    pub id: Gid<QuestionId>,
    /// The wording, which is that of the attempt's beginning for as long as there is the attempt.
    pub version: Gid<VersionId>,
    /// What it tests.
    pub competency: Option<CoachingCompetency>,
    /// The scene and what is asked about it.
    pub text: String,
    /// Four things to choose from.
    pub choices: Vec<QuestionChoice>,
}

/// One of the things to choose from.
#[derive(Clone, Debug, SimpleObject, Plain)]
pub struct QuestionChoice {
    /// What `answerQuestions` takes.
    pub key: ChoiceKey,
    /// What it says.
    pub text: String,
}

/// A question of a completed attempt, with what was right about it.
#[derive(Clone, Debug, SimpleObject, Plain)]
pub struct ReviewedQuestion {
    /// The place in the attempt, from 1.
    pub position: i32,
    /// What was asked.
    pub question: Question,
    /// How much it counts, 1 to 10.
    pub weight: i32,
    /// What was chosen; null without an answer.
    pub choice: Option<ChoiceKey>,
    /// What was best.
    pub best: ChoiceKey,
    /// True when both are the same.
    pub correct: bool,
    /// Why it was best.
    pub explanation: String,
    /// What speaks against each of the others.
    pub weaker: Vec<WeakerChoice>,
    /// What the question tests, seen more closely.
    pub tags: Vec<SkillTag>,
    /// How long the answer took, in seconds.
    pub response_time: Option<i32>,
}

/// What speaks against a choice.
#[derive(Clone, Debug, SimpleObject, Plain)]
pub struct WeakerChoice {
    /// The choice.
    pub key: ChoiceKey,
    /// What it would have done.
    pub text: String,
}

/// What questions test, seen more closely than a competency.
#[derive(Clone, Debug, SimpleObject, Plain)]
pub struct SkillTag {
    /// Stable for as long as the content keeps the tag.
    pub id: Gid<TagId>,
    /// As people see it.
    pub name: String,
    /// The competencies that it belongs to.
    pub competencies: Vec<CoachingCompetency>,
}

impl Question {
    pub(super) fn new(coaching: &Coaching, known: &coaching::Question) -> Self {
        let choice = |choice: &coaching::Choice| QuestionChoice {
            key: choice.key.into(),
            text: choice.text.clone(),
        };
        let competency = coaching.competency(known.competency);
        Self {
            id: Gid(known.id),
            version: Gid(known.version),
            competency: competency.map(CoachingCompetency::from),
            text: known.text.clone(),
            choices: known.choices.iter().map(choice).collect(),
        }
    }
}

impl ReviewedQuestion {
    pub(super) fn new(coaching: &Coaching, review: &Review<'_>) -> Self {
        let weaker = review.key.weaker.iter().map(|(key, text)| WeakerChoice {
            key: (*key).into(),
            text: text.clone(),
        });
        let tags = review.tags.iter().map(|tag| SkillTag::new(coaching, tag));
        Self {
            position: review.served.position,
            question: Question::new(coaching, review.question),
            weight: review.question.weight,
            choice: review.served.choice.map(ChoiceKey::from),
            best: review.key.correct.into(),
            correct: review.correct,
            explanation: review.key.explanation.clone(),
            weaker: weaker.collect(),
            tags: tags.collect(),
            response_time: review.served.response_time,
        }
    }
}

impl SkillTag {
    pub(super) fn new(coaching: &Coaching, known: &coaching::SkillTag) -> Self {
        let competencies = known.competencies.iter();
        let competencies = competencies.filter_map(|id| coaching.competency(*id));
        Self {
            id: Gid(known.id),
            name: known.name.clone(),
            competencies: competencies.map(CoachingCompetency::from).collect(),
        }
    }
}
