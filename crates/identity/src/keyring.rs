//! The wrapped data keys of a person: one row per way to open them.

use dreamtree_crypto::{
    DataKey, Kek, Method, RecoveryCode, System, unwrap_key, wrap, wrap_earlier,
};
use dreamtree_database::Scope;
use dreamtree_types::{Instant, SessionId};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    QueryTrait, Select,
};
use uuid::Uuid;

use crate::{
    Error,
    entity::{sessions, user_earlier_keys, user_former_passwords, user_keys},
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

/// Opens the newest data key that was wrapped under the password. The password was right a moment ago; where another
/// device has changed it since, it is [`Error::Credentials`].
pub(crate) async fn open_with_password(scope: &Scope, kek: &Kek) -> Result<(DataKey, i32), Error> {
    match open_with(scope, Method::Password, kek).await {
        Err(Error::Crypto(dreamtree_crypto::Error::Refused)) => Err(Error::Credentials),
        other => other,
    }
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
    let key = open_row(scope, method, &row, kek)?;
    Ok((key, row.generation))
}

/// Opens one wrap.
pub(crate) fn open_row(
    scope: &Scope,
    method: Method,
    row: &user_keys::Model,
    kek: &Kek,
) -> Result<DataKey, Error> {
    let (user, generation) = (scope.user().uuid(), row.generation);
    Ok(unwrap_key(kek, &row.wrapped_key, user, method, generation)?)
}

/// The person's present generation.
pub(crate) async fn newest(scope: &Scope) -> Result<i32, Error> {
    let row = owned(scope)
        .order_by_desc(user_keys::Column::Generation)
        .one(scope.connection())
        .await?;
    row.map(|row| row.generation).ok_or(Error::Gone)
}

/// Wraps the data key under the password and under a new recovery code, which is shown once and kept nowhere.
pub(crate) async fn wrap_twice(
    scope: &Scope,
    password: &Kek,
    key: &DataKey,
    generation: i32,
) -> Result<RecoveryCode, Error> {
    let recovery = RecoveryCode::generate(&mut System)?;
    let slot = |method| Slot {
        method,
        generation,
        session: None,
    };
    insert(scope, slot(Method::Password), password, key).await?;
    insert(scope, slot(Method::Recovery), &recovery.kek(), key).await?;
    Ok(recovery)
}

/// Seals the key of an earlier generation under that of the present one; again changes nothing.
pub(crate) async fn insert_earlier(
    scope: &Scope,
    (present, key): (i32, &DataKey),
    (generation, earlier): (i32, &DataKey),
) -> Result<(), Error> {
    let user = scope.user();
    let wrapped_key = wrap_earlier(key, earlier, user.uuid(), generation, &mut System)?;
    // One under a key that is locked itself would be there and open nothing.
    forget_earlier(scope, &[generation]).await?;
    let row = user_earlier_keys::ActiveModel {
        user_id: Set(user),
        generation: Set(generation),
        opened_by: Set(present),
        wrapped_key: Set(wrapped_key),
        created_at: Set(scope.now()),
    };
    user_earlier_keys::Entity::insert(row)
        .exec_without_returning(scope.connection())
        .await?;
    Ok(())
}

/// The sealed keys of earlier generations: those that open others first.
pub(crate) async fn earlier(scope: &Scope) -> Result<Vec<user_earlier_keys::Model>, DbErr> {
    use user_earlier_keys::{Column, Entity};
    Entity::find()
        .filter(Column::UserId.eq(scope.user()))
        .order_by_desc(Column::OpenedBy)
        .all(scope.connection())
        .await
}

/// Takes away the sealed keys of earlier generations.
pub(crate) async fn forget_earlier(scope: &Scope, generations: &[i32]) -> Result<(), Error> {
    use user_earlier_keys::{Column, Entity};
    Entity::delete_many()
        .filter(Column::UserId.eq(scope.user()))
        .filter(scope.among_numbers(Column::Generation, generations))
        .exec(scope.connection())
        .await?;
    Ok(())
}

/// Takes away the wraps of generations, and the passwords that opened them.
pub(crate) async fn forget(scope: &Scope, generations: &[i32]) -> Result<(), Error> {
    user_keys::Entity::delete_many()
        .filter(user_keys::Column::UserId.eq(scope.user()))
        .filter(scope.among_numbers(user_keys::Column::Generation, generations))
        .exec(scope.connection())
        .await?;
    user_former_passwords::Entity::delete_many()
        .filter(user_former_passwords::Column::UserId.eq(scope.user()))
        .filter(scope.among_numbers(user_former_passwords::Column::Generation, generations))
        .exec(scope.connection())
        .await?;
    Ok(())
}

/// Takes the data key from a session, which goes on without it. False when it had none.
pub(crate) async fn take_from_session(scope: &Scope, session: SessionId) -> Result<bool, DbErr> {
    let taken = user_keys::Entity::delete_many()
        .filter(user_keys::Column::UserId.eq(scope.user()))
        .filter(user_keys::Column::SessionId.eq(session))
        .exec(scope.connection())
        .await?;
    Ok(taken.rows_affected > 0)
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
    let slot = Slot {
        method: Method::Password,
        generation,
        session: None,
    };
    replace(scope, slot, kek, key).await
}

/// Puts a wrap in the place of the one of the same method and generation.
pub(crate) async fn replace(
    scope: &Scope,
    slot: Slot,
    kek: &Kek,
    key: &DataKey,
) -> Result<(), Error> {
    user_keys::Entity::delete_many()
        .filter(user_keys::Column::UserId.eq(scope.user()))
        .filter(user_keys::Column::Method.eq(slot.method.as_str()))
        .filter(user_keys::Column::Generation.eq(slot.generation))
        .exec(scope.connection())
        .await?;
    insert(scope, slot, kek, key).await
}
