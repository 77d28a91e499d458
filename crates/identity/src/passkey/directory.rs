//! The directory of credentials: who signs in with which, unique across everybody.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use dreamtree_crypto::{hex, plain_hash};
use dreamtree_database::{Database, Scope, is_unique_violation};
use dreamtree_types::UserId;
use sea_orm::{ActiveValue::Set, ColumnTrait, DbErr, EntityTrait, QueryFilter};

use super::refused;
use crate::{
    Error,
    entity::passkey_directory::{ActiveModel, Column, Entity},
};

/// A credential's id as rows have it: base64url.
pub(super) fn text(credential: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(credential)
}

/// Who signs in with this credential.
pub(super) async fn find(database: &Database, credential: &[u8]) -> Result<Option<UserId>, DbErr> {
    let row = Entity::find_by_id(hashed(&text(credential)))
        .one(database.shared())
        .await?;
    Ok(row.map(|row| row.user_id))
}

/// Gives the credential to the scope's person.
pub(super) async fn insert(scope: &Scope, credential_id: &str) -> Result<(), Error> {
    let row = ActiveModel {
        credential_hash: Set(hashed(credential_id)),
        user_id: Set(scope.user()),
    };
    match Entity::insert(row)
        .exec_without_returning(scope.connection())
        .await
    {
        Err(error) if is_unique_violation(&error) => {
            let rule = "is of a passkey that is known already".to_owned();
            Err(refused("input.response", rule))
        }
        other => Ok(other.map(drop)?),
    }
}

/// Takes the credential out.
pub(super) async fn remove(scope: &Scope, credential_id: &str) -> Result<(), DbErr> {
    Entity::delete_by_id(hashed(credential_id))
        .exec(scope.connection())
        .await?;
    Ok(())
}

/// Takes all credentials of the scope's person out.
pub(crate) async fn forget(scope: &Scope) -> Result<(), DbErr> {
    Entity::delete_many()
        .filter(Column::UserId.eq(scope.user()))
        .exec(scope.connection())
        .await?;
    Ok(())
}

fn hashed(credential_id: &str) -> String {
    hex(&plain_hash(credential_id.as_bytes()))
}
