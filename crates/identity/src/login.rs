//! Who signs in with which address. `login_directory` has the addresses that were confirmed, each with one person;
//! `pending_addresses` has who claimed an address last and has yet to confirm it. Neither holds clear text.

use dreamtree_crypto::{EmailAddress, ServerKeys, System, hex};
use dreamtree_database::{Database, Scope, is_unique_violation};
use dreamtree_types::UserId;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, DbErr, EntityTrait, FromQueryResult, QueryFilter, Statement,
    sea_query::OnConflict,
};
use uuid::Uuid;

use crate::{
    Error,
    entity::{emails, login_directory, pending_addresses},
};

/// Both entries of an address in one statement, that of the owner first.
const FIND: &str = "SELECT user_id, TRUE AS confirmed FROM login_directory WHERE email_hash IN ($1, $2) \
    UNION ALL SELECT user_id, FALSE FROM pending_addresses WHERE email_hash IN ($1, $2)";

/// Who may be meant by an address.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Candidates {
    /// Who has confirmed it.
    pub(crate) owner: Option<UserId>,
    /// Who has claimed it last and not confirmed it.
    pub(crate) pending: Option<UserId>,
}

#[derive(FromQueryResult)]
struct Found {
    user_id: UserId,
    confirmed: bool,
}

/// What the rows of an address may be found by: twice the same but while the server's keys are exchanged.
pub(crate) fn hashes(keys: &ServerKeys, email: &EmailAddress) -> [String; 2] {
    email.indexes(keys).map(|index| hex(&index))
}

/// Who may be meant by this address.
pub(crate) async fn find(
    database: &Database,
    keys: &ServerKeys,
    email: &EmailAddress,
) -> Result<Candidates, DbErr> {
    let values = hashes(keys, email).map(Into::into);
    let statement = Statement::from_sql_and_values(database.backend(), FIND, values);
    let rows = Found::find_by_statement(statement)
        .all(database.shared())
        .await?;
    let mut candidates = Candidates::default();
    for row in rows {
        if row.confirmed {
            candidates.owner = Some(row.user_id);
        } else {
            candidates.pending = Some(row.user_id);
        }
    }
    Ok(candidates)
}

/// Whether the address is confirmed, and somebody else's.
pub(crate) async fn is_taken(scope: &Scope, hashes: &[String; 2]) -> Result<bool, DbErr> {
    let entry = owner(scope, hashes).await?;
    Ok(entry.is_some_and(|entry| entry.user_id != scope.user()))
}

async fn owner(
    scope: &Scope,
    hashes: &[String; 2],
) -> Result<Option<login_directory::Model>, DbErr> {
    login_directory::Entity::find()
        .filter(login_directory::Column::EmailHash.is_in(hashes))
        .one(scope.connection())
        .await
}

/// Waits until nobody else works on this address. While the server's keys are exchanged it has two hashes, and the
/// database would take an entry under each.
pub(crate) async fn stand_in_line(
    scope: &Scope,
    keys: &ServerKeys,
    email: &EmailAddress,
) -> Result<(), DbErr> {
    match email.line(keys) {
        Some(number) => scope.alone(number).await,
        None => Ok(()),
    }
}

/// Notes that the scope's person has claimed the address last. Whoever did so before and has not confirmed it signs in
/// with it no longer.
pub(crate) async fn claim(
    scope: &Scope,
    keys: &ServerKeys,
    email: &EmailAddress,
) -> Result<(), DbErr> {
    use pending_addresses::{ActiveModel, Column, Entity};
    stand_in_line(scope, keys, email).await?;
    let [email_hash, other] = hashes(keys, email);
    if other != email_hash {
        Entity::delete_by_id(other).exec(scope.connection()).await?;
    }
    let entry = ActiveModel {
        email_hash: Set(email_hash),
        user_id: Set(scope.user()),
        claimed_at: Set(scope.now()),
    };
    let again = OnConflict::column(Column::EmailHash)
        .update_columns([Column::UserId, Column::ClaimedAt])
        .to_owned();
    Entity::insert(entry)
        .on_conflict(again)
        .exec_without_returning(scope.connection())
        .await?;
    Ok(())
}

/// Makes the address the scope's person's own; [`Error::Token`] where it is somebody else's already.
pub(crate) async fn confirm(
    scope: &Scope,
    keys: &ServerKeys,
    email: &EmailAddress,
) -> Result<(), Error> {
    stand_in_line(scope, keys, email).await?;
    let hashes = hashes(keys, email);
    match owner(scope, &hashes).await? {
        Some(entry) if entry.user_id == scope.user() => {}
        Some(_) => return Err(Error::Token),
        None => {
            let entry = login_directory::ActiveModel {
                email_hash: Set(hashes[0].clone()),
                user_id: Set(scope.user()),
            };
            let done = login_directory::Entity::insert(entry)
                .exec_without_returning(scope.connection())
                .await;
            match done {
                Err(error) if is_unique_violation(&error) => return Err(Error::Token),
                other => other?,
            };
        }
    }
    pending_addresses::Entity::delete_many()
        .filter(pending_addresses::Column::EmailHash.is_in(&hashes))
        .filter(pending_addresses::Column::UserId.eq(scope.user()))
        .exec(scope.connection())
        .await?;
    Ok(())
}

/// Adds an address to those of the scope's person, sealed and not confirmed.
pub(crate) async fn insert(
    scope: &Scope,
    keys: &ServerKeys,
    email: &EmailAddress,
    is_active: bool,
) -> Result<(), Error> {
    let id = Uuid::now_v7();
    let row = emails::ActiveModel {
        user_id: Set(scope.user()),
        id: Set(id),
        email: Set(email.seal(keys, scope.user().uuid(), &id.to_string(), &mut System)?),
        email_hash: Set(hex(&email.index(keys))),
        is_active: Set(is_active),
        confirmed_at: Set(None),
        added_at: Set(scope.now()),
    };
    emails::Entity::insert(row)
        .exec_without_returning(scope.connection())
        .await?;
    Ok(())
}

/// The scope's person's row of the address in use.
pub(crate) async fn active_row(scope: &Scope) -> Result<Option<emails::Model>, DbErr> {
    emails::Entity::find()
        .filter(emails::Column::UserId.eq(scope.user()))
        .filter(emails::Column::IsActive.eq(true))
        .one(scope.connection())
        .await
}

/// The scope's person's address in use.
pub(crate) async fn active(
    scope: &Scope,
    keys: &ServerKeys,
) -> Result<Option<EmailAddress>, Error> {
    let row = active_row(scope).await?;
    row.map(|row| open(keys, &row)).transpose()
}

/// The address of a row.
pub(crate) fn open(keys: &ServerKeys, row: &emails::Model) -> Result<EmailAddress, Error> {
    let (user, id) = (row.user_id.uuid(), row.id.to_string());
    Ok(EmailAddress::open(keys, user, &id, &row.email)?)
}
