//! What follows from a completed attempt: how each competency stands, what was missed, and where to go on. What was
//! measured is read as it was written down; what is advised is today's content.

use std::collections::HashMap;

use dreamtree_content::{
    Library,
    coaching::{
        AnswerKey, Assessment, Category, Competency, CompetencyId, InsightType, Question, SkillTag,
        TagId, Tier,
    },
};

use crate::{Completed, Error, Fraction, Served};

/// What follows from a completed attempt.
#[derive(Clone, Debug)]
pub struct Outcome<'a> {
    /// The tier of the whole.
    pub tier: &'a Tier,
    /// Each competency, in the order of the assessment.
    pub competencies: Vec<CompetencyOutcome<'a>>,
    /// What is said about each tag that was tested: what was missed first, each half in the authors' order.
    pub insights: Vec<Insight<'a>>,
    /// What to learn from.
    pub learning_path: Vec<&'a Category>,
    /// What to take next.
    pub next: Option<&'a Assessment>,
    /// Each question with what was right about it.
    pub review: Vec<Review<'a>>,
}

/// How a competency stands.
#[derive(Clone, Copy, Debug)]
pub struct CompetencyOutcome<'a> {
    /// The competency.
    pub competency: &'a Competency,
    /// What was reached.
    pub score: Fraction,
    /// How that is read.
    pub tier: &'a Tier,
    /// What can be made of the strength, where it is one.
    pub leverage: Option<&'a str>,
}

/// What is said about a tag.
#[derive(Clone, Debug)]
pub struct Insight<'a> {
    /// The tag.
    pub tag: &'a SkillTag,
    /// Whether a question was missed or all went well.
    pub kind: InsightType,
    /// The places of the questions that decided it.
    pub positions: Vec<i32>,
}

/// A question with what was right about it.
#[derive(Clone, Debug)]
pub struct Review<'a> {
    /// The place and what was answered.
    pub served: &'a Served,
    /// What was asked.
    pub question: &'a Question,
    /// What was right about it.
    pub key: &'a AnswerKey,
    /// Whether it was answered well.
    pub correct: bool,
    /// What it tests.
    pub tags: Vec<&'a SkillTag>,
}

impl<'a> Insight<'a> {
    /// What is said.
    #[must_use]
    pub fn text(&self) -> &'a str {
        match self.kind {
            InsightType::Weakness => &self.tag.weakness,
            InsightType::Strength => &self.tag.strength,
        }
    }

    /// One thing to do, where a question was missed.
    #[must_use]
    pub fn action(&self) -> Option<&'a str> {
        (self.kind == InsightType::Weakness).then_some(&self.tag.action)
    }
}

impl<'a> Outcome<'a> {
    /// What follows from the attempt.
    pub fn of(library: &'a Library, completed: Completed<'a>) -> Result<Self, Error> {
        let coaching = library.coaching();
        let assessment = coaching
            .assessment(completed.attempt().assessment)
            .ok_or(Error::Behind)?;
        let competencies = competencies(library, completed)?;
        let weak: Vec<CompetencyId> = competencies
            .iter()
            .filter(|one| one.tier.learning_paths)
            .map(|one| one.competency.id)
            .collect();
        let review = review(library, completed)?;
        let next = assessment.next.and_then(|id| coaching.assessment(id));
        Ok(Self {
            tier: coaching.tier(completed.tier()).ok_or(Error::Behind)?,
            competencies,
            insights: insights(coaching.tags(), &review),
            learning_path: coaching.learning_path(assessment, &weak),
            next: next.filter(|one| one.active),
            review,
        })
    }
}

fn competencies<'a>(
    library: &'a Library,
    completed: Completed<'a>,
) -> Result<Vec<CompetencyOutcome<'a>>, Error> {
    let coaching = library.coaching();
    let mut found = Vec::new();
    for row in completed.competencies() {
        let competency = coaching.competency(row.competency_id);
        let tier = coaching.tier(row.tier_id);
        let (competency, tier) = competency.zip(tier).ok_or(Error::Behind)?;
        let (earned, possible) = (row.earned, row.possible);
        let mut texts = competency.leverage.iter();
        let leverage = texts.find(|(range, _)| tier.leverage && range.holds(earned, possible));
        found.push(CompetencyOutcome {
            competency,
            score: Fraction { earned, possible },
            tier,
            leverage: leverage.map(|(_, text)| text.as_str()),
        });
    }
    found.sort_by_key(|one| one.competency.sort_order);
    Ok(found)
}

fn review<'a>(library: &'a Library, completed: Completed<'a>) -> Result<Vec<Review<'a>>, Error> {
    let coaching = library.coaching();
    let tags: HashMap<TagId, &SkillTag> = coaching.tags().iter().map(|tag| (tag.id, tag)).collect();
    let review = |(served, correct): (&'a Served, bool)| {
        let question = coaching.question(served.version);
        let key = coaching.answer_key(served.version);
        let (question, key) = question.zip(key).ok_or(Error::Behind)?;
        let tested = question.tags.iter().filter_map(|id| tags.get(id));
        Ok(Review {
            served,
            question,
            key,
            correct,
            tags: tested.copied().collect(),
        })
    };
    completed.answers().map(review).collect()
}

fn insights<'a>(tags: &'a [SkillTag], review: &[Review<'a>]) -> Vec<Insight<'a>> {
    let insight = |tag: &'a SkillTag| {
        let tests = |one: &&Review<'_>| one.question.tags.contains(&tag.id);
        let tested: Vec<_> = review.iter().filter(tests).collect();
        let missed: Vec<_> = tested.iter().filter(|one| !one.correct).collect();
        let position = |one: &&Review<'_>| one.served.position;
        let (kind, positions): (_, Vec<i32>) = if missed.is_empty() {
            (InsightType::Strength, tested.iter().map(position).collect())
        } else {
            let positions = missed.into_iter().map(position).collect();
            (InsightType::Weakness, positions)
        };
        (!positions.is_empty()).then_some(Insight {
            tag,
            kind,
            positions,
        })
    };
    let (mut missed, strong): (Vec<_>, Vec<_>) = tags
        .iter()
        .filter_map(insight)
        .partition(|one| one.kind == InsightType::Weakness);
    missed.extend(strong);
    missed
}
