//! Sessions: one per device, found by a token that only the device knows.

use dreamtree_audit::{self as audit, Event};
use dreamtree_crypto::{DataKey, Kek, Method, SessionToken, System, hex};
use dreamtree_database::Scope;
use dreamtree_types::{Instant, SessionId};
use sea_orm::{ActiveValue::Set, ColumnTrait, DbErr, EntityTrait, QueryFilter};
use time::Duration;

use crate::{
    Error,
    entity::sessions,
    keyring::{self, Slot},
};

const LIFETIME: Duration = Duration::days(365);

/// A new session: the token goes to the device and is kept nowhere else.
#[derive(Debug)]
pub struct Opened {
    /// The token.
    pub token: SessionToken,
    /// The session.
    pub session: SessionId,
    /// When it ends at the latest.
    pub expires_at: Instant,
}

/// Begins a session and wraps the data key under its token.
pub(crate) async fn open(scope: &Scope, key: &DataKey, generation: i32) -> Result<Opened, Error> {
    let token = SessionToken::generate(scope.user().uuid(), &mut System)?;
    let session = SessionId::new();
    let expires_at = scope.now() + LIFETIME;
    let row = sessions::ActiveModel {
        user_id: Set(scope.user()),
        id: Set(session),
        token_hash: Set(hex(&token.id_hash())),
        created_at: Set(scope.now()),
        last_seen_at: Set(scope.now()),
        expires_at: Set(expires_at),
    };
    sessions::Entity::insert(row)
        .exec_without_returning(scope.connection())
        .await?;
    let kek: Kek = token.kek();
    let slot = Slot {
        method: Method::Session,
        generation,
        session: Some(session),
    };
    keyring::insert(scope, slot, &kek, key).await?;
    Ok(Opened {
        token,
        session,
        expires_at,
    })
}

/// Ends all sessions of a person; their wraps of the data key go with them.
pub(crate) async fn end_all(scope: &Scope) -> Result<(), DbErr> {
    sessions::Entity::delete_many()
        .filter(sessions::Column::UserId.eq(scope.user()))
        .exec(scope.connection())
        .await?;
    Ok(())
}

/// Ends one session.
pub async fn sign_out(scope: Scope, session: SessionId) -> Result<(), Error> {
    sessions::Entity::delete_many()
        .filter(sessions::Column::UserId.eq(scope.user()))
        .filter(sessions::Column::Id.eq(session))
        .exec(scope.connection())
        .await?;
    audit::record(&scope, Event::SignedOut).await?;
    Ok(scope.commit().await?)
}
