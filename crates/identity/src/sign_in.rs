//! Signing in: address and password bring a person and their key to another device.

use dreamtree_crypto::{EmailAddress, Password, PasswordRecord, hex};
use dreamtree_database::{Database, Scope};
use dreamtree_types::UserId;
use sea_orm::{ConnectionTrait, Statement};
use uuid::Uuid;

use crate::{
    Credentials, Error, Identity, Viewer, keyring, login,
    password::Attempt,
    proof,
    session::{self, Opened},
    viewer,
};

/// The password of somebody who uses this address; an address that they have changed since is none of theirs here.
const RECORD: &str = "SELECT a.password_hash FROM auth a \
    JOIN emails e ON e.user_id = a.user_id AND e.email_hash = $2 AND e.is_active \
    WHERE a.user_id = $1 AND a.type = 'password'";

/// Signs in. An unknown address costs what a known one costs: the same queries, the same Argon2 runs, the same error.
/// The owner of the address is tried first, and then whoever claimed it last and has not confirmed it; so claiming an
/// address and signing in with it goes alike, whether or not it is somebody's
/// (`docs/decisions/0014-claims-answer-alike.md`).
pub async fn sign_in(
    database: &Database,
    identity: &Identity,
    credentials: Credentials,
) -> Result<(Opened, Viewer), Error> {
    let email = EmailAddress::parse(&credentials.email)?;
    let candidates = login::find(database, &identity.keys, &email).await?;
    for user in [candidates.owner, candidates.pending] {
        let user = user.unwrap_or_else(|| UserId::from(Uuid::nil()));
        let password =
            Password::attempt(credentials.password.clone()).map_err(|_| Error::Credentials)?;
        let attempt = attempt(database, identity, user, &email, password).await?;
        if attempt.right {
            return open(database, user, attempt).await;
        }
    }
    Err(Error::Credentials)
}

async fn attempt(
    database: &Database,
    identity: &Identity,
    user: UserId,
    email: &EmailAddress,
    password: Password,
) -> Result<Attempt, Error> {
    let keys = &identity.keys;
    let scope = Scope::read(database, user).await?;
    let record = stored_record(&scope, &hex(&email.index(keys))).await?;
    drop(scope);
    identity
        .stretcher
        .attempt(password, record, email.decoy_salt(keys), keys.clone())
        .await
}

async fn open(
    database: &Database,
    user: UserId,
    attempt: Attempt,
) -> Result<(Opened, Viewer), Error> {
    let scope = Scope::write(database, user).await?;
    let (key, generation) = keyring::open_with_password(&scope, &attempt.kek).await?;
    if let Some((record, kek)) = attempt.upgrade {
        keyring::replace_password(&scope, generation, &kek, &key).await?;
        proof::store(&scope, &record).await?;
    }
    let opened = session::open(&scope, &key, generation).await?;
    let viewer = viewer::get(&scope, opened.expires_at, true).await?;
    scope.commit().await?;
    Ok((opened, viewer))
}

async fn stored_record(scope: &Scope, email_hash: &str) -> Result<Option<PasswordRecord>, Error> {
    let connection = scope.connection();
    let values = [scope.user().into(), email_hash.into()];
    let statement =
        Statement::from_sql_and_values(connection.get_database_backend(), RECORD, values);
    let row = connection.query_one_raw(statement).await?;
    let text: Option<String> = match row {
        Some(row) => row.try_get("", "password_hash")?,
        None => None,
    };
    Ok(text.map(|text| PasswordRecord::parse(&text)).transpose()?)
}
