//! Passkeys as rows.

use dreamtree_database::Scope;
use dreamtree_types::PasskeyId;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, Select,
};
use tokio::try_join;
use webauthn_rs::prelude::{Credential, CredentialID, Passkey as Key};

use super::{Broken, Passkey, directory, wraps};
use crate::{
    Error,
    entity::{
        passkeys::{Column, Entity, Model},
        user_keys,
    },
};

fn mine(scope: &Scope) -> Select<Entity> {
    Entity::find().filter(Column::UserId.eq(scope.user()))
}

/// The person's passkeys in the order of their making; one statement.
pub async fn all(scope: &Scope) -> Result<Vec<Passkey>, Error> {
    let mine = mine(scope).order_by_asc(Column::Id);
    let (rows, wraps) = try_join!(scope.gather(mine), scope.gather(wraps::lasting(scope)))?;
    rows.into_iter().map(|row| shown(row, &wraps)).collect()
}

/// The person's passkey with this credential, for a check and for what is kept of it afterwards.
pub(super) async fn find(scope: &Scope, credential: &[u8]) -> Result<Option<Model>, Error> {
    let row = mine(scope)
        .filter(Column::CredentialId.eq(directory::text(credential)))
        .one(scope.connection())
        .await?;
    Ok(row)
}

/// The ids of the credentials that the person has.
pub(super) async fn credentials(scope: &Scope) -> Result<Vec<CredentialID>, Error> {
    let rows = mine(scope).all(scope.connection()).await?;
    let id = |row: &Model| Ok(key(row)?.cred_id().clone());
    rows.iter().map(id).collect()
}

/// Writes a new passkey.
pub(super) async fn insert(scope: &Scope, key: &Key, name: String) -> Result<Model, Error> {
    let row = Model {
        user_id: scope.user(),
        id: PasskeyId::new(),
        credential_id: directory::text(key.cred_id()),
        credential: serde_json::to_string(key).map_err(Broken::from)?,
        name,
        last_used_on: None,
        created_at: scope.now(),
    };
    Entity::insert(row.clone().into_active_model().reset_all())
        .exec_without_returning(scope.connection())
        .await?;
    Ok(row)
}

/// Writes what a sign-in has changed: counter, flags, and the day.
pub(super) async fn used(scope: &Scope, row: Model, key: &Key) -> Result<Model, Error> {
    let row = Model {
        credential: serde_json::to_string(key).map_err(Broken::from)?,
        last_used_on: Some(scope.now().date()),
        ..row
    };
    Entity::update(row.clone().into_active_model().reset_all())
        .exec_without_returning(scope.connection())
        .await?;
    Ok(row)
}

/// The key of a row.
pub(super) fn key(row: &Model) -> Result<Key, Broken> {
    Ok(serde_json::from_str(&row.credential)?)
}

/// A row as its owner sees it.
pub(super) fn shown(row: Model, wraps: &[user_keys::Model]) -> Result<Passkey, Error> {
    let credential = Credential::from(key(&row)?);
    Ok(Passkey {
        id: row.id,
        opens_vault: wraps::usable(wraps, row.id).is_some(),
        backed_up: credential.backup_state,
        name: row.name,
        last_used_on: row.last_used_on,
        created_at: row.created_at,
    })
}
