//! A new data key in the place of the present one, for somebody who fears that it is known.

mod reseal;

use std::sync::Arc;

use dreamtree_audit::{self as audit, Event};
use dreamtree_crypto::{DataKey, Kek, Password, RecoveryCode, System};
use dreamtree_database::{Database, Scope, Vault, VaultError};
use dreamtree_types::UserId;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use crate::{
    Client, Error, Identity, Viewer,
    claim::wrap_twice,
    entity::user_keys,
    session::{self, Opened},
    sign_in::stored_record,
    viewer,
};

/// What exchanging the key yields; the recovery code is shown once and kept nowhere.
#[derive(Debug)]
pub struct Rotated {
    /// The session that takes the place of all earlier ones.
    pub opened: Opened,
    /// Opens the private values when the password is lost, in the place of the one before; `None` without a password.
    pub recovery: Option<RecoveryCode>,
    /// The person.
    pub viewer: Viewer,
    /// How many rows were sealed anew.
    pub resealed: usize,
}

/// Gives the person a new data key, seals under it whatever the present key opens, and takes the present key away. All
/// of it is one transaction: whoever is interrupted has the key that they had. What only an older key opens stays as it
/// is, with that key's wraps. All sessions end, and the recovery code is another one. `begin` opens the transaction,
/// after the password work.
pub async fn rotate<E: From<Error>>(
    database: &Database,
    identity: &Identity,
    client: &Client,
    user: UserId,
    password: Option<String>,
    begin: impl AsyncFnOnce() -> Result<Scope, E>,
) -> Result<Rotated, E> {
    let known = proved(database, identity, user, password).await?;
    let scope = begin().await?;
    Ok(write(scope, client, known).await?)
}

/// The record that the password was checked against, and the key that it wraps with.
struct Proof {
    record: String,
    kek: Kek,
}

async fn proved(
    database: &Database,
    identity: &Identity,
    user: UserId,
    password: Option<String>,
) -> Result<Option<Proof>, Error> {
    let scope = Scope::read(database, user).await?;
    let record = stored_record(&scope).await?;
    drop(scope);
    let Some(record) = record else {
        return Ok(None);
    };
    let text = record.to_string();
    let password = Password::attempt(password.unwrap_or_default());
    let password = password.map_err(|_| Error::Credentials)?;
    let attempt = identity
        .stretcher
        .attempt(password, Some(record), [0; 16], identity.keys.clone())
        .await?;
    if !attempt.right {
        return Err(Error::Credentials);
    }
    Ok(Some(Proof {
        record: text,
        kek: attempt.kek,
    }))
}

async fn write(scope: Scope, client: &Client, proof: Option<Proof>) -> Result<Rotated, Error> {
    let present = scope.vault().clone();
    let generation = present.generation()?;
    // Somebody else may have changed the password since it was checked.
    let record = stored_record(&scope)
        .await?
        .map(|record| record.to_string());
    if record.as_ref() != proof.as_ref().map(|proof| &proof.record) {
        return Err(Error::Credentials);
    }
    let next = newest(&scope).await? + 1;
    let key = Arc::new(DataKey::generate(&mut System)?);
    let vault = Vault::Open {
        key: Arc::clone(&key),
        generation: next,
    };
    let sealed = reseal::all(&scope, &present, &vault).await?;
    session::end_all(&scope, None).await?;
    if sealed.left == 0 {
        forget(&scope, generation).await?;
    }
    let recovery = match &proof {
        Some(proof) => Some(wrap_twice(&scope, &proof.kek, &key, next).await?),
        None => None,
    };
    // Nothing but the session opens a visitor's vault, so it must not be one that is locked in time.
    let shown = match proof {
        Some(_) => session::Proof::Given,
        None => session::Proof::None,
    };
    let opened = session::open(&scope, &key, next, shown, client).await?;
    audit::record(&scope, Event::DataKeyReplaced(next)).await?;
    let viewer = viewer::get(&scope, opened.expires_at, true).await?;
    scope.commit().await?;
    Ok(Rotated {
        opened,
        recovery,
        viewer,
        resealed: sealed.rows,
    })
}

/// The newest generation that any wrap of the person is of.
async fn newest(scope: &Scope) -> Result<i32, Error> {
    let newest = user_keys::Entity::find()
        .filter(user_keys::Column::UserId.eq(scope.user()))
        .order_by_desc(user_keys::Column::Generation)
        .one(scope.connection())
        .await?;
    newest
        .map(|row| row.generation)
        .ok_or_else(|| VaultError::Locked.into())
}

/// Takes away whatever opens the key of a generation that no row needs any more.
async fn forget(scope: &Scope, generation: i32) -> Result<(), Error> {
    user_keys::Entity::delete_many()
        .filter(user_keys::Column::UserId.eq(scope.user()))
        .filter(user_keys::Column::Generation.eq(generation))
        .exec(scope.connection())
        .await?;
    Ok(())
}
