//! Another password, set by somebody who knows the present one. The data key stays; only its wrap changes.

use dreamtree_audit::{self as audit, Event};
use dreamtree_crypto::{Kek, Password, PasswordRecord};
use dreamtree_database::{Database, Scope};
use dreamtree_mail::{Letter, outbox};
use dreamtree_types::UserId;

use crate::{
    Client, Error, Identity, Viewer,
    checked::{self, Checked},
    keyring, login, mail_token, second_factor,
    session::{self, Opened, Proof},
    viewer,
};

/// The present password and the one to take its place, as typed.
pub struct NewPassword {
    /// The present one.
    pub current: String,
    /// The new one.
    pub password: String,
}

/// Changes the password of `user`. All sessions end; the one that is returned goes on in their place. `begin` opens
/// the transaction, after the password work.
pub async fn change_password<E: From<Error>>(
    database: &Database,
    identity: &Identity,
    client: &Client,
    user: UserId,
    new: NewPassword,
    begin: impl AsyncFnOnce() -> Result<Scope, E>,
) -> Result<(Opened, Viewer), E> {
    let password = Password::parse(new.password).map_err(Error::from)?;
    let address = login::active(
        &Scope::read(database, user).await.map_err(Error::from)?,
        &identity.keys,
    )
    .await?;
    if address.is_some_and(|address| password.resembles(address.as_str())) {
        return Err(Error::PasswordIsAddress.into());
    }
    let checked = Checked::of(database, identity, user, new.current, "input.current").await?;
    let (record, kek) = identity
        .stretcher
        .enter()?
        .record(password, identity.keys.clone())
        .await?;
    let scope = begin().await?;
    Ok(write(scope, identity, client, &checked, (&record, &kek)).await?)
}

async fn write(
    scope: Scope,
    identity: &Identity,
    client: &Client,
    checked: &Checked,
    (record, kek): (&PasswordRecord, &Kek),
) -> Result<(Opened, Viewer), Error> {
    checked.holds(&scope).await?;
    let (key, generation) = keyring::open_with_password(&scope, &checked.kek).await?;
    keyring::replace_password(&scope, generation, kek, &key).await?;
    checked::store(&scope, record).await?;
    // A link that was mailed before would set the password once more.
    mail_token::end_all(&scope).await?;
    second_factor::end_challenges(&scope).await?;
    session::end_all(&scope, None).await?;
    let opened = session::open(&scope, &key, generation, Proof::Given, client).await?;
    audit::record(&scope, Event::PasswordChanged).await?;
    tell(&scope, identity).await?;
    let viewer = viewer::get(&scope, opened.expires_at, true).await?;
    scope.commit().await?;
    Ok((opened, viewer))
}

/// Tells the person that the password is another now, if they have shown that they get mail at their address.
pub(crate) async fn tell(scope: &Scope, identity: &Identity) -> Result<(), Error> {
    let row = login::active_row(scope).await?;
    if let Some(row) = row.filter(|row| row.confirmed_at.is_some()) {
        let to = login::open(&identity.keys, &row)?;
        outbox::put(scope, &identity.keys, &to, Letter::PasswordChanged).await?;
    }
    Ok(())
}
