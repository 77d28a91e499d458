//! Coaching in memory: what can be taken, what it asks, and how results are read. Everything that attempts hang on stays,
//! retired or not.

mod build;
mod ids;
mod learning;
mod question;

use std::collections::HashMap;

pub use ids::{
    AssessmentId, AssessmentKind, CategoryId, CategoryKind, CompetencyId, CompetencyKind,
    QuestionId, QuestionKind, ResourceId, ResourceKind, TagId, TagKind, TierId, TierKind,
    VersionId, VersionKind,
};
pub use learning::{Category, Resource, ResourceType, ShownWhen};
pub use question::{AnswerKey, Choice, ChoiceKey, Question};

use super::words::words;
pub(crate) use build::CoachingParts;
use question::Version;

/// Everything about coaching.
#[derive(Clone, Debug, Default)]
pub struct Coaching {
    assessments: Vec<Assessment>,
    competencies: HashMap<CompetencyId, Competency>,
    versions: HashMap<VersionId, Version>,
    tags: Vec<SkillTag>,
    tiers: Vec<Tier>,
    former_tiers: Vec<Tier>,
    categories: Vec<Category>,
    resources: Vec<Resource>,
}

words! {
    /// How answers become a score.
    Kind {
        /// One option of each question is the best.
        Keyed = "keyed",
    }
}

words! {
    /// Whose competencies an assessment goes by.
    Framework {
        /// Our own.
        Core = "core",
        /// Those of the International Coaching Federation.
        Icf = "icf",
        /// Those of the Association for Coaching.
        Ac = "ac",
    }
}

words! {
    /// How demanding an assessment is.
    Difficulty {
        /// For people who begin.
        Beginner = "beginner",
        /// For people who have some practice.
        Intermediate = "intermediate",
        /// For people who have much.
        Advanced = "advanced",
    }
}

words! {
    /// Whether an insight is about what was missed or about what went well.
    InsightType {
        /// A question with the tag was missed.
        Weakness = "weakness",
        /// All questions with the tag were answered well.
        Strength = "strength",
    }
}

/// Something that can be taken.
#[derive(Clone, Debug)]
pub struct Assessment {
    /// Derived from the author's key.
    pub id: AssessmentId,
    /// The author's key.
    pub key: String,
    /// How answers become a score.
    pub kind: Kind,
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
    /// The one to take after it.
    pub next: Option<AssessmentId>,
    /// The one to pass before it.
    pub requires: Option<AssessmentId>,
    /// False once it is retired.
    pub active: bool,
    /// What it is about, in order; of what was retired, only what was retired with it.
    pub competencies: Vec<CompetencyId>,
    /// The questions of a new attempt, in order.
    pub served: Vec<VersionId>,
}

/// What an assessment is about.
#[derive(Clone, Debug)]
pub struct Competency {
    /// Derived from the framework and the author's key.
    pub id: CompetencyId,
    /// The assessment that it belongs to.
    pub assessment: AssessmentId,
    /// As people see it.
    pub name: String,
    /// One paragraph.
    pub definition: String,
    /// The place in its assessment.
    pub sort_order: i32,
    /// Whose competency it is.
    pub framework: Framework,
    /// False once it is retired.
    pub active: bool,
    /// What can be made of it, by how high the score is.
    pub leverage: Vec<(PercentRange, String)>,
}

/// What a question tests, seen more closely.
#[derive(Clone, Debug)]
pub struct SkillTag {
    /// Derived from the author's key.
    pub id: TagId,
    /// As people see it.
    pub name: String,
    /// The competencies that it belongs to.
    pub competencies: Vec<CompetencyId>,
    /// What is said when a question was missed.
    pub weakness: String,
    /// What is said when all went well.
    pub strength: String,
    /// One thing to do.
    pub action: String,
    /// The place in the file.
    pub sort_order: i32,
}

/// How a score is read.
#[derive(Clone, Debug)]
pub struct Tier {
    /// Derived from the author's key.
    pub id: TierId,
    /// The author's key.
    pub key: String,
    /// As people see it.
    pub name: String,
    /// The scores that it holds.
    pub range: PercentRange,
    /// Whether an assessment is passed with such a score.
    pub passed: bool,
    /// Whether a competency with such a score is to be worked on.
    pub learning_paths: bool,
    /// Whether a competency with such a score is a strength to build on.
    pub leverage: bool,
    /// For one competency.
    pub message: String,
    /// For the whole assessment.
    pub overall: String,
}

/// Scores from one percentage up to, but without, another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PercentRange {
    /// Included.
    pub from: i32,
    /// Not included; without one, 100 is.
    pub below: Option<i32>,
}

impl PercentRange {
    /// True for `earned` out of `possible`, compared exactly and not by a rounded percentage.
    #[must_use]
    pub fn holds(self, earned: i32, possible: i32) -> bool {
        let (hundredfold, whole) = (i64::from(earned) * 100, i64::from(possible));
        let below = |below: i32| hundredfold < i64::from(below) * whole;
        hundredfold >= i64::from(self.from) * whole && self.below.is_none_or(below)
    }
}

impl Coaching {
    /// What can be taken, by framework and level.
    pub fn assessments(&self) -> impl Iterator<Item = &Assessment> {
        self.assessments.iter().filter(|one| one.active)
    }

    /// The assessment with this id, retired or not.
    #[must_use]
    pub fn assessment(&self, id: AssessmentId) -> Option<&Assessment> {
        self.assessments.iter().find(|one| one.id == id)
    }

    /// The competency with this id, retired or not.
    #[must_use]
    pub fn competency(&self, id: CompetencyId) -> Option<&Competency> {
        self.competencies.get(&id)
    }

    /// What a version asks. What is right about it is not in there.
    #[must_use]
    pub fn question(&self, id: VersionId) -> Option<&Question> {
        Some(&self.versions.get(&id)?.question)
    }

    /// What is right about a version: to score an attempt, and to show it to whoever has completed one.
    #[must_use]
    pub fn answer_key(&self, id: VersionId) -> Option<&AnswerKey> {
        Some(&self.versions.get(&id)?.key)
    }

    /// All tags in the order of the file, retired ones included.
    #[must_use]
    pub fn tags(&self) -> &[SkillTag] {
        &self.tags
    }

    /// The tiers, lowest first.
    #[must_use]
    pub fn tiers(&self) -> &[Tier] {
        &self.tiers
    }

    /// The tier with this id, retired or not.
    #[must_use]
    pub fn tier(&self, id: TierId) -> Option<&Tier> {
        let mut all = self.tiers.iter().chain(&self.former_tiers);
        all.find(|one| one.id == id)
    }

    /// The tier that holds a score; there is one for each, or nothing could be loaded.
    #[must_use]
    pub fn tier_of(&self, earned: i32, possible: i32) -> Option<&Tier> {
        self.tiers
            .iter()
            .find(|tier| tier.range.holds(earned, possible))
    }

    /// The categories for an assessment: those about one of the weak competencies, or what comes next where there is none.
    #[must_use]
    pub fn learning_path(&self, assessment: &Assessment, weak: &[CompetencyId]) -> Vec<&Category> {
        let fits = |one: &&Category| {
            let suits = match one.shown_when {
                ShownWhen::Weak => one.competencies.iter().any(|id| weak.contains(id)),
                ShownWhen::Next => weak.is_empty(),
            };
            suits && (one.framework, one.level) == (assessment.framework, assessment.level)
        };
        self.categories.iter().filter(fits).collect()
    }

    /// The resources of a category, in the order of the file.
    pub fn resources(&self, category: CategoryId) -> impl Iterator<Item = &Resource> {
        let belongs = move |one: &&Resource| one.categories.contains(&category);
        self.resources.iter().filter(belongs)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_half_open_and_exact() {
        let developing = PercentRange {
            from: 50,
            below: Some(70),
        };
        assert!(developing.holds(1, 2));
        assert!(!developing.holds(49_999, 100_000));
        assert!(
            developing.holds(699, 1_000),
            "69.9 % rounds to 70, and is not 70"
        );
        assert!(!developing.holds(7, 10));
        let strength = PercentRange {
            from: 70,
            below: None,
        };
        assert!(strength.holds(7, 10));
        assert!(strength.holds(31, 31));
    }
}
