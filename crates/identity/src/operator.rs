//! Who reviews what people propose: named by the person who runs the server, over the connection of the owner of the
//! tables. The server itself may only look.

use dreamtree_audit::{Event, record_on};
use dreamtree_crypto::{EmailAddress, ServerKeys};
use dreamtree_database::{Database, Scope, enter};
use dreamtree_types::{Instant, Role, UserId};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, DatabaseConnection, DatabaseTransaction, DbErr, EntityTrait,
    QueryFilter, QueryOrder, SqliteTransactionMode, TransactionOptions, TransactionTrait,
    sea_query::OnConflict,
};

use crate::{
    Error,
    entity::{
        login_directory,
        operators::{ActiveModel, Column, Entity},
    },
    login,
};

/// Somebody who operates the server.
#[derive(Clone, Debug)]
pub struct Operator {
    /// The person.
    pub user: UserId,
    /// The address that they sign in with; `None` for an account that is gone.
    pub email: Option<String>,
    /// When they were named.
    pub added_at: Instant,
}

/// What the scope's person may do beside their own work; one statement, a snapshot is asked once.
pub(crate) async fn role(scope: &Scope) -> Result<Role, DbErr> {
    let named = Entity::find_by_id(scope.user()).one(scope.connection());
    let named = scope.once(named).await?;
    Ok(Role::of(named.is_some()))
}

/// Names the person who signs in with this address; again changes nothing.
pub async fn add(
    owner: &DatabaseConnection,
    keys: &ServerKeys,
    email: &str,
    now: Instant,
) -> Result<UserId, Error> {
    let user = find(owner, keys, email).await?;
    let row = ActiveModel {
        user_id: Set(user),
        added_at: Set(now),
    };
    let again = OnConflict::column(Column::UserId).do_nothing().to_owned();
    let transaction = begin(owner, user).await?;
    let named = Entity::insert(row)
        .on_conflict(again)
        .exec_without_returning(&transaction)
        .await?;
    if named > 0 {
        record_on(&transaction, user, now, Event::OperatorNamed).await?;
    }
    transaction.commit().await?;
    Ok(user)
}

/// Takes the role from the person who signs in with this address; false when they did not have it.
pub async fn remove(
    owner: &DatabaseConnection,
    keys: &ServerKeys,
    email: &str,
    now: Instant,
) -> Result<bool, Error> {
    let user = find(owner, keys, email).await?;
    let transaction = begin(owner, user).await?;
    let removed = Entity::delete_by_id(user).exec(&transaction).await?;
    if removed.rows_affected > 0 {
        record_on(&transaction, user, now, Event::OperatorRemoved).await?;
    }
    transaction.commit().await?;
    Ok(removed.rows_affected > 0)
}

/// A transaction of the owner of the tables, in which the person is named.
async fn begin(owner: &DatabaseConnection, user: UserId) -> Result<DatabaseTransaction, DbErr> {
    let options = TransactionOptions {
        sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
        ..TransactionOptions::default()
    };
    let transaction = owner.begin_with_options(options).await?;
    enter(&transaction, user).await?;
    Ok(transaction)
}

/// Everybody who was named, the first one first; the address of each is read in a frame of their own.
pub async fn list(database: &Database, keys: &ServerKeys) -> Result<Vec<Operator>, Error> {
    let rows = Entity::find()
        .order_by_asc(Column::AddedAt)
        .order_by_asc(Column::UserId)
        .all(database.shared())
        .await?;
    let mut operators = Vec::with_capacity(rows.len());
    for row in rows {
        let scope = Scope::read(database, row.user_id).await?;
        let email = login::active(&scope, keys).await?;
        operators.push(Operator {
            user: row.user_id,
            email: email.map(|email| email.as_str().to_owned()),
            added_at: row.added_at,
        });
    }
    Ok(operators)
}

async fn find(owner: &DatabaseConnection, keys: &ServerKeys, email: &str) -> Result<UserId, Error> {
    let email = EmailAddress::parse(email)?;
    let found = login_directory::Entity::find()
        .filter(login_directory::Column::EmailHash.is_in(login::hashes(keys, &email)))
        .one(owner)
        .await?;
    found.map(|row| row.user_id).ok_or(Error::NoAccount)
}
