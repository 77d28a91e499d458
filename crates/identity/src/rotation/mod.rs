//! A new data key in the place of the present one, for somebody who fears that it is known.

mod reseal;

use std::sync::Arc;

use dreamtree_audit::{self as audit, Event};
use dreamtree_crypto::{DataKey, RecoveryCode, System};
use dreamtree_database::{Database, Scope, Vault};
use dreamtree_types::UserId;

use crate::{
    Client, Error, Identity, Viewer,
    checked::{self, Checked},
    keyring,
    passkey::{self, Passkey},
    second_factor,
    session::{self, Opened, Proof},
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
    /// Passkeys that have opened the private values so far: nobody but their devices can wrap the new key for them.
    pub shut: Vec<Passkey>,
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
    let known = known(database, identity, user, password).await?;
    let scope = begin().await?;
    Ok(write(scope, client, known).await?)
}

/// The password, for somebody who has one.
async fn known(
    database: &Database,
    identity: &Identity,
    user: UserId,
    password: Option<String>,
) -> Result<Option<Checked>, Error> {
    let scope = Scope::read(database, user).await?;
    let record = checked::record(&scope).await?;
    drop(scope);
    if record.is_none() {
        return Ok(None);
    }
    let (password, field) = (password.unwrap_or_default(), "input.password");
    let checked = Checked::of(database, identity, user, password, field).await?;
    Ok(Some(checked))
}

async fn write(scope: Scope, client: &Client, known: Option<Checked>) -> Result<Rotated, Error> {
    let present = scope.vault().clone();
    let generation = present.generation()?;
    // Somebody else may have changed the password since it was checked.
    if let Some(checked) = &known {
        checked.holds(&scope).await?;
    } else if checked::record(&scope).await?.is_some() {
        return Err(Error::Gone);
    }
    let next = keyring::newest(&scope).await? + 1;
    let key = Arc::new(DataKey::generate(&mut System)?);
    let vault = Vault::Open {
        key: Arc::clone(&key),
        generation: next,
        earlier: Arc::default(),
    };
    let before = passkey::all(&scope).await?;
    let sealed = reseal::all(&scope, &present, &vault).await?;
    second_factor::end_challenges(&scope).await?;
    session::end_all(&scope, None).await?;
    if sealed.left == 0 {
        // What the keys of earlier generations have opened is sealed anew as well.
        let opened: Vec<i32> = (1..generation).filter(|one| present.opens(*one)).collect();
        keyring::forget_earlier(&scope, &opened).await?;
        keyring::forget(&scope, &[generation]).await?;
    }
    // A visitor has proved nothing: their vault has no clock, since nothing else would open it.
    let (recovery, proof) = match &known {
        Some(checked) => {
            let code = keyring::wrap_twice(&scope, &checked.kek, &key, next).await?;
            (Some(code), Proof::Given)
        }
        None => (None, Proof::None),
    };
    let opened = session::open(&scope, &key, next, proof, client).await?;
    audit::record(&scope, Event::DataKeyReplaced(next)).await?;
    let shut = shut(before, &passkey::all(&scope).await?);
    let viewer = viewer::get(&scope, opened.expires_at, true).await?;
    scope.commit().await?;
    Ok(Rotated {
        opened,
        recovery,
        viewer,
        resealed: sealed.rows,
        shut,
    })
}

/// The passkeys that opened the vault before and do not now, as they are now.
fn shut(before: Vec<Passkey>, now: &[Passkey]) -> Vec<Passkey> {
    let opened = before.into_iter().filter(|one| one.opens_vault);
    let same = |old: Passkey| now.iter().find(|one| one.id == old.id).cloned();
    opened
        .filter_map(same)
        .filter(|one| !one.opens_vault)
        .collect()
}
