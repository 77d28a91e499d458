//! The directory of addresses: who signs in with which, unique across everybody, in no clear text.

use dreamtree_crypto::{EmailAddress, ServerKeys, System, hex};
use dreamtree_database::{Database, Scope, is_unique_violation};
use dreamtree_types::UserId;
use sea_orm::{ActiveValue::Set, ColumnTrait, DbErr, EntityTrait, QueryFilter};
use uuid::Uuid;

use crate::{
    Error,
    entity::{emails, login_directory},
};

/// Who signs in with this address.
pub(crate) async fn find(
    database: &Database,
    keys: &ServerKeys,
    email: &EmailAddress,
) -> Result<Option<UserId>, DbErr> {
    let row = login_directory::Entity::find_by_id(hex(&email.index(keys)))
        .one(database.shared())
        .await?;
    Ok(row.map(|row| row.user_id))
}

/// Gives the address to the scope's person: the directory entry and the sealed address.
pub(crate) async fn register(
    scope: &Scope,
    keys: &ServerKeys,
    email: &EmailAddress,
) -> Result<(), Error> {
    let email_hash = hex(&email.index(keys));
    let entry = login_directory::ActiveModel {
        email_hash: Set(email_hash.clone()),
        user_id: Set(scope.user()),
    };
    match login_directory::Entity::insert(entry)
        .exec_without_returning(scope.connection())
        .await
    {
        Err(error) if is_unique_violation(&error) => return Err(Error::EmailUnavailable),
        other => other?,
    };
    let id = Uuid::now_v7();
    let row = emails::ActiveModel {
        user_id: Set(scope.user()),
        id: Set(id),
        email: Set(email.seal(keys, scope.user().uuid(), &id.to_string(), &mut System)?),
        email_hash: Set(email_hash),
        is_active: Set(true),
        confirmed_at: Set(None),
        added_at: Set(scope.now()),
    };
    emails::Entity::insert(row)
        .exec_without_returning(scope.connection())
        .await?;
    Ok(())
}

/// The scope's person's address in use.
pub(crate) async fn active(
    scope: &Scope,
    keys: &ServerKeys,
) -> Result<Option<EmailAddress>, Error> {
    let row = emails::Entity::find()
        .filter(emails::Column::UserId.eq(scope.user()))
        .filter(emails::Column::IsActive.eq(true))
        .one(scope.connection())
        .await?;
    let open = |row: emails::Model| {
        EmailAddress::open(keys, scope.user().uuid(), &row.id.to_string(), &row.email)
    };
    Ok(row.map(open).transpose()?)
}
