//! Milestones at the edge.

use async_graphql::{Context, Enum, InputObject, MaybeUndefined, Object, SimpleObject};
use dreamtree_api::{Answer, Caller, Gid, Plain, Ready, caller, patch};
use time::OffsetDateTime;

use super::owned::settle;
use crate::{
    CareerOptionId, MilestoneId,
    milestone::{self, Category, Draft, Wanted},
};

/// A step on the timeline.
#[derive(SimpleObject, Plain)]
pub struct Milestone {
    /// The milestone; `delete` takes it.
    pub id: Gid<MilestoneId>,
    /// The career option that it belongs to; null for one that belongs to none, or whose option is gone.
    pub career_option: Option<Gid<CareerOptionId>>,
    /// The year, 1900 to 2200.
    pub year: i32,
    /// The quarter of the year, 1 to 4; null for any time of the year.
    pub quarter: Option<i32>,
    /// What is reached; 1 to 200 characters.
    pub title: String,
    /// What it is a step of.
    pub category: Option<MilestoneCategory>,
    /// Anything else; at most 5,000 characters.
    pub description: Option<String>,
    /// Counts the changes, from 1; `expectedVersion` is compared with it.
    pub revision: i32,
    /// When it was made.
    pub created_at: OffsetDateTime,
    /// When it last changed.
    pub updated_at: OffsetDateTime,
}

/// What a milestone is a step of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, Plain)]
#[graphql(remote = "Category")]
pub enum MilestoneCategory {
    /// A job or a business.
    Work,
    /// A course or a degree.
    Education,
    /// The life beside work.
    Personal,
    /// Something to be able to do.
    Skill,
}

/// A new milestone.
#[derive(InputObject)]
pub struct CreateMilestoneInput {
    /// An id of the client's own making, `milestone:` and a UUID, so that a repeated request makes nothing twice.
    pub id: Option<Gid<MilestoneId>>,
    /// The career option that it belongs to; one of the caller's own.
    pub career_option: Option<Gid<CareerOptionId>>,
    /// The year, 1900 to 2200.
    pub year: i32,
    /// The quarter of the year, 1 to 4.
    pub quarter: Option<i32>,
    /// What is reached; 1 to 200 characters.
    pub title: String,
    /// What it is a step of.
    pub category: Option<MilestoneCategory>,
    /// Anything else; at most 5,000 characters.
    pub description: Option<String>,
}

/// What to change about a milestone; a field that is left out stays, null takes it away.
#[derive(InputObject)]
pub struct UpdateMilestoneInput {
    /// The milestone.
    pub id: Gid<MilestoneId>,
    /// The `revision` that the caller has seen; without it the change is made to whatever is there.
    pub expected_version: Option<i32>,
    /// The career option that it belongs to; one of the caller's own.
    pub career_option: MaybeUndefined<Gid<CareerOptionId>>,
    /// The year, 1900 to 2200; cannot be null.
    pub year: MaybeUndefined<i32>,
    /// The quarter of the year, 1 to 4.
    pub quarter: MaybeUndefined<i32>,
    /// What is reached; 1 to 200 characters, cannot be null.
    pub title: MaybeUndefined<String>,
    /// What it is a step of.
    pub category: MaybeUndefined<MilestoneCategory>,
    /// Anything else; at most 5,000 characters.
    pub description: MaybeUndefined<String>,
}

/// A milestone as it is now.
#[derive(SimpleObject, Plain)]
pub struct MilestonePayload {
    /// The milestone.
    pub milestone: Milestone,
}

/// What can be asked about milestones.
#[derive(Clone, Copy, Debug, Default)]
pub struct MilestoneQuery;

#[Object]
impl MilestoneQuery {
    /// The caller's milestones by year and quarter; those of a whole year come before those of its quarters.
    #[graphql(complexity = "dreamtree_api::UNPAGED * child_complexity + 1")]
    async fn milestones(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only those of this career option.")] career_option: Option<
            Gid<CareerOptionId>,
        >,
        #[graphql(desc = "Only those of this year and later.")] from_year: Option<i32>,
        #[graphql(desc = "Only those of this year and earlier.")] to_year: Option<i32>,
    ) -> Answer<Ready<Vec<Milestone>>> {
        let scope = caller(ctx)?.read().await?;
        let wanted = Wanted {
            career_option: career_option.map(|id| id.0),
            from_year,
            to_year,
        };
        let all = milestone::all(&scope, wanted).await?;
        Ok(Ready(all.into_iter().map(Into::into).collect()))
    }
}

/// What can be done with milestones.
#[derive(Clone, Copy, Debug, Default)]
pub struct MilestoneMutation;

#[Object]
impl MilestoneMutation {
    /// Adds a milestone. The same id again returns the milestone that is there.
    async fn create_milestone(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The milestone.")] input: CreateMilestoneInput,
    ) -> Answer<Ready<MilestonePayload>> {
        let scope = caller(ctx)?.write().await?;
        let id = input.id.map(|id| id.0);
        let milestone = milestone::create(&scope, id, input.into()).await?;
        Caller::commit(scope).await?;
        Ok(Ready(milestone.into()))
    }

    /// Changes a milestone. An `expectedVersion` that is not the latest gets `CONFLICT` and shows the milestone as it
    /// is.
    async fn update_milestone(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The change.")] input: UpdateMilestoneInput,
    ) -> Answer<Ready<MilestonePayload>> {
        let scope = caller(ctx)?.write().await?;
        let (id, expected) = (input.id.0, input.expected_version);
        let saved = milestone::update(&scope, id, expected, input.into()).await?;
        Ok(Ready(settle(ctx, scope, saved).await?.into()))
    }
}

impl From<CreateMilestoneInput> for Draft {
    fn from(input: CreateMilestoneInput) -> Self {
        Self {
            career_option: input.career_option.map(|id| id.0).into(),
            year: Some(input.year).into(),
            quarter: input.quarter.into(),
            title: Some(input.title).into(),
            category: input.category.map(Into::into).into(),
            description: input.description.into(),
        }
    }
}

impl From<UpdateMilestoneInput> for Draft {
    fn from(input: UpdateMilestoneInput) -> Self {
        Self {
            career_option: patch(input.career_option).map(|id| id.0),
            year: patch(input.year),
            quarter: patch(input.quarter),
            title: patch(input.title),
            category: patch(input.category).map(Into::into),
            description: patch(input.description),
        }
    }
}

impl From<milestone::Milestone> for Milestone {
    fn from(milestone: milestone::Milestone) -> Self {
        Self {
            id: Gid(milestone.id),
            career_option: milestone.career_option.map(Gid),
            year: milestone.year,
            quarter: milestone.quarter,
            title: milestone.title,
            category: milestone.category.map(Into::into),
            description: milestone.description,
            revision: milestone.revision,
            created_at: milestone.created_at,
            updated_at: milestone.updated_at,
        }
    }
}

impl From<milestone::Milestone> for MilestonePayload {
    fn from(milestone: milestone::Milestone) -> Self {
        Self {
            milestone: milestone.into(),
        }
    }
}
