//! What the caller has kept of connections, at the edge.

use async_graphql::{Context, Object, SimpleObject};
use dreamtree_api::{Answer, Gid, Plain, Ready, UNPAGED, caller};
use dreamtree_content::{Library, PlacementId, graphql::library};
use time::OffsetDateTime;

use super::{prefill::PrefillGap, value::AnswerValue};
use crate::{Kept, Review, reviews, snapshots};

/// An answer that the caller has looked at again and left as it is.
#[derive(Clone, Copy, SimpleObject, Plain)]
pub struct KeptAnswer {
    /// The placement; `blocks(around:)` shows it.
    pub placement: Gid<PlacementId>,
    /// When the caller last called `keepAnswer` for it.
    pub kept_at: OffsetDateTime,
}

/// What was there when a placement was answered, kept for it.
#[derive(SimpleObject, Plain)]
pub struct Snapshot {
    /// The placement; `refreshSnapshot` takes what is there now.
    pub placement: Gid<PlacementId>,
    /// What was kept; null while the vault is locked.
    pub value: Option<AnswerValue>,
    /// Why there is nothing to be seen; null when there is.
    pub gap: Option<PrefillGap>,
    /// True when it is kept sealed, because some of it is private.
    pub private: bool,
    /// How often it was taken, from 1.
    pub times: i32,
    /// When it was first taken.
    pub first_taken_at: OffsetDateTime,
    /// When it was last taken.
    pub taken_at: OffsetDateTime,
}

/// What can be asked about what was kept.
#[derive(Clone, Copy, Debug, Default)]
pub struct KeptQuery;

#[Object]
impl KeptQuery {
    /// The answers that the caller has kept with `keepAnswer`, the last one first; also those that are to be looked at once
    /// more since.
    #[graphql(complexity = "UNPAGED * child_complexity + 1")]
    async fn kept_answers(&self, ctx: &Context<'_>) -> Answer<Ready<Vec<KeptAnswer>>> {
        let scope = caller(ctx)?.read().await?;
        let all = reviews(&scope).await?.into_iter();
        Ok(Ready(all.map(Into::into).collect()))
    }

    /// What was there when the caller answered, of placements whose connection keeps it; what was taken last stands first.
    #[graphql(complexity = "2 * child_complexity + 1")]
    async fn snapshots(&self, ctx: &Context<'_>) -> Answer<Ready<Vec<Snapshot>>> {
        let scope = caller(ctx)?.read().await?;
        let library = library(ctx)?;
        let all = snapshots(&scope).await?.into_iter();
        Ok(Ready(all.map(|one| Snapshot::of(library, one)).collect()))
    }
}

impl From<Review> for KeptAnswer {
    fn from(review: Review) -> Self {
        Self {
            placement: Gid(review.placement),
            kept_at: review.at,
        }
    }
}

impl Snapshot {
    fn of(library: &Library, kept: Kept) -> Self {
        let value = kept.offer.data;
        Self {
            placement: Gid(kept.placement),
            value: value.map(|value| AnswerValue::carried(library, value)),
            gap: kept.offer.gap.map(Into::into),
            private: kept.is_sealed,
            times: kept.times,
            first_taken_at: kept.first_at,
            taken_at: kept.at,
        }
    }
}
