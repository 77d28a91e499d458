//! Career options at the edge.

use async_graphql::{Context, InputObject, MaybeUndefined, Object, SimpleObject};
use dreamtree_api::{Answer, Caller, Gid, Plain, Ready, caller, patch};
use time::OffsetDateTime;

use super::{milestone::Milestone, owned::settle, question::OptionQuestion};
use crate::{
    CareerOptionId,
    career::{self, Draft},
};

/// A path under comparison with others.
#[derive(SimpleObject, Plain)]
pub struct CareerOption {
    /// The career option; `delete` and `reorder` take it.
    pub id: Gid<CareerOptionId>,
    /// What it is called; 1 to 200 characters.
    pub title: String,
    /// What it is about; at most 5,000 characters.
    pub description: Option<String>,
    /// 1, the first choice, to 3; null for one that is not ranked. `reorder` ranks.
    pub rank: Option<i32>,
    /// How well it fits who the person is; 1 to 5, the best fit.
    pub coherence: Option<i32>,
    /// How well it serves what the person needs of work; 1 to 5, fully.
    pub work_needs: Option<i32>,
    /// How well it serves what the person needs of life; 1 to 5, fully.
    pub life_needs: Option<i32>,
    /// How much about it is not known yet; 1 to 5, the most.
    pub unknowns: Option<i32>,
    /// Anything else; at most 5,000 characters.
    pub notes: Option<String>,
    /// Its steps by year and quarter.
    pub milestones: Vec<Milestone>,
    /// What the person wants to find out about it, in their order.
    pub questions: Vec<OptionQuestion>,
    /// Counts the changes, from 1, but not those of milestones and questions; `expectedVersion` is compared with it.
    pub revision: i32,
    /// When it was made.
    pub created_at: OffsetDateTime,
    /// When it last changed.
    pub updated_at: OffsetDateTime,
}

/// A new career option.
#[derive(InputObject)]
pub struct CreateCareerOptionInput {
    /// An id of the client's own making, `career_option:` and a UUID, so that a repeated request makes nothing twice.
    pub id: Option<Gid<CareerOptionId>>,
    /// What it is called; 1 to 200 characters.
    pub title: String,
    /// What it is about; at most 5,000 characters.
    pub description: Option<String>,
    /// How well it fits who the person is; 1 to 5, the best fit.
    pub coherence: Option<i32>,
    /// How well it serves what the person needs of work; 1 to 5, fully.
    pub work_needs: Option<i32>,
    /// How well it serves what the person needs of life; 1 to 5, fully.
    pub life_needs: Option<i32>,
    /// How much about it is not known yet; 1 to 5, the most.
    pub unknowns: Option<i32>,
    /// Anything else; at most 5,000 characters.
    pub notes: Option<String>,
}

/// What to change about a career option; a field that is left out stays, null takes it away.
#[derive(InputObject)]
pub struct UpdateCareerOptionInput {
    /// The career option.
    pub id: Gid<CareerOptionId>,
    /// The `revision` that the caller has seen; without it the change is made to whatever is there.
    pub expected_version: Option<i32>,
    /// What it is called; 1 to 200 characters, cannot be null.
    pub title: MaybeUndefined<String>,
    /// What it is about; at most 5,000 characters.
    pub description: MaybeUndefined<String>,
    /// How well it fits who the person is; 1 to 5, the best fit.
    pub coherence: MaybeUndefined<i32>,
    /// How well it serves what the person needs of work; 1 to 5, fully.
    pub work_needs: MaybeUndefined<i32>,
    /// How well it serves what the person needs of life; 1 to 5, fully.
    pub life_needs: MaybeUndefined<i32>,
    /// How much about it is not known yet; 1 to 5, the most.
    pub unknowns: MaybeUndefined<i32>,
    /// Anything else; at most 5,000 characters.
    pub notes: MaybeUndefined<String>,
}

/// A career option as it is now.
#[derive(SimpleObject, Plain)]
pub struct CareerOptionPayload {
    /// The career option.
    pub career_option: CareerOption,
}

/// What can be asked about career options.
#[derive(Clone, Copy, Debug, Default)]
pub struct CareerQuery;

#[Object]
impl CareerQuery {
    /// The caller's career options: the ranked ones by rank, then the others in the order of their making.
    #[graphql(complexity = "dreamtree_api::UNPAGED * child_complexity + 1")]
    async fn career_options(&self, ctx: &Context<'_>) -> Answer<Ready<Vec<CareerOption>>> {
        let scope = caller(ctx)?.read().await?;
        let all = career::all(&scope).await?;
        Ok(Ready(all.into_iter().map(Into::into).collect()))
    }
}

/// What can be done with career options.
#[derive(Clone, Copy, Debug, Default)]
pub struct CareerMutation;

#[Object]
impl CareerMutation {
    /// Adds a career option. The same id again returns the career option that is there.
    async fn create_career_option(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The career option.")] input: CreateCareerOptionInput,
    ) -> Answer<Ready<CareerOptionPayload>> {
        let scope = caller(ctx)?.write().await?;
        let id = input.id.map(|id| id.0);
        let option = career::create(&scope, id, input.into()).await?;
        Caller::commit(scope).await?;
        Ok(Ready(option.into()))
    }

    /// Changes a career option. An `expectedVersion` that is not the latest gets `CONFLICT` and shows the career option
    /// as it is.
    async fn update_career_option(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The change.")] input: UpdateCareerOptionInput,
    ) -> Answer<Ready<CareerOptionPayload>> {
        let scope = caller(ctx)?.write().await?;
        let (id, expected) = (input.id.0, input.expected_version);
        let saved = career::update(&scope, id, expected, input.into()).await?;
        Ok(Ready(settle(ctx, scope, saved).await?.into()))
    }
}

impl From<CreateCareerOptionInput> for Draft {
    fn from(input: CreateCareerOptionInput) -> Self {
        Self {
            title: Some(input.title).into(),
            description: input.description.into(),
            coherence: input.coherence.into(),
            work_needs: input.work_needs.into(),
            life_needs: input.life_needs.into(),
            unknowns: input.unknowns.into(),
            notes: input.notes.into(),
        }
    }
}

impl From<UpdateCareerOptionInput> for Draft {
    fn from(input: UpdateCareerOptionInput) -> Self {
        Self {
            title: patch(input.title),
            description: patch(input.description),
            coherence: patch(input.coherence),
            work_needs: patch(input.work_needs),
            life_needs: patch(input.life_needs),
            unknowns: patch(input.unknowns),
            notes: patch(input.notes),
        }
    }
}

impl From<career::CareerOption> for CareerOption {
    fn from(option: career::CareerOption) -> Self {
        Self {
            id: Gid(option.id),
            title: option.title,
            description: option.description,
            rank: option.rank,
            coherence: option.coherence,
            work_needs: option.work_needs,
            life_needs: option.life_needs,
            unknowns: option.unknowns,
            notes: option.notes,
            milestones: option.milestones.into_iter().map(Into::into).collect(),
            questions: option.questions.into_iter().map(Into::into).collect(),
            revision: option.revision,
            created_at: option.created_at,
            updated_at: option.updated_at,
        }
    }
}

impl From<career::CareerOption> for CareerOptionPayload {
    fn from(option: career::CareerOption) -> Self {
        Self {
            career_option: option.into(),
        }
    }
}
