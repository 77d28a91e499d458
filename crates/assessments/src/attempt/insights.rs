//! What a frontend makes of a result and wants to find again.

use dreamtree_database::Scope;
use sea_orm::{EntityTrait, IntoActiveModel, sea_query::OnConflict};
use serde_json::Value;

use super::{Attempt, read::get_attempt};
use crate::{
    AttemptId, Error,
    entity::attempt_insights::{Column, Entity, Model},
    score::moment,
};

/// The most bytes that are stored for one attempt.
pub const LARGEST_INSIGHTS: usize = 16 * 1024;

/// Stores a JSON object with a completed attempt, in the place of what was stored before.
pub async fn store_insights(scope: &Scope, id: AttemptId, json: &str) -> Result<Attempt, Error> {
    if json.len() > LARGEST_INSIGHTS {
        return Err(Error::Insights);
    }
    let Ok(insights @ Value::Object(_)) = serde_json::from_str::<Value>(json) else {
        return Err(Error::Insights);
    };
    let attempt = get_attempt(scope, id).await?;
    if attempt.completed().is_none() {
        return Err(Error::NotCompleted);
    }
    let row = Model {
        user_id: scope.user(),
        attempt_id: id,
        insights: insights.to_string(),
        stored_at: moment(scope),
    };
    let stored = (row.insights.clone(), row.stored_at);
    let replace = OnConflict::columns([Column::UserId, Column::AttemptId])
        .update_columns([Column::Insights, Column::StoredAt])
        .to_owned();
    Entity::insert(row.into_active_model())
        .on_conflict(replace)
        .exec_without_returning(scope.connection())
        .await?;
    Ok(Attempt {
        insights: Some(stored),
        ..attempt
    })
}
