//! Registration: a device of somebody who is signed in makes a key for them.

use dreamtree_audit::{self as audit, Event};
use dreamtree_database::{Scope, Vault, VaultError};
use sea_orm::{ActiveValue::Set, EntityTrait, sea_query::OnConflict};
use webauthn_rs::prelude::{
    Passkey as Key, PasskeyRegistration, RegisterPublicKeyCredential, WebauthnError,
};

use super::{
    Broken, LIFETIME, MOST, Passkey, all, directory, may_change, named, options, party, refused,
    response, stored, wraps,
};
use crate::{
    Error, Identity,
    entity::passkey_registrations::{ActiveModel, Column, Entity},
    entity::passkeys,
    login, settings,
};

/// What a device answers, and what its owner adds to it.
pub struct Registration {
    /// The credential as the browser writes it in JSON.
    pub response: String,
    /// What to call the passkey; 1 to 100 characters.
    pub name: String,
    /// What the PRF extension yielded, 32 bytes in base64url.
    pub prf: Option<String>,
}

/// The options of `navigator.credentials.create()` for the scope's person at this site, as JSON. The last ones that were
/// asked for count.
pub async fn start(scope: &Scope, identity: &Identity, site: &str) -> Result<String, Error> {
    may_change(scope).await?;
    let party = party::of(site)?;
    let known = stored::credentials(scope).await?;
    let address = login::active(scope, &identity.keys).await?;
    let settings = settings::get(scope).await?;
    let account = address.map_or_else(|| "DreamTree".to_owned(), |one| one.as_str().to_owned());
    let shown = settings.display_name.as_deref().unwrap_or(&account);
    let (challenge, state) = party
        .start_passkey_registration(scope.user().uuid(), &account, shown, Some(known))
        .map_err(Broken::from)?;
    keep(scope, &state).await?;
    Ok(options::creation(challenge)?)
}

/// Registers what the device has made. With what the PRF extension yielded, the passkey opens the vault from now on; for
/// that the vault has to be open.
pub async fn finish(scope: &Scope, site: &str, made: Registration) -> Result<Passkey, Error> {
    may_change(scope).await?;
    let name = named(&made.name)?;
    let prf = response::prf(made.prf.as_deref())?;
    let credential: RegisterPublicKeyCredential = response::read(&made.response)?;
    let state = take(scope).await?;
    let key = party::of(site)?
        .finish_passkey_registration(&credential, &state)
        .map_err(|error| wrong(&error))?;
    if all(scope).await?.len() >= MOST {
        let rule = format!("There are {MOST} passkeys already; remove one first.");
        return Err(refused("input", rule));
    }
    let row = write(scope, &key, name).await?;
    if let Some(prf) = prf {
        let Vault::Open {
            key: data,
            generation,
            ..
        } = scope.vault()
        else {
            return Err(VaultError::Locked.into());
        };
        wraps::insert(scope, row.id, &prf.kek(key.cred_id()), (data, *generation)).await?;
    }
    audit::record(scope, Event::PasskeyAdded).await?;
    let wraps = wraps::lasting(scope).all(scope.connection()).await?;
    stored::shown(row, &wraps)
}

async fn write(scope: &Scope, key: &Key, name: String) -> Result<passkeys::Model, Error> {
    let row = stored::insert(scope, key, name).await?;
    directory::insert(scope, &row.credential_id).await?;
    Ok(row)
}

/// Keeps what a registration needs to be finished, in the place of an earlier one.
async fn keep(scope: &Scope, state: &PasskeyRegistration) -> Result<(), Error> {
    let row = ActiveModel {
        user_id: Set(scope.user()),
        state: Set(serde_json::to_string(state).map_err(Broken::from)?),
        expires_at: Set(scope.now() + LIFETIME),
    };
    let instead = OnConflict::column(Column::UserId)
        .update_columns([Column::State, Column::ExpiresAt])
        .to_owned();
    Entity::insert(row)
        .on_conflict(instead)
        .exec_without_returning(scope.connection())
        .await?;
    Ok(())
}

/// Takes out what was kept.
async fn take(scope: &Scope) -> Result<PasskeyRegistration, Error> {
    let row = Entity::find_by_id(scope.user())
        .one(scope.connection())
        .await?
        .filter(|row| scope.now() < row.expires_at)
        .ok_or(Error::ChallengeExpired)?;
    Entity::delete_by_id(scope.user())
        .exec(scope.connection())
        .await?;
    Ok(serde_json::from_str(&row.state).map_err(Broken::from)?)
}

/// What is wrong with an answer.
fn wrong(error: &WebauthnError) -> Error {
    let rule = match error {
        WebauthnError::MismatchedChallenge => return Error::ChallengeExpired,
        WebauthnError::UserNotVerified => "is of a device that did not check who uses it",
        WebauthnError::InvalidRPOrigin => "comes from a page of another origin",
        _ => "is not the answer to what was asked",
    };
    refused("input.response", rule.to_owned())
}
