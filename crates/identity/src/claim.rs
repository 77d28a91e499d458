//! Claiming: a visitor's work gets an owner with an address and a password.

use dreamtree_audit::{self as audit, Event};
use dreamtree_crypto::{DeviceToken, EmailAddress, Kek, Password, PasswordRecord, RecoveryCode};
use dreamtree_database::{Database, Scope, Vault, VaultError};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};
use uuid::Uuid;

use crate::{
    Client, Error, Identity, Viewer, address,
    entity::{auth, users},
    keyring,
    limit::{self, Account, Act},
    login,
    session::{self, Opened, Proof},
    stale, viewer,
};

/// An address and the password to it, as typed.
pub struct Credentials {
    /// The e-mail address.
    pub email: String,
    /// The password.
    pub password: String,
}

/// What claiming yields; the recovery code is shown once and kept nowhere.
#[derive(Debug)]
pub struct Claimed {
    /// The session that takes the place of all earlier ones.
    pub opened: Opened,
    /// Tells this device from a stranger's at its next sign-in.
    pub device: DeviceToken,
    /// Opens the private values when the password is lost.
    pub recovery: RecoveryCode,
    /// The owner.
    pub viewer: Viewer,
}

/// Gives the caller's work an address and a password. Id, answers and data key stay; the key gets two
/// more wraps and the session a new token. The address is theirs once they follow the link that is mailed to it; until
/// then they sign in with it unless somebody else claims it. An address that is somebody's already looks the same.
/// `begin` opens the transaction, after the password work.
pub async fn claim<E: From<Error>>(
    database: &Database,
    identity: &Identity,
    client: &Client,
    credentials: Credentials,
    begin: impl AsyncFnOnce() -> Result<Scope, E>,
) -> Result<Claimed, E> {
    let email = EmailAddress::parse(&credentials.email).map_err(Error::from)?;
    let password = Password::parse(credentials.password).map_err(Error::from)?;
    if password.resembles(email.as_str()) {
        return Err(Error::PasswordIsAddress.into());
    }
    let account = Account::Address(&email, None);
    limit::check(database, identity, Act::SignUp, account, client).await?;
    limit::check(database, identity, Act::Mail, account, client).await?;
    let (record, kek) = identity
        .stretcher
        .enter()?
        .record(password, identity.keys.clone())
        .await?;
    let scope = begin().await?;
    Ok(write(identity, scope, client, &email, (&record, &kek)).await?)
}

async fn write(
    identity: &Identity,
    scope: Scope,
    client: &Client,
    email: &EmailAddress,
    (record, kek): (&PasswordRecord, &Kek),
) -> Result<Claimed, Error> {
    let user = users::Entity::find_by_id(scope.user())
        .one(scope.connection())
        .await?
        .ok_or(Error::Gone)?;
    if !user.is_anonymous {
        return Err(Error::AlreadyClaimed);
    }
    let Vault::Open {
        key, generation, ..
    } = scope.vault().clone()
    else {
        return Err(VaultError::Locked.into());
    };
    login::insert(&scope, &identity.keys, email, true).await?;
    login::claim(&scope, &identity.keys, email).await?;
    address::ask_to_confirm(&scope, &identity.keys, email).await?;
    insert_password(&scope, record).await?;
    let recovery = keyring::wrap_twice(&scope, kek, &key, generation).await?;
    users::Entity::update_many()
        .col_expr(users::Column::IsAnonymous, Expr::value(false))
        .col_expr(users::Column::UpdatedAt, Expr::value(scope.now()))
        .filter(users::Column::Id.eq(scope.user()))
        .exec(scope.connection())
        .await?;
    stale::forget(&scope).await?;
    session::end_all(&scope, None).await?;
    let opened = session::open(&scope, &key, generation, Proof::Given, client).await?;
    audit::record(&scope, Event::Claimed(opened.session)).await?;
    let viewer = viewer::get(&scope, opened.expires_at, true).await?;
    let device = identity.remember(scope.user())?;
    scope.commit().await?;
    Ok(Claimed {
        opened,
        device,
        recovery,
        viewer,
    })
}

async fn insert_password(scope: &Scope, record: &PasswordRecord) -> Result<(), Error> {
    let row = auth::ActiveModel {
        user_id: Set(scope.user()),
        id: Set(Uuid::now_v7()),
        r#type: Set("password".to_owned()),
        password_hash: Set(Some(record.to_string())),
        wrapped_data_key: Set(None),
        created_at: Set(scope.now()),
        updated_at: Set(scope.now()),
    };
    auth::Entity::insert(row)
        .exec_without_returning(scope.connection())
        .await?;
    Ok(())
}
