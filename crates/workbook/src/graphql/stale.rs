//! Placements to look at again, at the edge.

use async_graphql::{Context, Object, SimpleObject};
use dreamtree_api::{Answer, Caller, Gid, Plain, Ready, caller};
use dreamtree_content::{
    Library, PlacementId,
    graphql::{Citing, Location, library},
};
use dreamtree_database::Scope;
use time::OffsetDateTime;

use super::block::Block;
use crate::{Stale, View, keep, refresh, stale};

/// A placement to look at again: something that it builds on has changed.
#[derive(SimpleObject, Plain)]
pub struct StalePlacement {
    /// The placement; `blocks(around:)` shows it, `keepAnswer` says that it stays.
    pub placement: Gid<PlacementId>,
    /// The order of reading.
    pub sequence: i32,
    /// Where it stands.
    pub location: Location,
    /// The exercise that it stands in.
    pub exercise_title: String,
    /// When what it builds on changed.
    pub since: OffsetDateTime,
}

/// The block after a change.
#[derive(SimpleObject, Plain)]
pub struct BlockPayload {
    /// The block as it is now.
    pub block: Block,
}

/// What can be asked about what has changed.
#[derive(Clone, Copy, Debug, Default)]
pub struct StaleQuery;

#[Object]
impl StaleQuery {
    /// The open placements that the caller should look at again, in the order of reading: what they build on has
    /// changed since they were answered, and their author wants that to be told.
    async fn stale_placements(&self, ctx: &Context<'_>) -> Answer<Ready<Vec<StalePlacement>>> {
        let scope = caller(ctx)?.read().await?;
        let library = library(ctx)?;
        let all = stale(&scope, library).await?;
        let all = all.iter().map(|one| StalePlacement::of(library, one));
        Ok(Ready(all.collect()))
    }
}

/// What can be done about it.
#[derive(Clone, Copy, Debug, Default)]
pub struct StaleMutation;

#[Object]
impl StaleMutation {
    /// Says that the caller has looked at a placement again and leaves it as it is; it is no longer marked until its
    /// source changes once more.
    async fn keep_answer(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The placement.")] placement: Gid<PlacementId>,
    ) -> Answer<Ready<BlockPayload>> {
        let scope = caller(ctx)?.write().await?;
        let library = library(ctx)?;
        let index = keep(&scope, library, placement.0).await?;
        settled(scope, library, index, Citing::of(ctx)?).await
    }

    /// Takes what is there now into the place of what was kept when the placement was answered.
    async fn refresh_snapshot(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The placement; it must be answered.")] placement: Gid<PlacementId>,
    ) -> Answer<Ready<BlockPayload>> {
        let scope = caller(ctx)?.write().await?;
        let library = library(ctx)?;
        let index = refresh(&scope, library, placement.0).await?;
        settled(scope, library, index, Citing::of(ctx)?).await
    }
}

/// The block as it is after the change, which is committed.
async fn settled(
    scope: Scope,
    library: &Library,
    index: usize,
    citing: Citing,
) -> Answer<Ready<BlockPayload>> {
    let view = View::at(&scope, library, index).await?;
    Caller::commit(scope).await?;
    Ok(Ready(BlockPayload {
        block: Block::of(library, &view, index, Some(citing)),
    }))
}

impl StalePlacement {
    /// The placement at its place.
    pub(super) fn of(library: &Library, stale: &Stale) -> Self {
        let placement = &library.placements()[stale.index];
        let exercise = library.exercise_of(placement);
        Self {
            placement: Gid(placement.id),
            sequence: placement.sequence,
            location: placement.location.into(),
            exercise_title: exercise.map_or_else(String::new, |one| one.title.clone()),
            since: stale.since,
        }
    }
}
