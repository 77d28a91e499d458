//! Signing in: address and password bring a person and their key to another device, in two steps for whoever has a
//! second factor.

use dreamtree_audit::{self as audit, Event};
use dreamtree_crypto::{DataKey, DeviceToken, EmailAddress, Password, PasswordRecord};
use dreamtree_database::{Database, Scope};
use dreamtree_types::UserId;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};
use uuid::Uuid;

use crate::{
    Client, Credentials, Error, Identity, Viewer,
    entity::auth,
    keyring,
    limit::{self, Account, Act},
    login,
    password::Attempt,
    second_factor::{self, Challenge},
    session::{self, Opened, Proof},
    viewer,
};

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

/// Signs in. An unknown address costs what a known one costs: the same queries, the same Argon2 run,
/// the same error. Whether there is a second factor shows only to whoever has the password.
pub async fn sign_in(
    database: &Database,
    identity: &Identity,
    client: &Client,
    credentials: Credentials,
) -> Result<SignedIn, Error> {
    let email = EmailAddress::parse(&credentials.email)?;
    let password = Password::attempt(credentials.password).map_err(|_| Error::Credentials)?;
    let user = login::find(database, &identity.keys, &email).await?;
    let user = user.unwrap_or_else(|| UserId::from(Uuid::nil()));
    let account = Account::Address(&email, Some(user));
    limit::check(database, identity, Act::SignIn, account, client).await?;
    let record = stored_record(&Scope::read(database, user).await?).await?;
    let attempt = identity
        .stretcher
        .attempt(
            password,
            record,
            email.decoy_salt(&identity.keys),
            identity.keys.clone(),
        )
        .await?;
    if !attempt.right {
        return Err(Error::Credentials);
    }
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

/// The data key, after a password that was right. Where today's parameters are stronger than the stored ones, the
/// password is stored anew.
pub(crate) async fn open_key(scope: &Scope, attempt: Attempt) -> Result<(DataKey, i32), Error> {
    let (key, generation) = keyring::open_with_password(scope, &attempt.kek).await?;
    if let Some((record, kek)) = attempt.upgrade {
        keyring::replace_password(scope, generation, &kek, &key).await?;
        store_record(scope, &record).await?;
    }
    Ok((key, generation))
}

/// What the scope's person's password is checked against; `None` for somebody without one, and for nobody.
pub(crate) async fn stored_record(scope: &Scope) -> Result<Option<PasswordRecord>, Error> {
    let row = auth::Entity::find()
        .filter(auth::Column::UserId.eq(scope.user()))
        .filter(auth::Column::Type.eq("password"))
        .one(scope.connection())
        .await?;
    let text = row.and_then(|row| row.password_hash);
    Ok(text.map(|text| PasswordRecord::parse(&text)).transpose()?)
}

async fn store_record(scope: &Scope, record: &PasswordRecord) -> Result<(), Error> {
    auth::Entity::update_many()
        .col_expr(auth::Column::PasswordHash, Expr::value(record.to_string()))
        .col_expr(auth::Column::UpdatedAt, Expr::value(scope.now()))
        .filter(auth::Column::UserId.eq(scope.user()))
        .filter(auth::Column::Type.eq("password"))
        .exec(scope.connection())
        .await?;
    Ok(())
}
