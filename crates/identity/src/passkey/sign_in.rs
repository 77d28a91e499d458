//! Signing in with a passkey: the device says whose it is, and nobody has to type anything.

use dreamtree_audit::{self as audit, Event};
use dreamtree_crypto::DataKey;
use dreamtree_database::{Database, Scope};
use webauthn_rs::prelude::{
    DiscoverableAuthentication, Passkey as Key, PublicKeyCredential, Webauthn, WebauthnError,
};

use super::{Broken, Passkey, challenge, directory, options, party, response, stored, wraps};
use crate::{
    Client, Error, Identity,
    entity::passkeys::Model,
    limit::{self, Account, Act},
    session::{self, Opened, Proof},
    sign_in::Entry,
    viewer,
};

/// What a device answers.
pub struct Answer {
    /// The credential as the browser writes it in JSON.
    pub response: String,
    /// What the PRF extension yielded, 32 bytes in base64url.
    pub prf: Option<String>,
}

/// A check of an answer: who asked for it, what was asked, what was said.
struct Check<'a> {
    party: &'a Webauthn,
    state: &'a DiscoverableAuthentication,
    said: &'a PublicKeyCredential,
}

/// The options of `navigator.credentials.get()` at this site, as JSON. They name no credential, so they tell nothing about
/// anybody.
pub async fn start(
    database: &Database,
    identity: &Identity,
    client: &Client,
    site: &str,
) -> Result<String, Error> {
    limit::check(database, identity, Act::SignIn, Account::Nobody, client).await?;
    let begun = party::of(site)?.start_discoverable_authentication();
    let (asked, state) = begun.map_err(Broken::from)?;
    challenge::keep(database, &asked.public_key.challenge, &state).await?;
    Ok(options::request(asked)?)
}

/// Signs in. The vault is open when the passkey has a wrap of the data key and `prf` opens it; otherwise the session begins
/// with a locked vault. An unknown passkey and a wrong signature are refused alike. The passkey is shown beside the entry,
/// so that whoever has `prf` at hand knows which one to renew.
pub async fn finish(
    database: &Database,
    identity: &Identity,
    client: &Client,
    site: &str,
    answer: Answer,
) -> Result<(Entry, Passkey), Error> {
    let party = party::of(site)?;
    let prf = response::prf(answer.prf.as_deref())?;
    let said: PublicKeyCredential = response::read(&answer.response)?;
    let asked = response::challenge(&said.response.client_data_json)?;
    let check = Check {
        party: &party,
        state: &challenge::take(database, &asked).await?,
        said: &said,
    };
    let user = directory::find(database, said.get_credential_id()).await?;
    let user = user.ok_or(Error::PasskeyRefused)?;
    if said.get_user_unique_id() != Some(user.uuid().as_bytes()) {
        return Err(Error::PasskeyRefused);
    }
    // Whoever has yet to prove who they are does not wait in the person's line.
    check.run(&Scope::read(database, user).await?).await?;
    let scope = Scope::write(database, user).await?;
    // Again, since another server may have seen the same counter in the meantime.
    let (row, key) = check.run(&scope).await?;
    let wraps = wraps::lasting(&scope).all(scope.connection()).await?;
    let data = prf.and_then(|prf| wraps::open(&scope, &wraps, row.id, &prf.kek(key.cred_id())));
    let unlocked = data.is_some();
    let opened = open(&scope, client, data).await?;
    let row = stored::used(&scope, row, &key).await?;
    audit::record(&scope, Event::SignedIn(opened.session)).await?;
    let viewer = viewer::get(&scope, opened.expires_at, unlocked).await?;
    let device = identity.remember(user)?;
    scope.commit().await?;
    let entry = Entry {
        opened,
        viewer,
        device,
    };
    Ok((entry, stored::shown(row, &wraps)?))
}

impl Check<'_> {
    /// The person's passkey, when the answer is its answer, with counter and flags as it has said them now.
    async fn run(&self, scope: &Scope) -> Result<(Model, Key), Error> {
        let row = stored::find(scope, self.said.get_credential_id()).await?;
        let row = row.ok_or(Error::PasskeyRefused)?;
        let mut key = stored::key(&row)?;
        let state = self.state.clone();
        let result = self
            .party
            .finish_discoverable_authentication_v2(self.said, state, &key)
            .map_err(|error| match error {
                WebauthnError::CredentialPossibleCompromise => Error::PasskeyCopied,
                _ => Error::PasskeyRefused,
            })?;
        key.update_credential(&result);
        Ok((row, key))
    }
}

/// Begins the session, with an open vault if the data key is at hand.
async fn open(
    scope: &Scope,
    client: &Client,
    data: Option<(DataKey, i32)>,
) -> Result<Opened, Error> {
    match data {
        Some((data, generation)) => {
            session::open(scope, &data, generation, Proof::Given, client).await
        }
        None => session::open_locked(scope, Proof::Given, client).await,
    }
}
