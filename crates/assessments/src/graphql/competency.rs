//! Competencies at the edge, each with the caller's own score.

use async_graphql::{Enum, Lookahead, SimpleObject};
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

/// The competencies of this request with the caller's scores in them. Each is made when it is asked for.
#[derive(Clone, Copy)]
pub(super) struct Catalogue<'a> {
    library: &'a Library,
    scores: &'a [Score],
    levels: bool,
}

impl<'a> Catalogue<'a> {
    /// The library's competencies; `scores` are the caller's current ones.
    pub(super) const fn new(library: &'a Library, scores: &'a [Score]) -> Self {
        Self {
            library,
            scores,
            levels: true,
        }
    }

    /// The same without the texts of the levels, unless one of these fields asks for them.
    pub(super) fn for_fields(mut self, fields: &[Lookahead<'_>]) -> Self {
        let asked = |field: &Lookahead<'_>| field.field("competency").field("levels").exists();
        self.levels = fields.iter().any(asked);
        self
    }

    /// All of them, in the library's order.
    pub(super) fn all(self) -> Vec<Competency> {
        let competencies = self.library.competencies().iter();
        competencies.map(|one| self.competency(one)).collect()
    }

    /// All that have a score, in the library's order.
    pub(super) fn scored(self) -> Vec<ScoredCompetency> {
        let competencies = self.library.competencies().iter();
        competencies
            .filter_map(|one| self.with_score(one))
            .collect()
    }

    /// One of them; `None` when it is retired.
    pub(super) fn get(self, id: CompetencyId) -> Option<Competency> {
        self.known(id).map(|one| self.competency(one))
    }

    /// The competencies of these scores, in the same order.
    pub(super) fn of(self, scores: &[Score]) -> Vec<ScoredCompetency> {
        let known = |score: &Score| self.with_score(self.known(score.competency)?);
        scores.iter().filter_map(known).collect()
    }

    fn known(self, id: CompetencyId) -> Option<&'a dreamtree_content::Competency> {
        self.library.competencies().iter().find(|one| one.id == id)
    }

    fn with_score(self, known: &dreamtree_content::Competency) -> Option<ScoredCompetency> {
        let competency = self.competency(known);
        let mine = competency.my_score.as_ref()?;
        Some(ScoredCompetency {
            score: mine.score,
            assessed_at: mine.assessed_at,
            competency,
        })
    }

    fn competency(self, known: &dreamtree_content::Competency) -> Competency {
        let mine = self.scores.iter().find(|one| one.competency == known.id);
        let level = |score: &Score| known.levels.iter().find(|one| one.level == score.score);
        let text = |level: &dreamtree_content::Level| CompetencyLevel {
            id: Gid(level.id),
            text: level.description.clone(),
        };
        let levels = if self.levels {
            shuffled(known)
        } else {
            Vec::new()
        };
        Competency {
            id: Gid(known.id),
            name: known.name.clone(),
            definition: known.definition.clone(),
            category: known.category.into(),
            relevant_modules: known.relevant_modules.clone(),
            levels: levels.into_iter().map(text).collect(),
            my_score: mine.map(|score| CompetencyScore {
                score: score.score,
                level: level(score).map(|level| Gid(level.id)),
                assessed_at: score.assessed_at,
            }),
        }
    }
}
