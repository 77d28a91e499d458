//! The end of an account: everything of it goes, and nothing says whose it was.

use dreamtree_audit::{Gone, tombstone};
use dreamtree_database::{Database, Scope};
use dreamtree_types::UserId;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use crate::{
    Error, Identity,
    checked::{self, Checked},
    credential_directory,
    entity::{login_directory, operators, pending_addresses, user_keys, users},
    housekeeping, passkey, stale,
};

/// What somebody types who means it; case and surrounding blanks do not matter.
pub const PHRASE: &str = "delete my account";

/// Refuses unless the person has typed the phrase and, where the account has a password, that too. No transaction is
/// held while the password is checked.
pub async fn confirm(
    database: &Database,
    identity: &Identity,
    user: UserId,
    phrase: &str,
    password: Option<String>,
) -> Result<(), Error> {
    if phrase.trim().to_lowercase() != PHRASE {
        return Err(refused("input.confirmation", format!("must be: {PHRASE}")));
    }
    let scope = Scope::read(database, user).await?;
    let record = checked::record(&scope).await?;
    drop(scope);
    if record.is_none() {
        return Ok(());
    }
    let password = password.ok_or_else(|| {
        let rule = "must be there for an account that has one".to_owned();
        refused("input.password", rule)
    })?;
    Checked::of(database, identity, user, password, "input.password").await?;
    Ok(())
}

/// Deletes the scope's person: first what opens their data key, without which every sealed value is noise, then the
/// directory entries, then all rows, which go with the person's own. What remains is an entry of the audit log that
/// names nobody. An operator is refused.
pub async fn delete(scope: Scope, why: Gone) -> Result<(), Error> {
    let connection = scope.connection();
    let operates = operators::Entity::find_by_id(scope.user()).one(connection);
    if operates.await?.is_some() {
        return Err(Error::Operates);
    }
    user_keys::Entity::delete_many()
        .filter(user_keys::Column::UserId.eq(scope.user()))
        .exec(connection)
        .await?;
    login_directory::Entity::delete_many()
        .filter(login_directory::Column::UserId.eq(scope.user()))
        .exec(connection)
        .await?;
    pending_addresses::Entity::delete_many()
        .filter(pending_addresses::Column::UserId.eq(scope.user()))
        .exec(connection)
        .await?;
    stale::forget(&scope).await?;
    passkey::forget(&scope).await?;
    housekeeping::forget(&scope).await?;
    credential_directory::forget(&scope).await?;
    tombstone(&scope, why).await?;
    users::Entity::delete_by_id(scope.user())
        .exec(connection)
        .await?;
    Ok(scope.commit().await?)
}

/// Refuses a visitor, who has not claimed their work; one statement.
pub async fn require_claimed(scope: &Scope) -> Result<(), Error> {
    let user = users::Entity::find_by_id(scope.user())
        .one(scope.connection())
        .await?;
    match user {
        Some(user) if !user.is_anonymous => Ok(()),
        Some(_) => Err(Error::NotClaimed),
        None => Err(Error::Gone),
    }
}

const fn refused(field: &'static str, rule: String) -> Error {
    Error::Setting { field, rule }
}
