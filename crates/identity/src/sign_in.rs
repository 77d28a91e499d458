//! Signing in: address and password bring a person and their key to another device, in two steps for whoever has a
//! second factor.

use dreamtree_audit::{self as audit, Event};
use dreamtree_crypto::{DataKey, DeviceToken, EmailAddress, Password, PasswordRecord};
use dreamtree_database::{Database, Scope};
use dreamtree_types::UserId;
use sea_orm::{ConnectionTrait, Statement};
use uuid::Uuid;

use crate::{
    Client, Credentials, Error, Identity, Viewer, checked, keyring,
    limit::{self, Account, Act},
    login,
    password::{Attempt, Place},
    second_factor::{self, Challenge},
    session::{self, Opened, Proof},
    viewer,
};

/// The password of somebody who uses this address; an address that they have changed since is none of theirs here.
const RECORD: &str = "SELECT a.password_hash FROM auth a \
    JOIN emails e ON e.user_id = a.user_id AND e.email_hash IN ($2, $3) AND e.is_active \
    WHERE a.user_id = $1 AND a.type = 'password'";

/// What comes of an address and its password.
#[derive(Debug)]
pub enum SignedIn {
    /// A session.
    In(Box<Entry>),
    /// A question for the second factor; no session yet.
    Challenged(Challenge),
}

/// Somebody is back.
#[derive(Debug)]
pub struct Entry {
    /// The new session.
    pub opened: Opened,
    /// The person.
    pub viewer: Viewer,
    /// Tells this device from a stranger's at its next sign-in.
    pub device: DeviceToken,
}

/// Signs in. An unknown address costs what a known one costs: the same queries, the same Argon2 runs, the same error.
/// The owner of the address is tried first, and then whoever claimed it last and has not confirmed it; so claiming an
/// address and signing in with it goes alike, whether or not it is somebody's
/// (`docs/decisions/0014-claims-answer-alike.md`). Whether there is a second factor shows only to whoever has the
/// password.
pub async fn sign_in(
    database: &Database,
    identity: &Identity,
    client: &Client,
    credentials: Credentials,
) -> Result<SignedIn, Error> {
    let email = EmailAddress::parse(&credentials.email)?;
    // Before anything is asked of the database: a crowd must not stand in the way of those who are in already.
    let place = identity.stretcher.enter()?;
    let candidates = login::find(database, &identity.keys, &email).await?;
    // Only the owner's devices are known. Were those of a claimant, whoever has claimed the address would see by their
    // count whether it is somebody's, and have tries of the owner's password beside those of strangers.
    let account = Account::Address(&email, candidates.owner);
    limit::check(database, identity, Act::SignIn, account, client).await?;
    for user in [candidates.owner, candidates.pending] {
        let user = user.unwrap_or_else(|| UserId::from(Uuid::nil()));
        let password =
            Password::attempt(credentials.password.clone()).map_err(|_| Error::Credentials)?;
        let attempt = attempt(database, identity, (&place, user), &email, password).await?;
        if attempt.right {
            return begin(database, identity, client, user, attempt).await;
        }
    }
    Err(Error::Credentials)
}

async fn attempt(
    database: &Database,
    identity: &Identity,
    (place, user): (&Place, UserId),
    email: &EmailAddress,
    password: Password,
) -> Result<Attempt, Error> {
    let keys = &identity.keys;
    let scope = Scope::read(database, user).await?;
    let record = record_at(&scope, login::hashes(keys, email)).await?;
    drop(scope);
    place
        .attempt(password, record, email.decoy_salt(keys), keys.clone())
        .await
}

/// Begins a session, or asks for the second factor, after a password that was right.
async fn begin(
    database: &Database,
    identity: &Identity,
    client: &Client,
    user: UserId,
    attempt: Attempt,
) -> Result<SignedIn, Error> {
    let scope = Scope::write(database, user).await?;
    let (key, generation) = open_key(&scope, attempt).await?;
    if second_factor::is_on(&scope).await? {
        let challenge = second_factor::challenge(&scope, &key, generation).await?;
        scope.commit().await?;
        return Ok(SignedIn::Challenged(challenge));
    }
    let entry = enter(scope, identity, client, &key, generation).await?;
    Ok(SignedIn::In(Box::new(entry)))
}

/// Lets somebody in who has proved who they are, with their key at hand.
pub(crate) async fn enter(
    scope: Scope,
    identity: &Identity,
    client: &Client,
    key: &DataKey,
    generation: i32,
) -> Result<Entry, Error> {
    let opened = session::open(&scope, key, generation, Proof::Given, client).await?;
    audit::record(&scope, Event::SignedIn(opened.session)).await?;
    let viewer = viewer::get(&scope, opened.expires_at, true).await?;
    let device = identity.remember(scope.user())?;
    scope.commit().await?;
    Ok(Entry {
        opened,
        viewer,
        device,
    })
}

/// The data key, after a password that was right. Where today's parameters are stronger than the stored ones, or the
/// server's keys are newer, the password is stored anew.
pub(crate) async fn open_key(scope: &Scope, attempt: Attempt) -> Result<(DataKey, i32), Error> {
    let opened = keyring::open_with_password(scope, &attempt.kek).await;
    let Some((record, kek)) = attempt.upgrade else {
        return opened;
    };
    match opened {
        Ok((key, generation)) => {
            keyring::replace_password(scope, generation, &kek, &key).await?;
            checked::store(scope, &record).await?;
            Ok((key, generation))
        }
        // Another device may have done the same a moment ago.
        Err(Error::Credentials) => keyring::open_with_password(scope, &kek).await,
        Err(error) => Err(error),
    }
}

/// What the password of the scope's person is checked against, if this is the address that they use.
async fn record_at(
    scope: &Scope,
    [one, other]: [String; 2],
) -> Result<Option<PasswordRecord>, Error> {
    let connection = scope.connection();
    let values = [scope.user().into(), one.into(), other.into()];
    let statement =
        Statement::from_sql_and_values(connection.get_database_backend(), RECORD, values);
    let row = connection.query_one_raw(statement).await?;
    let text: Option<String> = match row {
        Some(row) => row.try_get("", "password_hash")?,
        None => None,
    };
    Ok(text.map(|text| PasswordRecord::parse(&text)).transpose()?)
}
