//! Challenges of people who have yet to say who they are. Each is answered once, whatever comes of it.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use dreamtree_database::{Database, Scope};
use dreamtree_types::Instant;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter,
    Statement,
};
use webauthn_rs::prelude::DiscoverableAuthentication;

use super::{Broken, LIFETIME};
use crate::{
    Error,
    entity::passkey_challenges::{ActiveModel, Column, Entity},
};

#[derive(FromQueryResult)]
struct Taken {
    state: String,
    expires_at: Instant,
}

/// Keeps a challenge for its answer, and forgets those that nobody has answered in time.
pub(super) async fn keep(
    database: &Database,
    challenge: &[u8],
    state: &DiscoverableAuthentication,
) -> Result<(), Error> {
    let scope = Scope::nobody(database).await?;
    Entity::delete_many()
        .filter(Column::ExpiresAt.lt(scope.now()))
        .exec(scope.connection())
        .await?;
    let row = ActiveModel {
        challenge: Set(URL_SAFE_NO_PAD.encode(challenge)),
        state: Set(serde_json::to_string(state).map_err(Broken::from)?),
        expires_at: Set(scope.now() + LIFETIME),
    };
    Entity::insert(row)
        .exec_without_returning(scope.connection())
        .await?;
    Ok(scope.commit().await?)
}

/// Takes a challenge out for its answer. Of two who come at the same time, one gets it; the other, and whoever comes late,
/// is told [`Error::ChallengeExpired`].
pub(super) async fn take(
    database: &Database,
    challenge: &str,
) -> Result<DiscoverableAuthentication, Error> {
    let scope = Scope::nobody(database).await?;
    let sql = "DELETE FROM passkey_challenges WHERE challenge = $1 RETURNING state, expires_at";
    let backend = scope.connection().get_database_backend();
    let statement = Statement::from_sql_and_values(backend, sql, [challenge.into()]);
    let taken = Taken::find_by_statement(statement)
        .one(scope.connection())
        .await?;
    let now = scope.now();
    scope.commit().await?;
    let taken = taken.filter(|taken| now < taken.expires_at);
    let taken = taken.ok_or(Error::ChallengeExpired)?;
    Ok(serde_json::from_str(&taken.state).map_err(Broken::from)?)
}
