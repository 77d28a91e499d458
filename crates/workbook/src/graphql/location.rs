//! Places to live, at the edge.

use async_graphql::{Context, InputObject, MaybeUndefined, Object, SimpleObject};
use dreamtree_api::{Answer, Caller, Gid, Plain, PrivateText, Ready, caller, patch};
use time::OffsetDateTime;

use super::owned::settle;
use crate::{
    LocationId,
    location::{self, Draft, Location},
};

/// A place to live.
#[derive(SimpleObject, Plain)]
pub struct PreferredLocation {
    /// The place; `delete` and `reorder` take it.
    pub id: Gid<LocationId>,
    /// What it is called.
    pub name: PrivateText,
    /// From 1, the dearest; null for one that is not ranked. `reorder` ranks.
    pub rank: Option<i32>,
    /// What the person likes about it.
    pub traits_liked: PrivateText,
    /// What they do not like.
    pub traits_disliked: PrivateText,
    /// Anything else.
    pub notes: PrivateText,
    /// Counts the changes, from 1; `expectedVersion` is compared with it.
    pub revision: i32,
    /// When it was made.
    pub created_at: OffsetDateTime,
    /// When it last changed.
    pub updated_at: OffsetDateTime,
}

/// A new place to live.
#[derive(InputObject)]
pub struct CreateLocationInput {
    /// An id of the client's own making, `location:` and a UUID, so that a repeated request makes nothing twice.
    pub id: Option<Gid<LocationId>>,
    /// What it is called; 1 to 200 characters.
    pub name: String,
    /// What the person likes about it; at most 5,000 characters.
    pub traits_liked: Option<String>,
    /// What they do not like; at most 5,000 characters.
    pub traits_disliked: Option<String>,
    /// Anything else; at most 5,000 characters.
    pub notes: Option<String>,
}

/// What to change about a place; a field that is left out stays, null takes it away.
#[derive(InputObject)]
pub struct UpdateLocationInput {
    /// The place.
    pub id: Gid<LocationId>,
    /// The `revision` that the caller has seen; without it the change is made to whatever is there.
    pub expected_version: Option<i32>,
    /// What it is called; 1 to 200 characters.
    pub name: MaybeUndefined<String>,
    /// What the person likes about it; at most 5,000 characters.
    pub traits_liked: MaybeUndefined<String>,
    /// What they do not like; at most 5,000 characters.
    pub traits_disliked: MaybeUndefined<String>,
    /// Anything else; at most 5,000 characters.
    pub notes: MaybeUndefined<String>,
}

/// A place as it is now.
#[derive(SimpleObject, Plain)]
pub struct LocationPayload {
    /// The place.
    pub location: PreferredLocation,
}

/// What can be asked about places to live.
#[derive(Clone, Copy, Debug, Default)]
pub struct LocationQuery;

#[Object]
impl LocationQuery {
    /// The caller's places to live: the ranked ones by rank, then the others in the order of their making.
    #[graphql(complexity = "dreamtree_api::UNPAGED * child_complexity + 1")]
    async fn locations(&self, ctx: &Context<'_>) -> Answer<Ready<Vec<PreferredLocation>>> {
        let scope = caller(ctx)?.read().await?;
        let all = location::all(&scope).await?;
        Ok(Ready(all.into_iter().map(Into::into).collect()))
    }
}

/// What can be done with places to live.
#[derive(Clone, Copy, Debug, Default)]
pub struct LocationMutation;

#[Object]
impl LocationMutation {
    /// Adds a place to live. The same id again returns the place that is there.
    async fn create_location(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The place.")] input: CreateLocationInput,
    ) -> Answer<Ready<LocationPayload>> {
        let scope = caller(ctx)?.write().await?;
        let id = input.id.map(|id| id.0);
        let location = location::create(&scope, id, input.into()).await?;
        Caller::commit(scope).await?;
        Ok(Ready(location.into()))
    }

    /// Changes a place to live. An `expectedVersion` that is not the latest gets `CONFLICT` and shows the place as it is.
    async fn update_location(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The change.")] input: UpdateLocationInput,
    ) -> Answer<Ready<LocationPayload>> {
        let scope = caller(ctx)?.write().await?;
        let (id, expected) = (input.id.0, input.expected_version);
        let saved = location::update(&scope, id, expected, input.into()).await?;
        Ok(Ready(settle(ctx, scope, saved).await?.into()))
    }
}

impl From<CreateLocationInput> for Draft {
    fn from(input: CreateLocationInput) -> Self {
        Self {
            name: Some(input.name).into(),
            traits_liked: input.traits_liked.into(),
            traits_disliked: input.traits_disliked.into(),
            notes: input.notes.into(),
        }
    }
}

impl From<UpdateLocationInput> for Draft {
    fn from(input: UpdateLocationInput) -> Self {
        Self {
            name: patch(input.name),
            traits_liked: patch(input.traits_liked),
            traits_disliked: patch(input.traits_disliked),
            notes: patch(input.notes),
        }
    }
}

impl From<Location> for PreferredLocation {
    fn from(location: Location) -> Self {
        Self {
            id: Gid(location.id),
            name: location.name.into(),
            rank: location.rank,
            traits_liked: location.traits_liked.into(),
            traits_disliked: location.traits_disliked.into(),
            notes: location.notes.into(),
            revision: location.revision,
            created_at: location.created_at,
            updated_at: location.updated_at,
        }
    }
}

impl From<Location> for LocationPayload {
    fn from(location: Location) -> Self {
        Self {
            location: location.into(),
        }
    }
}
