//! Credentials of a person's self-assessment: issued once per result, kept as they were signed, revoked by taking them
//! away. What partners are given is in [`crate::host`].

use dreamtree_audit::{self as audit, Event};
use dreamtree_content::Library;
use dreamtree_credentials::{self as credentials, SigningKeys, StatusEntry, Subject};
use dreamtree_database::Scope;
use dreamtree_identity::credential_directory;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, DbErr, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
};
use serde_json::Value as Json;
use uuid::Uuid;

use crate::{
    CredentialId, Error,
    assessed::Assessed,
    entity::user_credentials::{Column, Entity, Model},
    signer::issuer,
    status,
};

/// The most credentials that a person may have.
const MOST: usize = 20;

/// A credential as it is kept.
pub type Credential = Model;

/// Issues a credential of the person's present result; where one was issued of it already, it is that one. Refused before
/// the work is claimed, and while the result is not complete or older than a year; it ends when the result does. `keys`
/// are those that [`crate::Signer::keys`] gives.
pub async fn issue(
    scope: &Scope,
    library: &Library,
    keys: &SigningKeys,
    origin: &str,
) -> Result<Credential, Error> {
    let issuer = issuer(origin)?;
    let assessed = Assessed::read(scope, library).await?;
    let mine = all(scope).await?;
    let mut same = mine.iter();
    if let Some(known) = same.find(|one| one.result_digest == assessed.digest) {
        return Ok(known.clone());
    }
    if mine.len() >= MOST {
        return Err(Error::TooMany { most: MOST });
    }
    // At random and not in order of time: two credentials of a person must not look related.
    let (id, subject) = (Uuid::new_v4(), Uuid::new_v4());
    let status = status::take(scope).await?;
    let document = assessed.sign(&issuer, keys, id, Subject::Once(subject), status)?;
    let StatusEntry { list, position } = status;
    let credential = Model {
        user_id: scope.user(),
        id: CredentialId::from(id),
        subject,
        document: document.to_string(),
        status_list: status::number(list)?,
        status_position: status::number(position)?,
        valid_from: assessed.from,
        valid_until: assessed.until,
        result_digest: assessed.digest,
    };
    Entity::insert(credential.clone().into_active_model().reset_all())
        .exec_without_returning(scope.connection())
        .await?;
    audit::record(scope, Event::CredentialIssued(id)).await?;
    Ok(credential)
}

/// The person's credentials that were not revoked, newest first, ended ones too; one statement.
pub async fn all(scope: &Scope) -> Result<Vec<Credential>, DbErr> {
    let mine = Entity::find()
        .filter(Column::UserId.eq(scope.user()))
        .order_by_desc(Column::ValidFrom)
        .order_by_asc(Column::Id);
    scope.gather(mine).await
}

/// One of the person's credentials.
pub async fn get(scope: &Scope, id: CredentialId) -> Result<Credential, Error> {
    let mine = Entity::find()
        .filter(Column::UserId.eq(scope.user()))
        .filter(Column::Id.eq(id));
    scope.gather_one(mine).await?.ok_or(Error::Missing)
}

/// Revokes one of the person's credentials and forgets it; whoever checks it is told after an hour at most.
pub async fn revoke(scope: &Scope, id: CredentialId) -> Result<(), Error> {
    let known = get(scope, id).await?;
    credential_directory::free(scope, known.status_list, known.status_position).await?;
    Entity::delete_by_id((scope.user(), id))
        .exec(scope.connection())
        .await?;
    audit::record(scope, Event::CredentialRevoked(id.uuid())).await?;
    Ok(())
}

/// The credential as it was signed.
pub fn document(credential: &Credential) -> Result<Json, Error> {
    serde_json::from_str(&credential.document).map_err(|_| Error::Corrupt("a credential"))
}

/// The credential as a token of the issuer that has issued it, signed with these keys.
pub fn token(document: &Json, keys: &SigningKeys) -> Result<String, Error> {
    let origin = document["issuer"]["url"].as_str();
    let issuer = issuer(origin.ok_or(Error::Corrupt("the issuer of a credential"))?)?;
    Ok(credentials::token(document, &issuer, keys)?)
}
