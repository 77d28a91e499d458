//! A passkey that has come to open nothing is made to open the vault again, without being removed and made anew: after a
//! new data key, after a reset, or after its device was set up anew.

use dreamtree_audit::{self as audit, Event};
use dreamtree_crypto::{Kek, Method};
use dreamtree_database::{Scope, Vault, VaultError};
use dreamtree_types::PasskeyId;
use sea_orm::EntityTrait;

use super::{Passkey, may_change, refused, response, stored, wraps};
use crate::{
    Error, earlier,
    entity::{passkeys, user_keys},
    keyring,
};

/// Wraps the present data key under what the passkey's PRF extension has yielded, 32 bytes in base64url; for that the vault
/// has to be open. Where the passkey still wraps a key that a reset has locked, that one is opened with it: the wrap is
/// a way to what was sealed before, and is not given up for a new one. Again changes nothing.
pub async fn renew(scope: &Scope, id: PasskeyId, prf: &str) -> Result<Passkey, Error> {
    may_change(scope).await?;
    let Vault::Open {
        key, generation, ..
    } = scope.vault()
    else {
        return Err(VaultError::Locked.into());
    };
    let row = passkeys::Entity::find_by_id((scope.user(), id))
        .one(scope.connection())
        .await?
        .ok_or(Error::NoPasskey)?;
    let prf = response::yielded(prf)?;
    let kek = prf.kek(stored::key(&row)?.cred_id());
    let known = wraps::lasting(scope).all(scope.connection()).await?;
    if wraps::open(scope, &known, id, &kek).is_some() {
        return stored::shown(row, &known);
    }
    if let Some(old) = known.iter().find(|wrap| wrap.id == id.uuid()) {
        give_up(scope, old, &kek).await?;
    }
    wraps::insert(scope, id, &kek, (key, *generation)).await?;
    audit::record(scope, Event::PasskeyRenewed).await?;
    let known = wraps::lasting(scope).all(scope.connection()).await?;
    stored::shown(row, &known)
}

/// Takes away a wrap that is of no use any more. One of a key that is locked opens that key first.
async fn give_up(scope: &Scope, old: &user_keys::Model, kek: &Kek) -> Result<(), Error> {
    if !scope.vault().opens(old.generation) {
        let key = keyring::open_row(scope, Method::Passkey, old, kek).map_err(|_| {
            let rule = "is not what this passkey has yielded before, and something is locked that only that opens";
            refused("input.prf", rule.to_owned())
        })?;
        earlier::keep(scope, old.generation, &key).await?;
        audit::record(scope, Event::VaultOpened).await?;
    }
    user_keys::Entity::delete_by_id((scope.user(), old.id))
        .exec(scope.connection())
        .await?;
    Ok(())
}
