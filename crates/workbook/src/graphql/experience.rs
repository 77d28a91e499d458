//! Jobs, education and projects, at the edge.

use async_graphql::{
    Context, Enum, InputObject, MaybeUndefined, Object, OneofObject, SimpleObject,
};
use dreamtree_api::{Answer, Caller, Gid, Plain, Ready, caller, patch};
use dreamtree_content::{
    SkillId,
    graphql::{SkillCategory, library},
};
use dreamtree_types::Patch;
use time::{Date, OffsetDateTime};

use super::{
    owned::settle,
    task::{ExperienceTask, ExperienceTaskInput, drafts},
};
use crate::{
    ExperienceId,
    experience::{self, Draft},
    tool::skills::Choice,
};

/// The kinds of experience.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, Plain)]
#[graphql(remote = "crate::experience::ExperienceType")]
pub enum ExperienceType {
    /// Work.
    Job,
    /// School, a course, a degree.
    Education,
    /// Something with an aim of its own.
    Project,
    /// Anything else.
    Other,
}

/// A job, a course of education or a project.
#[derive(SimpleObject, Plain)]
pub struct Experience {
    /// The experience; `delete` takes it.
    pub id: Gid<ExperienceId>,
    /// What it is called.
    pub title: String,
    /// Where it was.
    pub organization: Option<String>,
    /// Its kind; null when the person has not said.
    pub r#type: Option<ExperienceType>,
    /// The first day.
    pub start_date: Option<Date>,
    /// The last day; null while it goes on.
    pub end_date: Option<Date>,
    /// What it was like.
    pub description: Option<String>,
    /// The skills that it took, as the person has ordered them.
    pub skills: Vec<ExperienceSkill>,
    /// What it consisted of, as the person has ordered it.
    pub tasks: Vec<ExperienceTask>,
    /// Counts the changes, from 1; `expectedVersion` is compared with it.
    pub revision: i32,
    /// When it was made.
    pub created_at: OffsetDateTime,
    /// When it last changed.
    pub updated_at: OffsetDateTime,
}

/// A skill that an experience took.
#[derive(SimpleObject, Plain)]
pub struct ExperienceSkill {
    /// The skill of the master list; null for one's own.
    pub skill: Option<Gid<SkillId>>,
    /// What it is called.
    pub name: String,
    /// Its category, if it has one.
    pub category: Option<SkillCategory>,
    /// When it was first named for this experience.
    pub created_at: OffsetDateTime,
}

/// A skill that an experience took: one of the master list, or one's own.
#[derive(OneofObject)]
pub enum ExperienceSkillInput {
    /// The skill of the master list.
    Skill(Gid<SkillId>),
    /// A name for a skill that the master list lacks; 1 to 100 characters. The name of a listed skill stands for
    /// that skill. The words, never whose they are, go to the operators, who may add them to the master list.
    CustomName(String),
}

/// A new experience.
#[derive(InputObject)]
pub struct CreateExperienceInput {
    /// An id of the client's own making, `experience:` and a UUID, so that a repeated request makes nothing twice.
    pub id: Option<Gid<ExperienceId>>,
    /// What it is called; 1 to 200 characters.
    pub title: String,
    /// Where it was; at most 200 characters.
    pub organization: Option<String>,
    /// Its kind.
    pub r#type: Option<ExperienceType>,
    /// The first day, of the years 1900 to 2200.
    pub start_date: Option<Date>,
    /// The last day, not before the first; left out while it goes on.
    pub end_date: Option<Date>,
    /// What it was like; at most 5,000 characters.
    pub description: Option<String>,
    /// The skills that it took, at most 50, each once.
    pub skills: Option<Vec<ExperienceSkillInput>>,
    /// What it consisted of; at most 50 tasks, each text once.
    pub tasks: Option<Vec<ExperienceTaskInput>>,
}

/// What to change about an experience; a field that is left out stays, null takes it away.
#[derive(InputObject)]
pub struct UpdateExperienceInput {
    /// The experience.
    pub id: Gid<ExperienceId>,
    /// The `revision` that the caller has seen; without it the change is made to whatever is there.
    pub expected_version: Option<i32>,
    /// What it is called; 1 to 200 characters.
    pub title: MaybeUndefined<String>,
    /// Where it was; at most 200 characters.
    pub organization: MaybeUndefined<String>,
    /// Its kind.
    pub r#type: MaybeUndefined<ExperienceType>,
    /// The first day, of the years 1900 to 2200.
    pub start_date: MaybeUndefined<Date>,
    /// The last day, not before the first; null while it goes on.
    pub end_date: MaybeUndefined<Date>,
    /// What it was like; at most 5,000 characters.
    pub description: MaybeUndefined<String>,
    /// All skills that it took, at most 50, each once; they take the place of those that are there.
    pub skills: MaybeUndefined<Vec<ExperienceSkillInput>>,
    /// All that it consisted of, at most 50 tasks, each text once; they take the place of those that are there. One
    /// with the same text stays the same task, with its skill unless another is chosen.
    pub tasks: MaybeUndefined<Vec<ExperienceTaskInput>>,
}

/// An experience as it is now.
#[derive(SimpleObject, Plain)]
pub struct ExperiencePayload {
    /// The experience.
    pub experience: Experience,
}

/// What can be asked about experiences.
#[derive(Clone, Copy, Debug, Default)]
pub struct ExperienceQuery;

#[Object]
impl ExperienceQuery {
    /// The caller's experiences: the latest first day first, those without one last.
    #[graphql(complexity = "dreamtree_api::UNPAGED * child_complexity + 1")]
    async fn experiences(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only those of this kind.")] r#type: Option<ExperienceType>,
    ) -> Answer<Ready<Vec<Experience>>> {
        let scope = caller(ctx)?.read().await?;
        let all = experience::all(&scope, library(ctx)?, r#type.map(Into::into)).await?;
        Ok(Ready(all.into_iter().map(Into::into).collect()))
    }
}

/// What can be done with experiences.
#[derive(Clone, Copy, Debug, Default)]
pub struct ExperienceMutation;

#[Object]
impl ExperienceMutation {
    /// Adds an experience. The same id again returns the experience that is there.
    async fn create_experience(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The experience.")] input: CreateExperienceInput,
    ) -> Answer<Ready<ExperiencePayload>> {
        let scope = caller(ctx)?.write().await?;
        let id = input.id.map(|id| id.0);
        let experience = experience::create(&scope, library(ctx)?, id, input.into()).await?;
        Caller::commit(scope).await?;
        Ok(Ready(experience.into()))
    }

    /// Changes an experience. An `expectedVersion` that is not the latest gets `CONFLICT` and shows the experience as
    /// it is.
    async fn update_experience(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The change.")] input: UpdateExperienceInput,
    ) -> Answer<Ready<ExperiencePayload>> {
        let scope = caller(ctx)?.write().await?;
        let (id, expected) = (input.id.0, input.expected_version);
        let saved = experience::update(&scope, library(ctx)?, id, expected, input.into()).await?;
        Ok(Ready(settle(ctx, scope, saved).await?.into()))
    }
}

impl From<CreateExperienceInput> for Draft {
    fn from(input: CreateExperienceInput) -> Self {
        Self {
            title: Some(input.title).into(),
            organization: input.organization.into(),
            kind: input.r#type.map(Into::into).into(),
            start_date: input.start_date.into(),
            end_date: input.end_date.into(),
            description: input.description.into(),
            skills: Patch::from(input.skills).map(choices),
            tasks: Patch::from(input.tasks).map(drafts),
        }
    }
}

impl From<UpdateExperienceInput> for Draft {
    fn from(input: UpdateExperienceInput) -> Self {
        Self {
            title: patch(input.title),
            organization: patch(input.organization),
            kind: patch(input.r#type).map(Into::into),
            start_date: patch(input.start_date),
            end_date: patch(input.end_date),
            description: patch(input.description),
            skills: patch(input.skills).map(choices),
            tasks: patch(input.tasks).map(drafts),
        }
    }
}

fn choices(skills: Vec<ExperienceSkillInput>) -> Vec<Choice> {
    let choice = |skill| match skill {
        ExperienceSkillInput::Skill(id) => Choice::Master(id.0),
        ExperienceSkillInput::CustomName(name) => Choice::Custom(name),
    };
    skills.into_iter().map(choice).collect()
}

impl From<experience::Experience> for Experience {
    fn from(experience: experience::Experience) -> Self {
        Self {
            id: Gid(experience.id),
            title: experience.title,
            organization: experience.organization,
            r#type: experience.kind.map(Into::into),
            start_date: experience.start_date,
            end_date: experience.end_date,
            description: experience.description,
            skills: experience.skills.into_iter().map(Into::into).collect(),
            tasks: experience.tasks.into_iter().map(Into::into).collect(),
            revision: experience.revision,
            created_at: experience.created_at,
            updated_at: experience.updated_at,
        }
    }
}

impl From<experience::Skill> for ExperienceSkill {
    fn from(skill: experience::Skill) -> Self {
        Self {
            skill: skill.listed.map(Gid),
            name: skill.name,
            category: skill.category.map(Into::into),
            created_at: skill.created_at,
        }
    }
}

impl From<experience::Experience> for ExperiencePayload {
    fn from(experience: experience::Experience) -> Self {
        Self {
            experience: experience.into(),
        }
    }
}
