//! The addresses of a person: all that they ever gave are kept, and one of them is in use. A new one waits beside it
//! until its link is followed.

use dreamtree_audit::{self as audit, Event};
use dreamtree_crypto::{EmailAddress, MailPurpose, MailToken, ServerKeys};
use dreamtree_database::{Database, Scope};
use dreamtree_mail::{Letter, outbox};
use dreamtree_types::{Instant, UserId};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, sea_query::Expr};
use uuid::Uuid;

use crate::{
    Client, Error, Identity,
    checked::Checked,
    entity::emails::{Column, Entity, Model},
    limit::{self, Account, Act},
    login, mail_token,
};

/// An address of a person.
#[derive(Clone, Debug)]
pub struct Address {
    /// Of its row.
    pub id: Uuid,
    /// The address, as it was typed.
    pub email: String,
    /// True for the one that they sign in with and get mail at.
    pub active: bool,
    /// When they have shown that it is theirs.
    pub confirmed_at: Option<Instant>,
    /// When they gave it.
    pub added_at: Instant,
}

/// All addresses of the scope's person in the order in which they gave them; one statement.
pub async fn all(scope: &Scope, identity: &Identity) -> Result<Vec<Address>, Error> {
    let mine = Entity::find()
        .filter(Column::UserId.eq(scope.user()))
        .order_by_asc(Column::Id);
    let rows = scope.gather(mine).await?;
    let shown = rows.into_iter().map(|row| {
        Ok(Address {
            id: row.id,
            email: login::open(&identity.keys, &row)?.as_str().to_owned(),
            active: row.is_active,
            confirmed_at: row.confirmed_at,
            added_at: row.added_at,
        })
    });
    shown.collect()
}

/// Writes to an address that somebody says is theirs. Whose it is already, is said in the mail alone.
pub(crate) async fn ask_to_confirm(
    scope: &Scope,
    keys: &ServerKeys,
    email: &EmailAddress,
) -> Result<(), Error> {
    let hashes = login::hashes(keys, email);
    let is_known = login::is_taken(scope, &hashes).await?;
    let token = mail_token::issue(scope, MailPurpose::Confirm, &hashes)
        .await?
        .ok_or(Error::Gone)?;
    let letter = if is_known {
        Letter::AddressTaken
    } else {
        Letter::ConfirmAddress {
            token: token.reveal(),
        }
    };
    Ok(outbox::put(scope, keys, email, letter).await?)
}

/// Another address, and the password of the account, as typed.
pub struct Change {
    /// The new address.
    pub email: String,
    /// The password.
    pub password: String,
}

/// Adds an address that takes the place of the present one once its link is followed; the same again writes another
/// mail. What comes of it for an address that is somebody else's looks alike.
pub async fn change<E: From<Error>>(
    database: &Database,
    identity: &Identity,
    client: &Client,
    user: UserId,
    change: Change,
    begin: impl AsyncFnOnce() -> Result<Scope, E>,
) -> Result<(), E> {
    let email = EmailAddress::parse(&change.email).map_err(Error::from)?;
    let account = Account::Address(&email, None);
    limit::check(database, identity, Act::Mail, account, client).await?;
    let (password, field) = (change.password, "input.password");
    let checked = Checked::of(database, identity, user, password, field).await?;
    let scope = begin().await?;
    Ok(add(scope, identity, &email, &checked).await?)
}

async fn add(
    scope: Scope,
    identity: &Identity,
    email: &EmailAddress,
    checked: &Checked,
) -> Result<(), Error> {
    checked.holds(&scope).await?;
    let keys = &identity.keys;
    let known = Entity::find()
        .filter(Column::UserId.eq(scope.user()))
        .filter(Column::EmailHash.is_in(login::hashes(keys, email)))
        .one(scope.connection())
        .await?;
    match known {
        Some(row) if row.is_active && row.confirmed_at.is_some() => {
            return Err(Error::SameAddress);
        }
        Some(_) => {}
        None => login::insert(&scope, keys, email, false).await?,
    }
    ask_to_confirm(&scope, keys, email).await?;
    Ok(scope.commit().await?)
}

/// Follows the link of a mail: the address that it went to is the person's, and is the one in use from now on. The one
/// before is told. A token that is used, has ended, is another's or none is [`Error::Token`].
pub async fn confirm(database: &Database, identity: &Identity, token: &str) -> Result<(), Error> {
    let token = mail_token::read(database, MailPurpose::Confirm, token).await?;
    let scope = Scope::write(database, UserId::from(token.user())).await?;
    activate_by(&scope, identity, &token).await?;
    Ok(scope.commit().await?)
}

async fn activate_by(scope: &Scope, identity: &Identity, token: &MailToken) -> Result<(), Error> {
    let id = mail_token::take(scope, MailPurpose::Confirm, token).await?;
    let row = get(scope, id).await?;
    let before = login::active_row(scope).await?;
    let email = login::open(&identity.keys, &row)?;
    login::confirm(scope, &identity.keys, &email).await?;
    if row.confirmed_at.is_none() {
        audit::record(scope, Event::EmailConfirmed).await?;
    }
    if let Some(before) = before.filter(|before| before.id != id) {
        set_active(scope, before.id, false).await?;
        audit::record(scope, Event::EmailChanged).await?;
        if before.confirmed_at.is_some() {
            let to = login::open(&identity.keys, &before)?;
            outbox::put(scope, &identity.keys, &to, Letter::AddressChanged).await?;
        }
    }
    note_confirmed(scope, &row).await?;
    set_active(scope, id, true).await?;
    // A link that went to an address which is not in use any more brings nobody back to it.
    Ok(mail_token::end_all(scope).await?)
}

/// Notes that the person gets mail at the address.
pub(crate) async fn note_confirmed(scope: &Scope, row: &Model) -> Result<(), Error> {
    Entity::update_many()
        .col_expr(Column::ConfirmedAt, Expr::value(Some(scope.now())))
        .filter(Column::UserId.eq(scope.user()))
        .filter(Column::Id.eq(row.id))
        .exec(scope.connection())
        .await?;
    Ok(())
}

/// The row of an address.
pub(crate) async fn get(scope: &Scope, id: Uuid) -> Result<Model, Error> {
    Entity::find_by_id((scope.user(), id))
        .one(scope.connection())
        .await?
        .ok_or(Error::Token)
}

async fn set_active(scope: &Scope, id: Uuid, active: bool) -> Result<(), Error> {
    Entity::update_many()
        .col_expr(Column::IsActive, Expr::value(active))
        .filter(Column::UserId.eq(scope.user()))
        .filter(Column::Id.eq(id))
        .exec(scope.connection())
        .await?;
    Ok(())
}
