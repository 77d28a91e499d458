//! The data key, wrapped under what passkeys yield. A passkey's wrap is the row of `user_keys` with the passkey's id.

use dreamtree_crypto::{DataKey, Kek, Method};
use dreamtree_database::Scope;
use dreamtree_types::PasskeyId;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, Select};

use crate::{
    Error,
    entity::user_keys::{Column, Entity, Model},
    keyring::{self, Slot},
};

/// The person's wraps that outlive a session.
pub(super) fn lasting(scope: &Scope) -> Select<Entity> {
    Entity::find()
        .filter(Column::UserId.eq(scope.user()))
        .filter(Column::Method.ne(Method::Session.as_str()))
}

/// The wrap that a passkey opens: of the newest data key only, since with an older one what is written now could not be read.
pub(super) fn usable(wraps: &[Model], id: PasskeyId) -> Option<&Model> {
    let newest = wraps.iter().map(|wrap| wrap.generation).max();
    wraps
        .iter()
        .find(|wrap| wrap.id == id.uuid() && Some(wrap.generation) == newest)
}

/// Wraps the data key for a passkey.
pub(super) async fn insert(
    scope: &Scope,
    id: PasskeyId,
    kek: &Kek,
    (key, generation): (&DataKey, i32),
) -> Result<(), Error> {
    let slot = Slot {
        method: Method::Passkey,
        generation,
        session: None,
    };
    keyring::insert_as(scope, id.uuid(), slot, kek, key).await
}

/// Opens the newest data key with what a passkey has yielded; `None` when it has no wrap of it, or the wrap does not open: an
/// authenticator that was set up anew may yield something else.
pub(super) fn open(
    scope: &Scope,
    wraps: &[Model],
    id: PasskeyId,
    kek: &Kek,
) -> Option<(DataKey, i32)> {
    let wrap = usable(wraps, id)?;
    let opened = keyring::open_row(scope, Method::Passkey, wrap, kek);
    if opened.is_err() {
        tracing::warn!("a passkey's data key does not open");
    }
    opened.ok().map(|key| (key, wrap.generation))
}

/// Takes a passkey's wrap away, unless nothing else opens that data key.
pub(super) async fn remove(scope: &Scope, id: PasskeyId) -> Result<(), Error> {
    let wraps = lasting(scope).all(scope.connection()).await?;
    let Some(own) = wraps.iter().find(|wrap| wrap.id == id.uuid()) else {
        return Ok(());
    };
    let others = wraps
        .iter()
        .filter(|wrap| wrap.generation == own.generation);
    if others.count() == 1 {
        return Err(Error::LastKey);
    }
    Entity::delete_by_id((scope.user(), own.id))
        .exec(scope.connection())
        .await?;
    Ok(())
}
