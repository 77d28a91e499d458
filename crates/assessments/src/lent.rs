//! Scores that people let somebody else read.

use std::collections::{HashMap, HashSet};

use dreamtree_database::Lenders;
use dreamtree_types::{Instant, UserId};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};

use crate::{
    Error, Score,
    entity::user_competency_scores::{Column, Entity},
};

/// The current scores of each of the lenders who has some; one statement.
pub async fn scores_of(lenders: &Lenders<'_>) -> Result<HashMap<UserId, Vec<Score>>, Error> {
    let rows = Entity::find()
        .filter(lenders.among(Column::UserId))
        .all(lenders.connection())
        .await?;
    let mut scores: HashMap<UserId, Vec<Score>> = HashMap::new();
    for row in rows {
        scores.entry(row.user_id).or_default().push(row.into());
    }
    Ok(scores)
}

/// Those of the lenders who have given themselves a score at this time or later, to the second; one statement.
pub async fn scored_since(lenders: &Lenders<'_>, since: Instant) -> Result<HashSet<UserId>, Error> {
    let users: Vec<UserId> = Entity::find()
        .select_only()
        .column(Column::UserId)
        .distinct()
        .filter(lenders.among(Column::UserId))
        .filter(Column::AssessedAt.gte(since.truncate_to_second()))
        .into_tuple()
        .all(lenders.connection())
        .await?;
    Ok(users.into_iter().collect())
}
