//! The person who asks, as they see themselves.

use dreamtree_database::{Scope, Vault};
use dreamtree_types::{Instant, UserId};
use sea_orm::{EntityTrait, JoinType, QuerySelect};

use crate::{
    Error,
    entity::{user_settings, users},
    settings::Settings,
};

/// The person who asks.
#[derive(Clone, Debug)]
pub struct Viewer {
    /// The person.
    pub id: UserId,
    /// True until the work is claimed.
    pub anonymous: bool,
    /// True if nothing required was left at the last answer.
    pub workbook_complete: bool,
    /// True while private values can be read and written.
    pub unlocked: bool,
    /// When the session ends at the latest.
    pub session_expires_at: Instant,
    /// How they like things.
    pub settings: Settings,
    /// When they first came.
    pub created_at: Instant,
    /// When their row last changed.
    pub updated_at: Instant,
}

/// The scope's person, whose session ends at `session_expires_at`; one statement.
pub(crate) async fn get(
    scope: &Scope,
    session_expires_at: Instant,
    unlocked: bool,
) -> Result<Viewer, Error> {
    let settings = users::Entity::belongs_to(user_settings::Entity)
        .from(users::Column::Id)
        .to(user_settings::Column::UserId);
    let found = users::Entity::find_by_id(scope.user())
        .join(JoinType::InnerJoin, settings.into())
        .select_also(user_settings::Entity)
        .one(scope.connection())
        .await?;
    let Some((user, Some(settings))) = found else {
        return Err(Error::Gone);
    };
    Ok(Viewer {
        id: user.id,
        anonymous: user.is_anonymous,
        workbook_complete: user.workbook_complete,
        unlocked,
        session_expires_at,
        settings,
        created_at: user.created_at,
        updated_at: user.updated_at,
    })
}

/// The person of a running session.
pub(crate) async fn current(scope: &Scope, session_expires_at: Instant) -> Result<Viewer, Error> {
    get(
        scope,
        session_expires_at,
        matches!(scope.vault(), Vault::Open { .. }),
    )
    .await
}
