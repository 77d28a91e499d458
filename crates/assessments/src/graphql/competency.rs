//! Competencies at the edge, each with the caller's own score.

use async_graphql::{Enum, SimpleObject};
use dreamtree_api::{Gid, Plain};
use dreamtree_content::{CompetencyId, LevelId, Library};
use time::OffsetDateTime;

use crate::{level::shuffled, score::Score};

/// The groups of competencies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, Plain)]
#[graphql(remote = "dreamtree_content::CompetencyCategory")]
pub enum CompetencyCategory {
    /// Getting work done.
    Delivery,
    /// Working with others.
    Interpersonal,
    /// Looking ahead.
    Strategic,
}

/// Something that people rate themselves in.
#[derive(Clone, Debug, SimpleObject, Plain)]
pub struct Competency {
    /// Stable for as long as the content keeps the competency.
    pub id: Gid<CompetencyId>,
    /// As readers see it.
    pub name: String,
    /// What it means, in one paragraph.
    pub definition: String,
    /// Which of the three groups it belongs to.
    pub category: CompetencyCategory,
    /// Modules of the workbook where it surfaces, such as `2.5`.
    pub relevant_modules: Vec<String>,
    /// Five texts to choose from. They carry no number, and their order, always the same for one
    /// competency, says nothing about it.
    pub levels: Vec<CompetencyLevel>,
    /// The score that the caller gave themselves last; null without one and without a session.
    pub my_score: Option<CompetencyScore>,
}

/// How somebody works at one of the five levels of a competency.
#[derive(Clone, Debug, SimpleObject, Plain)]
pub struct CompetencyLevel {
    /// What `submitCompetencyScores` takes as the answer.
    pub id: Gid<LevelId>,
    /// The text to choose.
    pub text: String,
}

/// A score that the caller gave themselves.
#[derive(Clone, Debug, SimpleObject, Plain)]
pub struct CompetencyScore {
    /// 1 to 5; 5 is the highest.
    pub score: i32,
    /// The level behind the score, to show the text that was chosen; null when the content no
    /// longer has it.
    pub level: Option<Gid<LevelId>>,
    /// When the score was given.
    pub assessed_at: OffsetDateTime,
}

/// A competency that the caller has given themselves a score in.
#[derive(Clone, Debug, SimpleObject, Plain)]
pub struct ScoredCompetency {
    /// The competency.
    pub competency: Competency,
    /// 1 to 5; 5 is the highest.
    pub score: i32,
    /// When the score was given.
    pub assessed_at: OffsetDateTime,
}

/// The competencies of this request with the caller's scores in them.
pub(super) struct Catalogue(Vec<Competency>);

impl Catalogue {
    /// The library's competencies; `scores` are the caller's current ones.
    pub(super) fn new(library: &Library, scores: &[Score]) -> Self {
        let competencies = library.competencies().iter();
        Self(competencies.map(|one| competency(one, scores)).collect())
    }

    /// All of them, in the library's order.
    pub(super) fn all(self) -> Vec<Competency> {
        self.0
    }

    /// All that have a score, in the library's order.
    pub(super) fn scored(&self) -> Vec<ScoredCompetency> {
        self.0.iter().filter_map(scored).collect()
    }

    /// One of them; `None` when it is retired.
    pub(super) fn get(&self, id: CompetencyId) -> Option<Competency> {
        self.0.iter().find(|one| one.id.0 == id).cloned()
    }

    /// The competencies of these scores, in the same order.
    pub(super) fn of(&self, scores: &[Score]) -> Vec<ScoredCompetency> {
        let known = |score: &Score| scored(&self.get(score.competency)?);
        scores.iter().filter_map(known).collect()
    }
}

fn competency(known: &dreamtree_content::Competency, scores: &[Score]) -> Competency {
    let mine = scores.iter().find(|score| score.competency == known.id);
    let level = |score: &Score| known.levels.iter().find(|one| one.level == score.score);
    let text = |level: &dreamtree_content::Level| CompetencyLevel {
        id: Gid(level.id),
        text: level.description.clone(),
    };
    Competency {
        id: Gid(known.id),
        name: known.name.clone(),
        definition: known.definition.clone(),
        category: known.category.into(),
        relevant_modules: known.relevant_modules.clone(),
        levels: shuffled(known).into_iter().map(text).collect(),
        my_score: mine.map(|score| CompetencyScore {
            score: score.score,
            level: level(score).map(|level| Gid(level.id)),
            assessed_at: score.assessed_at,
        }),
    }
}

fn scored(competency: &Competency) -> Option<ScoredCompetency> {
    let mine = competency.my_score.as_ref()?;
    Some(ScoredCompetency {
        score: mine.score,
        assessed_at: mine.assessed_at,
        competency: competency.clone(),
    })
}
