//! The wrapped data keys of a person: one row per way to open them.

use dreamtree_crypto::{DataKey, Kek, Method, RecoveryCode, System, unwrap_key, wrap};
use dreamtree_database::Scope;
use dreamtree_types::{Instant, SessionId};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    QueryTrait, Select,
};
use uuid::Uuid;

use crate::{
    Error,
    entity::{sessions, user_keys},
};

/// What a wrap is filed under.
#[derive(Clone, Copy)]
pub(crate) struct Slot {
    pub(crate) method: Method,
    pub(crate) generation: i32,
    pub(crate) session: Option<SessionId>,
}

fn owned(scope: &Scope) -> Select<user_keys::Entity> {
    user_keys::Entity::find().filter(user_keys::Column::UserId.eq(scope.user()))
}

/// Wraps the data key for one more way to open it.
pub(crate) async fn insert(
    scope: &Scope,
    slot: Slot,
    kek: &Kek,
    key: &DataKey,
) -> Result<(), Error> {
    insert_as(scope, Uuid::now_v7(), slot, kek, key).await
}

/// The same, with a given id.
pub(crate) async fn insert_as(
    scope: &Scope,
    id: Uuid,
    slot: Slot,
    kek: &Kek,
    key: &DataKey,
) -> Result<(), Error> {
    let user = scope.user();
    let wrapped_key = wrap(
        kek,
        key,
        user.uuid(),
        slot.method,
        slot.generation,
        &mut System,
    )?;
    let row = user_keys::ActiveModel {
        user_id: Set(user),
        id: Set(id),
        method: Set(slot.method.as_str().to_owned()),
        generation: Set(slot.generation),
        session_id: Set(slot.session),
        wrapped_key: Set(wrapped_key),
        created_at: Set(scope.now()),
    };
    user_keys::Entity::insert(row)
        .exec_without_returning(scope.connection())
        .await?;
    Ok(())
}

/// Opens the newest data key that was wrapped under the password.
pub(crate) async fn open_with_password(scope: &Scope, kek: &Kek) -> Result<(DataKey, i32), Error> {
    open_with(scope, Method::Password, kek).await
}

/// Opens the newest data key that was wrapped under the recovery code; [`Error::WrongSecret`] for another code.
pub(crate) async fn open_with_recovery(
    scope: &Scope,
    code: &RecoveryCode,
) -> Result<(DataKey, i32), Error> {
    match open_with(scope, Method::Recovery, &code.kek()).await {
        Err(Error::Crypto(dreamtree_crypto::Error::Refused)) => Err(Error::WrongSecret),
        other => other,
    }
}

async fn open_with(scope: &Scope, method: Method, kek: &Kek) -> Result<(DataKey, i32), Error> {
    let row = owned(scope)
        .filter(user_keys::Column::Method.eq(method.as_str()))
        .order_by_desc(user_keys::Column::Generation)
        .one(scope.connection())
        .await?
        .ok_or(Error::Gone)?;
    let user = scope.user().uuid();
    let key = unwrap_key(kek, &row.wrapped_key, user, method, row.generation)?;
    Ok((key, row.generation))
}

/// Takes the data key from a session, which goes on without it.
pub(crate) async fn take_from_session(scope: &Scope, session: SessionId) -> Result<(), DbErr> {
    user_keys::Entity::delete_many()
        .filter(user_keys::Column::UserId.eq(scope.user()))
        .filter(user_keys::Column::SessionId.eq(session))
        .exec(scope.connection())
        .await?;
    Ok(())
}

/// Takes the data key from the sessions that were not used since `since`, one of them or all. Not from those of a
/// visitor: they have no other way to it.
pub(crate) async fn take_from_idle(
    scope: &Scope,
    session: Option<SessionId>,
    since: Instant,
) -> Result<(), DbErr> {
    let mut idle = sessions::Entity::find()
        .select_only()
        .column(sessions::Column::Id)
        .filter(sessions::Column::UserId.eq(scope.user()))
        .filter(sessions::Column::AuthenticatedAt.is_not_null())
        .filter(sessions::Column::LastSeenAt.lte(since));
    if let Some(session) = session {
        idle = idle.filter(sessions::Column::Id.eq(session));
    }
    user_keys::Entity::delete_many()
        .filter(user_keys::Column::UserId.eq(scope.user()))
        .filter(user_keys::Column::SessionId.in_subquery(idle.into_query()))
        .exec(scope.connection())
        .await?;
    Ok(())
}

/// Puts a wrap under a new password key in the place of the old one.
pub(crate) async fn replace_password(
    scope: &Scope,
    generation: i32,
    kek: &Kek,
    key: &DataKey,
) -> Result<(), Error> {
    user_keys::Entity::delete_many()
        .filter(user_keys::Column::UserId.eq(scope.user()))
        .filter(user_keys::Column::Method.eq(Method::Password.as_str()))
        .filter(user_keys::Column::Generation.eq(generation))
        .exec(scope.connection())
        .await?;
    insert(
        scope,
        Slot {
            method: Method::Password,
            generation,
            session: None,
        },
        kek,
        key,
    )
    .await
}
