//! The vault of a session, which has a clock of its own: locked now, opened again; and the proof of who somebody is.
//!
//! Whoever opens it or proves something gets another token; the one before is worth nothing any more.

use dreamtree_api::{Answer, Caller};
use dreamtree_audit::{self as audit, Event};
use dreamtree_crypto::{DataKey, Password, RecoveryCode};
use dreamtree_database::{Scope, Vault};
use dreamtree_types::{Actor, Instant, SessionId, UserId};

use crate::{
    Client, Error, Identity, Viewer, checked, keyring,
    limit::{self, Account, Act},
    session::{self, Opened, Proof},
    sign_in, viewer,
};

/// What opens a vault.
pub(crate) enum Opener {
    /// The password.
    Password(String),
    /// The code that `claim` has shown.
    Recovery(String),
}

/// Somebody with a password, in one of their sessions.
struct Owner {
    user: UserId,
    session: SessionId,
    expires_at: Instant,
}

/// Takes the data key from this session. A visitor keeps it: there would be no other way to it.
pub(crate) async fn lock(scope: &Scope, actor: Actor) -> Result<(), Error> {
    let owner = owner(actor)?;
    if keyring::take_from_session(scope, owner.session).await? {
        audit::record(scope, Event::VaultLocked).await?;
    }
    Ok(())
}

/// Opens the vault of this session. Nothing is proved by it: see [`authenticate`].
pub(crate) async fn unlock(
    identity: &Identity,
    caller: &Caller,
    client: &Client,
    opener: Opener,
) -> Answer<(Opened, Viewer)> {
    match opener {
        Opener::Password(password) => {
            with_password(identity, caller, client, password, Proof::None).await
        }
        Opener::Recovery(code) => {
            let code = RecoveryCode::parse(&code).map_err(|_| {
                let field = "input.recoveryCode";
                Error::RecoveryCode { field }
            })?;
            count(identity, caller, client).await?;
            let (actor, scope) = caller.write_in_session().await?;
            let (key, generation) = keyring::open_with_recovery(&scope, &code).await?;
            let used = audit::record(&scope, Event::RecoveryCodeUsed).await;
            used.map_err(Error::from)?;
            Ok(renew(scope, owner(actor)?, &key, generation, Proof::None).await?)
        }
    }
}

/// Proves with the password who asks. The vault opens as well, since its key is at hand.
pub(crate) async fn authenticate(
    identity: &Identity,
    caller: &Caller,
    client: &Client,
    password: String,
) -> Answer<(Opened, Viewer)> {
    with_password(identity, caller, client, password, Proof::Given).await
}

async fn with_password(
    identity: &Identity,
    caller: &Caller,
    client: &Client,
    password: String,
    proof: Proof,
) -> Answer<(Opened, Viewer)> {
    let Owner { user, .. } = count(identity, caller, client).await?;
    let password = Password::attempt(password).map_err(|_| Error::WrongSecret)?;
    let scope = Scope::read(caller.database(), user)
        .await
        .map_err(Error::from)?;
    let record = checked::stored(&scope).await?;
    drop(scope);
    let record = record.ok_or(Error::NotClaimed)?;
    // There is a record, so no salt has to stand in for one.
    let no_decoy = [0; 16];
    let attempt = identity
        .stretcher
        .enter()?
        .attempt(password, Some(record), no_decoy, identity.keys.clone())
        .await?;
    if !attempt.right {
        return Err(Error::WrongSecret.into());
    }
    let (actor, scope) = caller.write_in_session().await?;
    let (key, generation) = sign_in::open_key(&scope, attempt).await?;
    if matches!(scope.vault(), Vault::Locked) {
        let opened = audit::record(&scope, Event::VaultOpened).await;
        opened.map_err(Error::from)?;
    }
    Ok(renew(scope, owner(actor)?, &key, generation, proof).await?)
}

/// The owner who asks, with this try counted and no transaction held.
async fn count(identity: &Identity, caller: &Caller, client: &Client) -> Answer<Owner> {
    let owner = owner(caller.session().await?)?;
    let account = Account::Session(owner.session);
    limit::check(caller.database(), identity, Act::Password, account, client).await?;
    Ok(owner)
}

async fn renew(
    scope: Scope,
    owner: Owner,
    key: &DataKey,
    generation: i32,
    proof: Proof,
) -> Result<(Opened, Viewer), Error> {
    let token = session::renew(&scope, owner.session, key, generation, proof).await?;
    let viewer = viewer::get(&scope, owner.expires_at, true).await?;
    scope.commit().await?;
    let opened = Opened {
        token,
        session: owner.session,
        expires_at: owner.expires_at,
    };
    Ok((opened, viewer))
}

fn owner(actor: Actor) -> Result<Owner, Error> {
    match actor {
        Actor::User {
            user,
            session,
            expires_at,
            authenticated_at: Some(_),
            ..
        } => Ok(Owner {
            user,
            session,
            expires_at,
        }),
        Actor::User { .. } => Err(Error::NotClaimed),
        Actor::Visitor | Actor::Expired => Err(Error::Gone),
    }
}
