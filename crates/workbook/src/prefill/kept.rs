//! What a person has kept of connections: answers that stay although their source has changed, and snapshots.

use dreamtree_content::PlacementId;
use dreamtree_database::Scope;
use dreamtree_types::Instant;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use super::{Offer, snapshot};
use crate::{
    Error,
    entity::{user_reviews, user_snapshots},
};

/// An answer that its author has looked at again and left as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Review {
    /// Where it stands.
    pub placement: PlacementId,
    /// When they last said so.
    pub at: Instant,
}

/// What a connection brought when its target was answered.
#[derive(Clone, Debug)]
pub struct Kept {
    /// The target.
    pub placement: PlacementId,
    /// What was brought, or why it cannot be read.
    pub offer: Offer,
    /// True when it is sealed.
    pub is_sealed: bool,
    /// How often it was taken.
    pub times: i32,
    /// When it was first taken.
    pub first_at: Instant,
    /// When it was last taken.
    pub at: Instant,
}

/// All answers that stay, the one that was looked at last first; one statement.
pub async fn reviews(scope: &Scope) -> Result<Vec<Review>, Error> {
    use user_reviews::{Column, Entity};
    let mine = Entity::find().filter(Column::UserId.eq(scope.user()));
    let rows = mine
        .order_by_desc(Column::ReviewedAt)
        .order_by_asc(Column::StemId);
    let rows = scope.gather(rows).await?.into_iter();
    let review = |row: user_reviews::Model| Review {
        placement: PlacementId(row.stem_id),
        at: row.reviewed_at,
    };
    Ok(rows.map(review).collect())
}

/// All snapshots, the one that was taken last first; one statement.
pub async fn snapshots(scope: &Scope) -> Result<Vec<Kept>, Error> {
    use user_snapshots::{Column, Entity};
    let mine = Entity::find().filter(Column::UserId.eq(scope.user()));
    let rows = mine
        .order_by_desc(Column::UpdatedAt)
        .order_by_asc(Column::StemId);
    let rows = scope.gather(rows).await?.into_iter();
    let kept = |row: user_snapshots::Model| Kept {
        placement: PlacementId(row.stem_id),
        offer: snapshot::read(scope, &row).found().offer,
        is_sealed: row.is_sealed,
        times: row.revision,
        first_at: row.created_at,
        at: row.updated_at,
    };
    Ok(rows.map(kept).collect())
}
