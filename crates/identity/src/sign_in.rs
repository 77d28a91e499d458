//! Signing in: address and password bring a person and their key to another device.

use dreamtree_audit::{self as audit, Event};
use dreamtree_crypto::{EmailAddress, Password, PasswordRecord};
use dreamtree_database::{Database, Scope};
use dreamtree_types::UserId;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};
use uuid::Uuid;

use crate::{
    Credentials, Error, Identity, Viewer,
    entity::auth,
    keyring, login,
    session::{self, Opened},
    viewer,
};

/// Signs in. An unknown address costs what a known one costs: the same queries, the same Argon2 run,
/// the same error.
pub async fn sign_in(
    database: &Database,
    identity: &Identity,
    credentials: Credentials,
) -> Result<(Opened, Viewer), Error> {
    let email = EmailAddress::parse(&credentials.email)?;
    let password = Password::attempt(credentials.password).map_err(|_| Error::Credentials)?;
    let user = login::find(database, &identity.keys, &email).await?;
    let user = user.unwrap_or_else(|| UserId::from(Uuid::nil()));
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
    let (key, generation) = keyring::open_with_password(&scope, &attempt.kek).await?;
    if let Some((record, kek)) = attempt.upgrade {
        keyring::replace_password(&scope, generation, &kek, &key).await?;
        store_record(&scope, &record).await?;
    }
    let opened = session::open(&scope, &key, generation).await?;
    audit::record(&scope, Event::SignedIn(opened.session)).await?;
    let viewer = viewer::get(&scope, opened.expires_at, true).await?;
    scope.commit().await?;
    Ok((opened, viewer))
}

/// What the scope's person's password is checked against; `None` without a password.
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
