//! Stories outside of a placement, at the edge.

use async_graphql::{Context, InputObject, MaybeUndefined, Object, SimpleObject};
use dreamtree_api::{Answer, Caller, Gid, Plain, PrivateState, Ready, caller, patch};
use dreamtree_content::graphql::{StoryType, library};
use dreamtree_types::Private;
use time::OffsetDateTime;

use super::{owned::settle, tool::story::StoryAnswer};
use crate::{
    ExperienceId, InstanceId, StoryId,
    story::{self, Draft, Wanted},
};

/// A SOARED story, told in the workbook or outside of it.
#[derive(SimpleObject, Plain)]
pub struct Story {
    /// The story; `delete` takes it, unless it belongs to an exercise.
    pub id: Gid<StoryId>,
    /// What it is about; null when the person has not said.
    pub r#type: Option<StoryType>,
    /// The experience that it tells of, one of the person's.
    pub experience: Option<Gid<ExperienceId>>,
    /// The use of a tool that it belongs to; null for one that was written by itself.
    pub instance: Option<Gid<InstanceId>>,
    /// Whether the texts can be read now.
    pub state: PrivateState,
    /// What it says; null unless the state is UNLOCKED.
    pub texts: Option<StoryAnswer>,
    /// Counts the changes, from 1; `expectedVersion` is compared with it.
    pub revision: i32,
    /// When it was made.
    pub created_at: OffsetDateTime,
    /// When it last changed.
    pub updated_at: OffsetDateTime,
}

/// A new story; one of the steps at least is needed.
#[derive(InputObject)]
pub struct CreateStoryInput {
    /// An id of the client's own making, `story:` and a UUID, so that a repeated request makes nothing twice.
    pub id: Option<Gid<StoryId>>,
    /// What it is about.
    pub r#type: Option<StoryType>,
    /// The experience that it tells of, one of the caller's.
    pub experience: Option<Gid<ExperienceId>>,
    /// What to call it; at most 200 characters.
    pub title: Option<String>,
    /// What was going on; at most 5,000 characters.
    pub situation: Option<String>,
    /// What stood in the way; at most 5,000 characters.
    pub obstacle: Option<String>,
    /// What the person did; at most 5,000 characters.
    pub action: Option<String>,
    /// What came of it; at most 5,000 characters.
    pub result: Option<String>,
    /// How they judge it; at most 5,000 characters.
    pub evaluation: Option<String>,
    /// What they found out about themselves; at most 5,000 characters.
    pub discovery: Option<String>,
}

/// What to change about a story; a field that is left out stays, null takes it away, but one of the steps has to stay.
#[derive(InputObject)]
pub struct UpdateStoryInput {
    /// The story.
    pub id: Gid<StoryId>,
    /// The `revision` that the caller has seen; without it the change is made to whatever is there.
    pub expected_version: Option<i32>,
    /// What it is about; cannot be changed where an exercise says it.
    pub r#type: MaybeUndefined<StoryType>,
    /// The experience that it tells of, one of the caller's.
    pub experience: MaybeUndefined<Gid<ExperienceId>>,
    /// What to call it; at most 200 characters.
    pub title: MaybeUndefined<String>,
    /// What was going on; at most 5,000 characters.
    pub situation: MaybeUndefined<String>,
    /// What stood in the way; at most 5,000 characters.
    pub obstacle: MaybeUndefined<String>,
    /// What the person did; at most 5,000 characters.
    pub action: MaybeUndefined<String>,
    /// What came of it; at most 5,000 characters.
    pub result: MaybeUndefined<String>,
    /// How they judge it; at most 5,000 characters.
    pub evaluation: MaybeUndefined<String>,
    /// What they found out about themselves; at most 5,000 characters.
    pub discovery: MaybeUndefined<String>,
}

/// A story as it is now.
#[derive(SimpleObject, Plain)]
pub struct StoryPayload {
    /// The story.
    pub story: Story,
}

/// What can be asked about stories.
#[derive(Clone, Copy, Debug, Default)]
pub struct StoryQuery;

#[Object]
impl StoryQuery {
    /// The caller's stories in the order of their making, those of the workbook too.
    #[graphql(complexity = "dreamtree_api::UNPAGED * child_complexity + 1")]
    async fn stories(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only those about this.")] r#type: Option<StoryType>,
        #[graphql(desc = "Only those that tell of this experience.")] experience: Option<
            Gid<ExperienceId>,
        >,
    ) -> Answer<Ready<Vec<Story>>> {
        let scope = caller(ctx)?.read().await?;
        let wanted = Wanted {
            kind: r#type.map(Into::into),
            experience: experience.map(|id| id.0),
        };
        let all = story::all(&scope, wanted).await?;
        Ok(Ready(all.into_iter().map(Into::into).collect()))
    }
}

/// What can be done with stories.
#[derive(Clone, Copy, Debug, Default)]
pub struct StoryMutation;

#[Object]
impl StoryMutation {
    /// Adds a story. The same id again returns the story that is there.
    async fn create_story(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The story.")] input: CreateStoryInput,
    ) -> Answer<Ready<StoryPayload>> {
        let scope = caller(ctx)?.write().await?;
        let id = input.id.map(|id| id.0);
        let story = story::create(&scope, id, input.into()).await?;
        Caller::commit(scope).await?;
        Ok(Ready(story.into()))
    }

    /// Changes a story; one of the workbook changes there too. An `expectedVersion` that is not the latest gets
    /// `CONFLICT` and shows the story as it is.
    async fn update_story(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The change.")] input: UpdateStoryInput,
    ) -> Answer<Ready<StoryPayload>> {
        let scope = caller(ctx)?.write().await?;
        let (id, expected) = (input.id.0, input.expected_version);
        let saved = story::update(&scope, library(ctx)?, id, expected, input.into()).await?;
        Ok(Ready(settle(ctx, scope, saved).await?.into()))
    }
}

impl From<CreateStoryInput> for Draft {
    fn from(input: CreateStoryInput) -> Self {
        Self {
            kind: input.r#type.map(Into::into).into(),
            experience: input.experience.map(|id| id.0).into(),
            title: input.title.into(),
            situation: input.situation.into(),
            obstacle: input.obstacle.into(),
            action: input.action.into(),
            result: input.result.into(),
            evaluation: input.evaluation.into(),
            discovery: input.discovery.into(),
        }
    }
}

impl From<UpdateStoryInput> for Draft {
    fn from(input: UpdateStoryInput) -> Self {
        Self {
            kind: patch(input.r#type).map(Into::into),
            experience: patch(input.experience).map(|id| id.0),
            title: patch(input.title),
            situation: patch(input.situation),
            obstacle: patch(input.obstacle),
            action: patch(input.action),
            result: patch(input.result),
            evaluation: patch(input.evaluation),
            discovery: patch(input.discovery),
        }
    }
}

impl From<story::Story> for Story {
    fn from(story: story::Story) -> Self {
        let state = PrivateState::from(&story.texts);
        Self {
            id: Gid(story.id),
            r#type: story.kind.map(Into::into),
            experience: story.experience.map(Gid),
            instance: story.instance.map(Gid),
            state,
            texts: match story.texts {
                Private::Open(texts) => Some(texts.into()),
                Private::Empty | Private::Locked => None,
            },
            revision: story.revision,
            created_at: story.created_at,
            updated_at: story.updated_at,
        }
    }
}

impl From<story::Story> for StoryPayload {
    fn from(story: story::Story) -> Self {
        Self {
            story: story.into(),
        }
    }
}
