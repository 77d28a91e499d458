//! The sections of the profile's page, at the edge.

use async_graphql::{Context, Enum, Object, SimpleObject};
use dreamtree_api::{Answer, Gid, Plain, Ready, caller};
use dreamtree_content::{
    PlacementId,
    graphql::{Tool, library},
};

use crate::profile::{self, Section};

/// The sections of the page on which a person sees who they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, Plain)]
#[graphql(remote = "crate::profile::Part")]
pub enum ProfilePart {
    /// Who one is in a few words: `profile { headline }`.
    Headline,
    /// In a few sentences: `profile { summary }`.
    Summary,
    /// How one became who one is: `profile { identityStory }`.
    IdentityStory,
    /// The same as a tale: `profile { allegory }`.
    Allegory,
    /// What one brings to others: `profile { valueProposition }`.
    ValueProposition,
    /// How one's life is going: `profile { lifeDashboard }`.
    LifeDashboard,
    /// What matters at work and in life: `values`.
    Values,
    /// What one can do: `mySkills`.
    Skills,
    /// Jobs, education and projects: `experiences`.
    Experiences,
    /// What one has brought about: `stories`.
    Stories,
    /// Places to live: `locations`.
    Locations,
    /// Paths under comparison: `careerOptions`.
    CareerOptions,
    /// Steps on the timeline: `milestones`.
    Milestones,
    /// What a life costs: `budget`.
    Budget,
    /// One of the sixteen types: `viewer { settings { personalityType } }`.
    Personality,
    /// How one rates oneself in the competencies: `competencyResult`.
    Competencies,
}

/// A section of the profile's page: whether it holds something, and where that comes from.
#[derive(SimpleObject, Plain)]
pub struct ProfileSection {
    /// Which one it is.
    pub part: ProfilePart,
    /// True when it holds something, be it locked.
    pub filled: bool,
    /// The tool of the workbook that writes it; null for what only its own mutation writes.
    pub tool: Option<Tool>,
    /// The exercise that unlocks the tool, such as `1.1.2`; null without a tool, or while no module places it.
    pub unlocked_by: Option<String>,
    /// What that exercise is called.
    pub unlocked_by_title: Option<String>,
    /// The first placement at which it is written; null where there is none.
    pub placement: Option<Gid<PlacementId>>,
}

/// What can be asked about the profile's page.
#[derive(Clone, Copy, Debug, Default)]
pub struct SectionQuery;

#[Object]
impl SectionQuery {
    /// The sections of the profile's page in its order: what is there, what unlocks the rest, and where it is written.
    #[graphql(complexity = "dreamtree_api::UNPAGED * child_complexity + 1")]
    async fn profile_sections(&self, ctx: &Context<'_>) -> Answer<Ready<Vec<ProfileSection>>> {
        let scope = caller(ctx)?.read().await?;
        let sections = profile::sections(&scope, library(ctx)?).await?;
        Ok(Ready(sections.into_iter().map(Into::into).collect()))
    }
}

impl From<Section<'_>> for ProfileSection {
    fn from(section: Section<'_>) -> Self {
        Self {
            part: section.part.into(),
            filled: section.filled,
            tool: section.tool.map(Tool::from),
            unlocked_by: section.unlocked_by.map(|exercise| exercise.id.clone()),
            unlocked_by_title: section.unlocked_by.map(|exercise| exercise.title.clone()),
            placement: section.placement.map(Gid),
        }
    }
}
