//! A forgotten password: a mailed link sets another one. What was sealed stays, locked, until the old password or the
//! recovery code opens it again (`docs/decisions/0015-a-reset-locks.md`).

use std::time::Duration;

use dreamtree_audit::{self as audit, Event};
use dreamtree_crypto::{
    DataKey, EmailAddress, Kek, MailPurpose, MailToken, Password, PasswordRecord, RecoveryCode,
    System,
};
use dreamtree_database::{Database, Scope};
use dreamtree_mail::{Letter, outbox};
use dreamtree_types::UserId;
use sea_orm::{ActiveValue::Set, EntityTrait};
use tokio::time::{Instant, sleep_until};

use crate::{
    Client, Error, Identity, address, checked,
    entity::user_former_passwords,
    keyring,
    limit::{self, Account, Act},
    login, mail_token,
    password_change::tell,
    second_factor, session,
};

/// What asking for a reset takes at least. Both ways cost the same statements, but a row that is there takes the
/// database a little longer than one that is not; this is several times as long as either.
const SHORTEST: Duration = Duration::from_millis(50);

/// Writes to an address that somebody has forgotten the password to: with a link if an account uses it, and otherwise
/// that none does. Nobody learns here which it was, nor from how long it takes.
pub async fn request_reset(
    database: &Database,
    identity: &Identity,
    client: &Client,
    email: &str,
) -> Result<(), Error> {
    let email = EmailAddress::parse(email)?;
    let account = Account::Address(&email, None);
    limit::check(database, identity, Act::Reset, account, client).await?;
    let answer = Instant::now() + SHORTEST;
    let done = write_to(database, identity, &email).await;
    sleep_until(answer).await;
    done
}

async fn write_to(
    database: &Database,
    identity: &Identity,
    email: &EmailAddress,
) -> Result<(), Error> {
    let keys = &identity.keys;
    let candidates = login::find(database, keys, email).await?;
    let user = candidates.owner.or(candidates.pending);
    // Somebody who is not there, so that strangers do not wait for each other either.
    let scope = Scope::write(database, user.unwrap_or_else(UserId::new)).await?;
    let hashes = login::hashes(keys, email);
    let row = login::active_row(&scope).await?;
    // An address that was given up long ago gets what an unknown one gets.
    let row = row.filter(|row| hashes.contains(&row.email_hash));
    let wanted = row.as_ref().map(|_| hashes).unwrap_or_default();
    let token = mail_token::issue(&scope, MailPurpose::Reset, &wanted).await?;
    match (row, token) {
        (Some(row), Some(token)) => {
            // As it was stored: another spelling that counts as the same may be another mailbox.
            let to = login::open(keys, &row)?;
            let token = token.reveal();
            outbox::put(&scope, keys, &to, Letter::ResetPassword { token }).await?;
        }
        _ => outbox::put(&scope, keys, email, Letter::NoAccount).await?,
    }
    Ok(scope.commit().await?)
}

/// Sets another password by the token of a mail. A new generation of the data key begins, all sessions end, and the
/// recovery code of the new generation is returned, shown once and kept nowhere. A token that is used, has ended, is
/// another's or none is [`Error::Token`].
pub async fn reset_password(
    database: &Database,
    identity: &Identity,
    token: &str,
    password: String,
) -> Result<RecoveryCode, Error> {
    let password = Password::parse(password)?;
    let token = mail_token::read(database, MailPurpose::Reset, token).await?;
    let user = UserId::from(token.user());
    let address = login::active(&Scope::read(database, user).await?, &identity.keys).await?;
    if address.is_some_and(|address| password.resembles(address.as_str())) {
        return Err(Error::PasswordIsAddress);
    }
    let (record, kek) = identity
        .stretcher
        .enter()?
        .record(password, identity.keys.clone())
        .await?;
    let scope = Scope::write(database, user).await?;
    write(scope, identity, &token, &record, &kek).await
}

async fn write(
    scope: Scope,
    identity: &Identity,
    token: &MailToken,
    record: &PasswordRecord,
    kek: &Kek,
) -> Result<RecoveryCode, Error> {
    let email = mail_token::take(&scope, MailPurpose::Reset, token).await?;
    let row = address::get(&scope, email).await?;
    if row.confirmed_at.is_none() {
        // Whoever has the mail has the address.
        let address = login::open(&identity.keys, &row)?;
        login::confirm(&scope, &identity.keys, &address).await?;
        address::note_confirmed(&scope, &row).await?;
        audit::record(&scope, Event::EmailConfirmed).await?;
    }
    let generation = keyring::newest(&scope).await?;
    keep_former(&scope, generation).await?;
    checked::store(&scope, record).await?;
    let key = DataKey::generate(&mut System)?;
    let recovery = keyring::wrap_twice(&scope, kek, &key, generation + 1).await?;
    second_factor::end_challenges(&scope).await?;
    session::end_all(&scope, None).await?;
    mail_token::end_all(&scope).await?;
    audit::record(&scope, Event::PasswordReset).await?;
    tell(&scope, identity).await?;
    scope.commit().await?;
    Ok(recovery)
}

/// Keeps the record of the password that is replaced: without its salt, knowing it would open nothing.
async fn keep_former(scope: &Scope, generation: i32) -> Result<(), Error> {
    let record = checked::record(scope).await?.ok_or(Error::Gone)?;
    let row = user_former_passwords::ActiveModel {
        user_id: Set(scope.user()),
        generation: Set(generation),
        password_hash: Set(record),
        replaced_at: Set(scope.now()),
    };
    user_former_passwords::Entity::insert(row)
        .exec_without_returning(scope.connection())
        .await?;
    Ok(())
}
