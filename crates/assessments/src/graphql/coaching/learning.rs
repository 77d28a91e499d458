//! Where to go on.

use async_graphql::SimpleObject;
use dreamtree_api::{Gid, Plain};
use dreamtree_content::coaching::{self, CategoryId, Coaching, ResourceId};

use super::{
    assessment::CoachingCompetency,
    words::{Framework, ResourceType, ShownWhen},
};

/// A group of things to learn from.
#[derive(Clone, Debug, SimpleObject, Plain)]
pub struct LearningCategory {
    /// Stable for as long as the content keeps the category.
    pub id: Gid<CategoryId>,
    /// Whose assessments lead to it.
    pub framework: Framework,
    /// Which of them, 1 to 3.
    pub level: i32,
    /// What leads to it.
    pub shown_when: ShownWhen,
    /// What it is about; nothing for what comes next.
    pub competencies: Vec<CoachingCompetency>,
    /// As people see it.
    pub title: String,
    /// One paragraph.
    pub description: String,
    /// The name of an icon of the set lucide.
    pub icon: String,
    /// What it holds.
    pub resources: Vec<LearningResource>,
}

/// Something to learn from.
#[derive(Clone, Debug, SimpleObject, Plain)]
pub struct LearningResource {
    /// Stable for as long as the content keeps the resource.
    pub id: Gid<ResourceId>,
    /// What it is.
    pub kind: ResourceType,
    /// As people see it.
    pub title: String,
    /// What it is good for.
    pub description: String,
    /// Who wrote or leads it.
    pub author: Option<String>,
    /// The year of the first edition.
    pub year: Option<i32>,
    /// The publisher of a book.
    pub publisher: Option<String>,
    /// The journal of an article, with volume and number.
    pub journal: Option<String>,
    /// How long it takes, in minutes.
    pub minutes: Option<i32>,
    /// What to do, in order.
    pub steps: Vec<String>,
    /// Where it is found in the web.
    pub url: Option<String>,
}

impl LearningCategory {
    pub(super) fn new(coaching: &Coaching, known: &coaching::Category) -> Self {
        let competencies = known.competencies.iter();
        let competencies = competencies.filter_map(|id| coaching.competency(*id));
        let resources = coaching.resources(known.id);
        Self {
            id: Gid(known.id),
            framework: known.framework.into(),
            level: known.level,
            shown_when: known.shown_when.into(),
            competencies: competencies.map(CoachingCompetency::from).collect(),
            title: known.title.clone(),
            description: known.description.clone(),
            icon: known.icon.clone(),
            resources: resources.map(LearningResource::from).collect(),
        }
    }
}

impl From<&coaching::Resource> for LearningResource {
    fn from(known: &coaching::Resource) -> Self {
        Self {
            id: Gid(known.id),
            kind: known.kind.into(),
            title: known.title.clone(),
            description: known.description.clone(),
            author: known.author.clone(),
            year: known.year,
            publisher: known.publisher.clone(),
            journal: known.journal.clone(),
            minutes: known.minutes,
            steps: known.steps.clone(),
            url: known.url.clone(),
        }
    }
}
