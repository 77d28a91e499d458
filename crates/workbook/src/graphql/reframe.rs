//! Reframes outside of a placement, at the edge.

use async_graphql::{Context, InputObject, MaybeUndefined, Object, SimpleObject};
use dreamtree_api::{Answer, Caller, Gid, Plain, PrivateState, Ready, caller, patch};
use dreamtree_content::graphql::library;
use dreamtree_types::Private;
use time::OffsetDateTime;

use super::{owned::settle, tool::reframe::ReframeAnswer};
use crate::{
    InstanceId, ReframeId,
    reframe::{self, Draft},
};

/// A failure seen anew, in the workbook or outside of it.
#[derive(SimpleObject, Plain)]
pub struct Reframe {
    /// The reframe; `delete` takes it, unless it belongs to an exercise.
    pub id: Gid<ReframeId>,
    /// The use of a tool that it belongs to; null for one that was written by itself.
    pub instance: Option<Gid<InstanceId>>,
    /// Whether the texts can be read now.
    pub state: PrivateState,
    /// What it says; null unless the state is UNLOCKED.
    pub texts: Option<ReframeAnswer>,
    /// Counts the changes, from 1; `expectedVersion` is compared with it.
    pub revision: i32,
    /// When it was made.
    pub created_at: OffsetDateTime,
    /// When it last changed.
    pub updated_at: OffsetDateTime,
}

/// A new reframe; one of the texts at least is needed.
#[derive(InputObject)]
pub struct CreateReframeInput {
    /// An id of the client's own making, `reframe:` and a UUID, so that a repeated request makes nothing twice.
    pub id: Option<Gid<ReframeId>>,
    /// What happened; at most 5,000 characters.
    pub situation: Option<String>,
    /// What it felt like at first; at most 5,000 characters.
    pub initial_feelings: Option<String>,
    /// What the person learned from it; at most 5,000 characters.
    pub what_learned: Option<String>,
    /// What they would do differently; at most 5,000 characters.
    pub what_would_change: Option<String>,
    /// What was good about it; at most 5,000 characters.
    pub silver_lining: Option<String>,
    /// What they will do next; at most 5,000 characters.
    pub next_step: Option<String>,
    /// How they put it now; at most 5,000 characters.
    pub reframed_statement: Option<String>,
}

/// What to change about a reframe; a field that is left out stays, null takes it away, but one of the texts has to stay.
#[derive(InputObject)]
pub struct UpdateReframeInput {
    /// The reframe.
    pub id: Gid<ReframeId>,
    /// The `revision` that the caller has seen; without it the change is made to whatever is there.
    pub expected_version: Option<i32>,
    /// What happened; at most 5,000 characters.
    pub situation: MaybeUndefined<String>,
    /// What it felt like at first; at most 5,000 characters.
    pub initial_feelings: MaybeUndefined<String>,
    /// What the person learned from it; at most 5,000 characters.
    pub what_learned: MaybeUndefined<String>,
    /// What they would do differently; at most 5,000 characters.
    pub what_would_change: MaybeUndefined<String>,
    /// What was good about it; at most 5,000 characters.
    pub silver_lining: MaybeUndefined<String>,
    /// What they will do next; at most 5,000 characters.
    pub next_step: MaybeUndefined<String>,
    /// How they put it now; at most 5,000 characters.
    pub reframed_statement: MaybeUndefined<String>,
}

/// A reframe as it is now.
#[derive(SimpleObject, Plain)]
pub struct ReframePayload {
    /// The reframe.
    pub reframe: Reframe,
}

/// What can be asked about reframes.
#[derive(Clone, Copy, Debug, Default)]
pub struct ReframeQuery;

#[Object]
impl ReframeQuery {
    /// The caller's reframes in the order of their making, those of the workbook too.
    #[graphql(complexity = "dreamtree_api::UNPAGED * child_complexity + 1")]
    async fn reframes(&self, ctx: &Context<'_>) -> Answer<Ready<Vec<Reframe>>> {
        let scope = caller(ctx)?.read().await?;
        let all = reframe::all(&scope).await?;
        Ok(Ready(all.into_iter().map(Into::into).collect()))
    }
}

/// What can be done with reframes.
#[derive(Clone, Copy, Debug, Default)]
pub struct ReframeMutation;

#[Object]
impl ReframeMutation {
    /// Adds a reframe. The same id again returns the reframe that is there.
    async fn create_reframe(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The reframe.")] input: CreateReframeInput,
    ) -> Answer<Ready<ReframePayload>> {
        let scope = caller(ctx)?.write().await?;
        let id = input.id.map(|id| id.0);
        let reframe = reframe::create(&scope, id, input.into()).await?;
        Caller::commit(scope).await?;
        Ok(Ready(reframe.into()))
    }

    /// Changes a reframe; one of the workbook changes there too. An `expectedVersion` that is not the latest gets
    /// `CONFLICT` and shows the reframe as it is.
    async fn update_reframe(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The change.")] input: UpdateReframeInput,
    ) -> Answer<Ready<ReframePayload>> {
        let scope = caller(ctx)?.write().await?;
        let (id, expected) = (input.id.0, input.expected_version);
        let saved = reframe::update(&scope, library(ctx)?, id, expected, input.into()).await?;
        Ok(Ready(settle(ctx, scope, saved).await?.into()))
    }
}

impl From<CreateReframeInput> for Draft {
    fn from(input: CreateReframeInput) -> Self {
        Self {
            situation: input.situation.into(),
            initial_feelings: input.initial_feelings.into(),
            what_learned: input.what_learned.into(),
            what_would_change: input.what_would_change.into(),
            silver_lining: input.silver_lining.into(),
            next_step: input.next_step.into(),
            reframed_statement: input.reframed_statement.into(),
        }
    }
}

impl From<UpdateReframeInput> for Draft {
    fn from(input: UpdateReframeInput) -> Self {
        Self {
            situation: patch(input.situation),
            initial_feelings: patch(input.initial_feelings),
            what_learned: patch(input.what_learned),
            what_would_change: patch(input.what_would_change),
            silver_lining: patch(input.silver_lining),
            next_step: patch(input.next_step),
            reframed_statement: patch(input.reframed_statement),
        }
    }
}

impl From<reframe::Reframe> for Reframe {
    fn from(reframe: reframe::Reframe) -> Self {
        let state = PrivateState::from(&reframe.texts);
        Self {
            id: Gid(reframe.id),
            instance: reframe.instance.map(Gid),
            state,
            texts: match reframe.texts {
                Private::Open(texts) => Some(texts.into()),
                Private::Empty | Private::Locked => None,
            },
            revision: reframe.revision,
            created_at: reframe.created_at,
            updated_at: reframe.updated_at,
        }
    }
}

impl From<reframe::Reframe> for ReframePayload {
    fn from(reframe: reframe::Reframe) -> Self {
        Self {
            reframe: reframe.into(),
        }
    }
}
